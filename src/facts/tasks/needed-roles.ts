import type { Registry } from '../../model/facets/registry.ts';
import type { Task } from '../../model/facets/tasks.ts';
import { roleIds } from '../access/roles.ts';
import { definitionOf } from './definition.ts';
import { deletionsOf } from './find-purges.ts';
import { pushes } from './order.ts';
import { isPatching } from './patching.ts';

/** The built-in roles that the steps of a task need in place of a wide one, by id; `null` where its steps are not known. */
export function neededRoles(task: Task, { roleAssignmentMode: mode }: Registry): readonly string[] | null {
  const needs = needsOf(task);
  if (needs === null || (mode !== 'LegacyRegistryPermissions' && mode !== 'AbacRepositoryPermissions')) return null;
  const abac = mode === 'AbacRepositoryPermissions';
  const roles = [
    ...(needs.runs ? [roleIds.tasksContributor] : []),
    ...(needs.imports ? [roleIds.dataImporter] : []),
    ...(needs.pushes ? [abac ? roleIds.repositoryWriter : roleIds.acrPush] : []),
    ...(needs.purges
      ? abac
        ? [roleIds.repositoryContributor, roleIds.catalogLister]
        : [roleIds.acrDelete, roleIds.acrPull]
      : []),
  ];
  return roles.length > 0 ? roles : [abac ? roleIds.repositoryReader : roleIds.acrPull];
}

interface Needs {
  readonly pushes: boolean;
  readonly purges: boolean;
  /** It runs `az acr task run` or `az acr build`, which a role to push does not allow. */
  readonly runs: boolean;
  readonly imports: boolean;
}

function needsOf(task: Task): Needs | null {
  const none: Needs = { pushes: false, purges: false, runs: false, imports: false };
  const { step } = task;
  if (isPatching(task)) return { ...none, runs: true };
  if (step.kind === 'docker') return { ...none, pushes: step.isPushEnabled !== false };
  if (step.kind !== 'encoded') return null;
  const read = definitionOf(task, step);
  if ('problem' in read) return null;
  const { definition } = read;
  const az = definition.steps.flatMap(({ command }) =>
    [...command.matchAll(/(?<![\w/.-])az\s+([a-z-]+(?:\s+[a-z-]+)?)/g)].map(([, words = '']) =>
      words.replaceAll(/\s+/g, ' '),
    ),
  );
  const runs = (words: string) => /^acr (?:task|taskrun|build|run)$/.test(words);
  // What else of Azure it reads or changes, no list of ours tells.
  if (az.some((words) => !runs(words) && !/^(?:acr (?:import|login)|login)\b/.test(words))) return null;
  return {
    pushes: definition.steps.some(pushes),
    purges: definition.steps.some((one) => deletionsOf(one, definition).some(({ is }) => is !== 'hidden')),
    runs: az.some(runs),
    imports: az.includes('acr import'),
  };
}
