import { grantWords } from '../facts/access/grants.ts';
import {
  type AroundSwitch,
  appsOnPassword,
  contentOfRole,
  type LeftBehind,
  modeSwitch,
  namesAround,
  type StoppedTask,
} from '../facts/access/mode-switch.ts';
import { kindOf } from '../facts/access/principals.ts';
import { roleIds } from '../facts/access/roles.ts';
import { type Evidence, seenOr } from '../model/evidence.ts';
import type { AppConsumers } from '../model/facets/app-consumers.ts';
import type { Consumers } from '../model/facets/consumers.ts';
import type { FederatedCredentials } from '../model/facets/federated-credentials.ts';
import type { Registry } from '../model/facets/registry.ts';
import type { RoleAssignments } from '../model/facets/role-assignments.ts';
import type { Task } from '../model/facets/tasks.ts';
import { sameId } from '../model/ids.ts';
import type { Step } from '../model/step.ts';
import { manual } from './manual.ts';
import { roleAssign, roleName } from './roles.ts';
import { word } from './words.ts';

const to = 'AbacRepositoryPermissions';

/** Who pulls, pushes and deletes, where that was seen. */
interface Around {
  readonly roleAssignments: Evidence<RoleAssignments>;
  readonly tasks: Evidence<readonly Task[]>;
  readonly consumers: Evidence<Consumers>;
  readonly appConsumers: Evidence<AppConsumers>;
  readonly federatedCredentials: Evidence<FederatedCredentials>;
}

/**
 * Permissions by repository: everybody who pulls or pushes gets a role of that mode first, every task an identity, then
 * the switch. Where it was not seen who has what role, a person finds out.
 */
export function toRepositoryPermissions(registry: Registry, around: Around): readonly Step[] {
  const roles = seenOr(around.roleAssignments, undefined);
  const tasks = seenOr(around.tasks, undefined);
  return [
    ...(roles
      ? given(registry, roles, {
          tasks,
          consumers: seenOr(around.consumers, undefined),
          appConsumers: seenOr(around.appConsumers, undefined),
          federatedCredentials: seenOr(around.federatedCredentials, undefined),
        })
      : [rolesByHand]),
    ...(tasks ? [] : [tasksByHand]),
    ...lastSteps,
  ];
}

const rolesByHand = manual(
  'Give everybody who pulls, pushes or deletes here, by whatever role (Contributor, Owner, Reader and custom roles too; clusters, apps, pipelines and tasks included), the role Container Registry Repository Reader, Writer or Contributor as well: acr-audit explain access <registry> lists them.',
);

const tasksByHand = manual('Give every ACR task a source registry identity that has such a role.');

const lastSteps: readonly Step[] = [
  manual(
    'See that each new role is there, and that its condition, if it has one, names the repositories in use: it does nothing before the switch (az role assignment list --scope <registry-id> --include-inherited). The next command needs azure-cli 2.73 or later; try a pull and a push right after it, and switch back (--role-assignment-mode rbac) where one is refused.',
  ),
  { kind: 'acr.roleMode', mode: to },
];

/** The same where nothing is known of the registry. */
export const byHandToRepositoryPermissions: readonly Step[] = [rolesByHand, tasksByHand, ...lastSteps];

function given(registry: Registry, roles: RoleAssignments, around: AroundSwitch): readonly Step[] {
  const { people, tasks } = modeSwitch(registry, to, roles, around.tasks ?? [], namesAround(registry, around));
  const wanted = people.map((one) => ({ one, role: roleOf(one) }));
  const byCommand = wanted.filter(({ one, role }) => role !== null && isGivenByCommand(one, role));
  const byPerson = wanted.filter((one) => !byCommand.includes(one));
  return [
    ...byCommand.flatMap(({ one, role }) => (role === null ? [] : [roleAssign(one.who.principalId, role)])),
    ...[...new Set(byPerson.map(({ role }) => role))].map((role) =>
      forPeople(
        role,
        byPerson.filter((one) => one.role === role).map(({ one }) => one),
      ),
    ),
    ...tasks.flatMap(forTask),
    ...appsOnPassword(registry, around.appConsumers).map((who) =>
      manual(
        `Give ${who} an identity for this registry in place of the admin user's password, and that identity Container Registry Repository Reader beside AcrPull.`,
      ),
    ),
  ];
}

/** The role of the new mode that lets its holder do no more than today; `null` where there is none. */
function roleOf({ has }: LeftBehind): string | null {
  const role = has.includes('delete')
    ? roleIds.repositoryContributor
    : has.includes('push')
      ? roleIds.repositoryWriter
      : roleIds.repositoryReader;
  return contentOfRole(role, to).every((right) => has.includes(right)) ? role : null;
}

/** People and groups get no role by a command of ours; nor does whoever has the role already, under a condition. */
const isGivenByCommand = ({ who, has }: LeftBehind, role: string): boolean =>
  kindOf(who.principalType) === 'workload' &&
  has.every((right) => who.rights[right] === 'all') &&
  !who.grants.some(({ roleId }) => sameId(roleId, role));

function forPeople(role: string | null, all: readonly LeftBehind[]): Step {
  const each = all.map(
    ({ name, who, lost }) =>
      `${name} (${lost.join(', ')} by ${who.grants
        .filter(({ rights }) => lost.some((right) => rights[right] !== undefined))
        .map((grant) => grantWords(grant))
        .join(' and ')})`,
  );
  return manual(
    role === null
      ? `Give a custom role with data actions, or decide to let them lose it: ${each.join('; ')}. No built-in role of the new mode is as narrow.`
      : `Give ${roleName(role)} on the registry, for the repositories in use, or decide to let them lose it: ${each.join('; ')}.`,
  );
}

function forTask({ task, lacks, principalId, roles }: StoppedTask): readonly Step[] {
  const names =
    roles === null
      ? 'Container Registry Repository Writer where it pushes, Reader where it pulls'
      : roles.map(roleName).join(' and ');
  switch (lacks) {
    case 'another registry':
      return [
        manual(
          `Continuous patching (task ${task.name}) does not work with permissions by repository: keep it on a registry in the older mode, and delete the workflow here.`,
        ),
      ];
    case 'a role':
      return principalId !== null && roles !== null
        ? roles.map((role) => roleAssign(principalId, role))
        : [manual(`Give the identity of task ${task.name} what its steps need: ${names}.`)];
    default:
      return [
        manual(
          `Give task ${task.name} an identity for this registry that has ${names}: az acr task identity assign --registry <registry> --subscription <subscription> --name ${word(task.name)}, the role, then az acr task update --registry <registry> --subscription <subscription> --name ${word(task.name)} --source-acr-auth-id '[system]'.`,
        ),
      ];
  }
}
