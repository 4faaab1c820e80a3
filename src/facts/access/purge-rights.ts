import type { Evidence } from '../../model/evidence.ts';
import type { RoleAssignments } from '../../model/facets/role-assignments.ts';
import type { Task } from '../../model/facets/tasks.ts';
import { sameId } from '../../model/ids.ts';
import { type Observation, type Unknown, unseen, untold } from '../../model/outcome.ts';
import { definitionsOf, notListed } from './access.ts';
import { grantsAction } from './actions.ts';
import { covers } from './scopes.ts';

const acr = 'Microsoft.ContainerRegistry/registries';

/** What a purge asks for on a registry with permissions by repository, and the built-in role that gives it. */
const needed = [
  { role: 'Container Registry Repository Catalog Lister', actions: [`${acr}/catalog/read`] },
  {
    role: 'Container Registry Repository Contributor',
    actions: [`${acr}/repositories/metadata/read`, `${acr}/repositories/content/delete`],
  },
] as const;

/** Whether the identity that a task logs in with may purge. */
export type PurgeRights =
  | { readonly held: true }
  | {
      readonly held: false;
      readonly principalId: string;
      readonly lacks: readonly string[];
      readonly seen: Observation;
    }
  | { readonly held: null; readonly why: Unknown };

/** On a registry with permissions by repository. `null`: the task names no identity for it, or that of whoever starts it. */
export function purgeRights(task: Task, registryId: string, roles: Evidence<RoleAssignments>): PurgeRights | null {
  const login = task.sourceRegistryIdentity?.toLowerCase() ?? null;
  if (login === null || login === '[caller]') return null;
  const { principalId: system = null, userAssigned = [] } = task.identity ?? {};
  const principalId =
    login === '[system]'
      ? system
      : (userAssigned.find((one) => one.clientId && sameId(one.clientId, login))?.principalId ?? null);
  if (principalId === null)
    return { held: null, why: untold(`Azure's answer has no principal for the identity ${task.name} logs in with`) };
  if (roles.state !== 'observed') return { held: null, why: unseen(roles) };
  const definitions = definitionsOf(roles.value);
  const there = roles.value.assignments.filter(({ scope }) => covers(scope, registryId));
  const own = there.filter((one) => sameId(one.principalId, principalId));
  const grants = (some: typeof there, action: string): boolean =>
    some.some(({ roleId }) => grantsAction(definitions.get(roleId)?.permissions ?? [], 'data', action));
  const missing = needed.filter(({ actions }) => !actions.every((action) => grants(own, action)));
  if (missing.length === 0) return { held: true };
  const hidden = own.find(({ roleId }) => !definitions.has(roleId));
  if (hidden) return { held: null, why: unseen(notListed(hidden)) };
  const groups = there.filter(({ principalType }) => principalType === null || /group/i.test(principalType));
  if (missing.every(({ actions }) => actions.every((action) => grants([...own, ...groups], action))))
    return { held: null, why: untold(`whether ${task.name} may purge as a member of a group Azure does not say here`) };
  return {
    held: false,
    principalId,
    lacks: missing.map(({ role }) => role),
    seen: {
      at: 'roleAssignments/assignments',
      saw: own.map(({ roleId }) => definitions.get(roleId)?.name ?? roleId),
      about: `task ${task.name}`,
      says:
        own.length === 0
          ? `the identity of ${task.name} has no role here`
          : `the identity of ${task.name} has ${own.map(({ roleId }) => definitions.get(roleId)?.name ?? roleId).join(', ')}`,
    },
  };
}
