import { asMember } from '../../model/enums.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { DenyAssignment } from '../../model/facets/deny-assignments.ts';
import type { Registry } from '../../model/facets/registry.ts';
import type { RoleAssignment, RoleAssignments, RoleDefinition } from '../../model/facets/role-assignments.ts';
import type { Task } from '../../model/facets/tasks.ts';
import { sameId } from '../../model/ids.ts';
import { cannotSee, type Observation, type Unknown, unseen, untold } from '../../model/outcome.ts';
import { definitionsOf, notListed } from './access.ts';
import { grantsAction } from './actions.ts';
import { holdsFor, readCondition } from './condition.ts';
import { denialOf, denyWords, seenDenial } from './denials.ts';
import { kindOf, loginPrincipal } from './principals.ts';
import { roleIds } from './roles.ts';
import { reaching } from './scopes.ts';

const acr = 'Microsoft.ContainerRegistry/registries';

/** What a purge asks for on a registry with permissions by repository, and the built-in role that gives it. */
const needed = [
  {
    role: { id: roleIds.catalogLister, name: 'Container Registry Repository Catalog Lister' },
    actions: [`${acr}/catalog/read`],
  },
  {
    role: { id: roleIds.repositoryContributor, name: 'Container Registry Repository Contributor' },
    actions: [`${acr}/repositories/metadata/read`, `${acr}/repositories/content/delete`],
  },
] as const;

type NeededRole = (typeof needed)[number]['role'];

/** Whether a task may purge, as whom it logs in. `null`: that cannot be told. */
export type PurgeRights =
  | { readonly held: true }
  | {
      readonly held: false;
      readonly principalId: string;
      /** The roles that it lacks; `limited`: those of them that it has, under a condition that takes what matters. */
      readonly lacks: readonly (NeededRole & { readonly limited: boolean })[];
      /** The deny assignment that takes what its roles give, in words; `null` where the roles do not give it. */
      readonly denial: string | null;
      readonly seen: Observation;
    }
  | { readonly held: null; readonly why: Unknown };

const allowed: PurgeRights = { held: true };
const unclear = (why: Unknown): PurgeRights => ({ held: null, why });

/** Tasks have access by themselves, but where permissions go by repository: there as the identity that they name. */
export function purgeRights(
  task: Task,
  { id, roleAssignmentMode: mode }: Pick<Registry, 'id' | 'roleAssignmentMode'>,
  roles: Evidence<RoleAssignments>,
  denies: Evidence<readonly DenyAssignment[]>,
): PurgeRights {
  if (mode === 'LegacyRegistryPermissions') return allowed;
  const { name, sourceRegistryIdentity: login } = task;
  if (mode !== 'AbacRepositoryPermissions')
    return unclear(
      untold(`Azure does not tell a mode of permissions that is known here, so whether ${name} may purge`),
    );
  if (login === null)
    return unclear(untold(`${name} has no identity for this registry (task-source-registry-identity)`));
  if (sameId(login, '[caller]'))
    return task.timers.length === 0 ? allowed : unclear(untold(`as whom ${name} purges where a timer starts it`));
  const principalId = loginPrincipal(task.identity, login);
  if (principalId === null) return unclear(untold(`Azure's answer has no principal for the identity of ${name}`));
  const byRoles = roles.state === 'observed' ? heldBy(principalId, name, id, roles.value) : unclear(unseen(roles));
  return lessDenied(byRoles, principalId, name, id, denies);
}

/** What deny assignments leave of it: they win over every role. Whom no role lets purge may not, whatever they say. */
function lessDenied(
  byRoles: PurgeRights,
  principalId: string,
  task: string,
  registryId: string,
  denies: Evidence<readonly DenyAssignment[]>,
): PurgeRights {
  if (byRoles.held === false) return byRoles;
  if (denies.state !== 'observed')
    return byRoles.held ? unclear(cannotSee('deny assignments, which win over every role', [denies])) : byRoles;
  const holder = { principalId, principalType: asMember('principalType', 'ServicePrincipal') };
  const found = needed
    .flatMap(({ actions }) => actions)
    .flatMap((action) => denialOf(denies.value, holder, { plane: 'data', action, resource: registryId }) ?? []);
  const sure = found.find(({ certainty }) => certainty === 'sure');
  if (sure) {
    const denial = denyWords(sure.deny);
    const seen = { ...seenDenial(sure), about: `task ${task}: ${denial}` };
    return { held: false, principalId, lacks: [], denial, seen };
  }
  const [perhaps] = found;
  return perhaps && byRoles.held
    ? unclear(untold(`whether ${denyWords(perhaps.deny)} keeps ${task} from purging: ${perhaps.because}`))
    : byRoles;
}

function heldBy(principalId: string, task: string, registryId: string, roles: RoleAssignments): PurgeRights {
  const definitions = definitionsOf(roles);
  const here = reaching(roles.assignments, registryId).map(([, one]) => one);
  const own = here.filter((one) => sameId(one.principalId, principalId));
  const lackedBy = (some: readonly RoleAssignment[], certainly: boolean) =>
    needed.filter(
      ({ actions }) =>
        !actions.every((action) => some.some((one) => gives(one, definitions.get(one.roleId), action, certainly))),
    );
  const lacks = lackedBy(own, true);
  if (lacks.length === 0) return allowed;
  const unread = own.filter(({ roleId }) => !definitions.has(roleId));
  if (unread.length > 0)
    return unclear(
      cannotSee(
        `whether ${task} may purge`,
        unread.map((one) => (roles.definitions.state === 'observed' ? notListed(one) : roles.definitions)),
      ),
    );
  if (lackedBy(own, false).length === 0)
    return unclear(untold(`on which repositories the condition of its role lets ${task} purge is not worked out`));
  const groups = here.filter(({ principalType }) => ['group', 'untold'].includes(kindOf(principalType)));
  if (lackedBy([...own, ...groups], false).length === 0)
    return unclear(untold(`whether ${task} is in a group that may purge is not told`));
  const names = own.map(({ roleId }) => definitions.get(roleId)?.name ?? roleId);
  return {
    held: false,
    principalId,
    lacks: lacks.map(({ role }) => ({ ...role, limited: own.some(({ roleId }) => sameId(roleId, role.id)) })),
    denial: null,
    seen: {
      at: 'roleAssignments/assignments',
      saw: names,
      about: `task ${task}`,
      says: `the identity of ${task} has ${names.length === 0 ? 'no role here' : names.join(', ')}`,
    },
  };
}

/** Whether an assignment gives a right to content; `certainly`: on every repository. */
function gives(
  { condition }: RoleAssignment,
  role: RoleDefinition | undefined,
  action: string,
  certainly: boolean,
): boolean {
  if (!role || !grantsAction(role.permissions, 'data', action)) return false;
  const formula = condition === null ? null : readCondition(condition);
  const holds = condition === null ? 'always' : formula === null ? 'maybe' : holdsFor(formula, action);
  return certainly ? holds === 'always' : holds !== 'never';
}
