import type { Registry } from '../../model/facets/registry.ts';
import type { Task } from '../../model/facets/tasks.ts';
import { definitionOf } from './definition.ts';
import { deletionsOf } from './find-purges.ts';
import { pushedBy } from './order.ts';
import { isPatching } from './patching.ts';

/** The roles that the steps of a task need in place of a wide one, in words; `null` where its steps are not known. */
export function neededRoles(task: Task, { roleAssignmentMode: mode }: Registry): string | null {
  const needs = needsOf(task);
  if (needs === null) return null;
  const abac = mode === 'AbacRepositoryPermissions';
  const roles = [
    needs.runs && 'Container Registry Tasks Contributor (it starts tasks)',
    needs.pushes && (abac ? 'Container Registry Repository Writer' : 'AcrPush'),
    needs.purges &&
      (abac
        ? 'Container Registry Repository Contributor and Container Registry Repository Catalog Lister (it purges)'
        : 'AcrDelete and AcrPull (it purges)'),
  ].filter((role) => role !== false);
  if (roles.length > 0) return roles.join(', ');
  return abac ? 'Container Registry Repository Reader' : 'AcrPull';
}

interface Needs {
  readonly pushes: boolean;
  readonly purges: boolean;
  /** It runs `az acr task run` or `az acr build`, which a role to push does not allow. */
  readonly runs: boolean;
}

function needsOf(task: Task): Needs | null {
  const { step } = task;
  if (isPatching(task)) return { pushes: false, purges: false, runs: true };
  if (step.kind === 'docker') return { pushes: step.isPushEnabled !== false, purges: false, runs: false };
  if (step.kind !== 'encoded') return null;
  const read = definitionOf(task, step);
  if ('problem' in read) return null;
  const { definition } = read;
  return {
    pushes: definition.steps.some((one) => pushedBy(one).length > 0),
    purges: definition.steps.some((one) => deletionsOf(one, definition).some(({ is }) => is !== 'hidden')),
    runs: definition.steps.some(({ command }) => /\baz acr (?:task (?:run|create|update)|build|run)\b/.test(command)),
  };
}
