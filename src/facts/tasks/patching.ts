import type { CacheRule } from '../../model/facets/cache-rules.ts';
import type { Registry } from '../../model/facets/registry.ts';
import type { TagInventory } from '../../model/facets/tag-inventory.ts';
import type { Task } from '../../model/facets/tasks.ts';
import type { Observation } from '../../model/outcome.ts';
import { allTasks } from './cited.ts';

const parts = ['cssc-trigger-workflow', 'cssc-scan-image', 'cssc-patch-image'] as const;
const mostImages = 100;

/** A task that `az acr supply-chain workflow` generated: nobody rewrites it, and its steps say what it needs. */
export const isPatching = ({ name }: Task): boolean => parts.some((part) => part === name.toLowerCase());

export interface PatchingFlaw {
  readonly thing: string;
  readonly seen: Observation;
  readonly says: string;
}

/**
 * What keeps continuous patching from working, as far as the registry and the definitions tell.
 * MicrosoftDocs key-concept-continuous-patching.md.
 */
export function patchingFlaws(
  registry: Registry,
  tasks: readonly Task[],
  cacheRules: readonly CacheRule[],
  inventory: TagInventory | null,
): readonly PatchingFlaw[] {
  const there = [...tasks.entries()].filter(([, task]) => isPatching(task));
  const workflow = 'workflow/continuous-patching';
  const gone = parts.filter((part) => !there.some(([, { name }]) => name.toLowerCase() === part));
  const listed = listedRepositories(there.map(([, task]) => task));
  return [
    ...(registry.roleAssignmentMode === 'AbacRepositoryPermissions'
      ? [
          {
            thing: workflow,
            seen: { at: 'registry/roleAssignmentMode', saw: registry.roleAssignmentMode },
            says: 'continuous patching does not work on a registry with permissions by repository (ABAC)',
          } as const,
        ]
      : []),
    ...gone.map((part) => ({
      thing: `task/${part}`,
      seen: allTasks(tasks),
      says: `${part} is missing, without which continuous patching does nothing`,
    })),
    ...there.flatMap(([index, { name, status }]) =>
      status === 'Disabled'
        ? [
            {
              thing: `task/${name}`,
              seen: { at: `tasks/${index}/status`, saw: status, wanted: 'Enabled', about: `task ${name}` } as const,
              says: `${name} is switched off`,
            },
          ]
        : [],
    ),
    ...[...cacheRules.entries()].flatMap(([index, rule]) =>
      listed
        .filter((repository) => liesUnder(repository, rule))
        .map((repository) => ({
          thing: `repository/${repository}`,
          seen: { at: `cacheRules/${index}/target`, saw: rule.target, about: `cache rule ${rule.name}` } as const,
          says: `${repository} lies under cache rule ${rule.name}, whose images are not patched`,
        })),
    ),
    ...(inventory ? tooMany(listed, inventory) : []),
  ];
}

/** The repositories that a definition names: `--set REPOSITORY=…`, an image reference of the registry. */
const listedRepositories = (tasks: readonly Task[]): readonly string[] => [
  ...new Set(
    tasks.flatMap(({ step }) =>
      step.kind === 'encoded'
        ? [
            ...(step.content ?? '').matchAll(
              /(?:SOURCE_REPOSITORY|REPOSITORY|repository)["']?\s*[=:]\s*["']?([a-z0-9][a-z0-9._/-]*)/g,
            ),
          ].map(([, name]) => name ?? '')
        : [],
    ),
  ),
];

const liesUnder = (repository: string, { target }: CacheRule): boolean => {
  if (target === null) return false;
  const stem = target.replace(/\*$/, '');
  return target.endsWith('*') ? repository.startsWith(stem) : repository === target;
};

function tooMany(listed: readonly string[], inventory: TagInventory): readonly PatchingFlaw[] {
  const images = inventory.repositories
    .filter(({ name }) => listed.includes(name))
    .reduce((sum, { contents }) => sum + (contents.state === 'observed' ? contents.value.tags.length : 0), 0);
  return images > mostImages
    ? [
        {
          thing: 'workflow/continuous-patching',
          seen: { at: 'tagInventory/repositories', saw: images, says: `${images} images` },
          says: `it is given ${images} images, and patches ${mostImages} at most`,
        },
      ]
    : [];
}
