import type { Member } from '../../model/enums.ts';
import { observed } from '../../model/evidence.ts';
import type { AppConsumers } from '../../model/facets/app-consumers.ts';
import type { Consumers } from '../../model/facets/consumers.ts';
import type { FederatedCredentials } from '../../model/facets/federated-credentials.ts';
import type { Registry } from '../../model/facets/registry.ts';
import type { RoleAssignments } from '../../model/facets/role-assignments.ts';
import type { Task } from '../../model/facets/tasks.ts';
import { sameId } from '../../model/ids.ts';
import { neededRoles } from '../tasks/needed-roles.ts';
import { isPatching } from '../tasks/patching.ts';
import { mayRun } from '../tasks/purges.ts';
import { type Access, accessTo } from './access.ts';
import { adminUsers } from './app-passwords.ts';
import { loginPrincipal, type PrincipalNames, principalNames, principalWords } from './principals.ts';
import { namedRights } from './role-rights.ts';
import { builtInRoles } from './roles.ts';

export type RoleMode = Member<'roleAssignmentMode'>;

const contentRights = ['pull', 'push', 'delete'] as const;

/** A right to content, by which one pulls, pushes or deletes. */
export type ContentRight = (typeof contentRights)[number];

/** Somebody who loses a right when the permission mode changes, for want of a role of the other mode. */
export interface LeftBehind {
  readonly who: Access;
  readonly name: string;
  /** What it can do today. */
  readonly has: readonly ContentRight[];
  /** What of that it has no role for in the other mode. */
  readonly lost: readonly ContentRight[];
}

/** A task that the change of the mode stops, and why. */
export interface StoppedTask {
  readonly task: Task;
  readonly lacks: 'another registry' | 'an identity' | 'a principal' | 'a role';
  /** The object id of the identity by which it logs in; `null` where it has none, or Azure does not tell it. */
  readonly principalId: string | null;
  /** The roles that its steps need, by id; `null` where they are not known. */
  readonly roles: readonly string[] | null;
}

/** Whom a change of the permission mode would leave behind. */
export interface ModeSwitch {
  readonly people: readonly LeftBehind[];
  readonly tasks: readonly StoppedTask[];
  /** Who has a role here that could not be read, in words. */
  readonly unreadable: readonly string[];
}

/** Everybody who can pull, push or delete in the registry's mode, by whatever role, and cannot by the other mode's. */
export function modeSwitch(
  registry: Registry,
  to: RoleMode,
  roles: RoleAssignments,
  tasks: readonly Task[],
  names: PrincipalNames,
): ModeSwitch {
  const from: RoleMode = to === 'AbacRepositoryPermissions' ? 'LegacyRegistryPermissions' : 'AbacRepositoryPermissions';
  const before = accessTo(inMode(registry, from), roles);
  const after = accessTo(inMode(registry, to), roles);
  const rightsAfter = (id: string) => after.principals.find((one) => sameId(one.principalId, id))?.rights ?? {};
  const people = before.principals.flatMap((who): readonly LeftBehind[] => {
    const then = rightsAfter(who.principalId);
    // Whoever may delete because a role lets it do everything has no need to; a role that says so was given for it.
    const deletes = who.grants.some(({ named }) => named[from].delete !== undefined);
    const has = contentRights.filter((right) => who.rights[right] !== undefined && (right !== 'delete' || deletes));
    const lost = has.filter((right) => then[right] === undefined);
    return lost.length > 0 ? [{ who, name: principalWords(who, names), has, lost }] : [];
  });
  return {
    people,
    unreadable: before.unreadable.map((one) => principalWords(one, names)),
    tasks: to === 'AbacRepositoryPermissions' ? stoppedTasks(registry, tasks, (id) => rightsAfter(id)) : [],
  };
}

const modes = new WeakMap<Registry, Map<RoleMode, Registry>>();

/** One object for each mode: what is worked out of it is kept by it. */
function inMode(registry: Registry, mode: RoleMode): Registry {
  if (registry.roleAssignmentMode === mode) return registry;
  const made = modes.get(registry) ?? new Map<RoleMode, Registry>();
  modes.set(registry, made);
  const one = made.get(mode) ?? { ...registry, roleAssignmentMode: mode };
  made.set(mode, one);
  return one;
}

/** In the older mode a task logs in to its registry by itself; by repository it needs an identity that has a role. */
function stoppedTasks(
  registry: Registry,
  tasks: readonly Task[],
  rightsOf: (principalId: string) => Access['rights'],
): readonly StoppedTask[] {
  return tasks
    .filter((task) => mayRun(task) && (task.step.kind !== 'other' || isPatching(task)))
    .flatMap((task): readonly StoppedTask[] => {
      if (isPatching(task)) return [{ task, lacks: 'another registry', principalId: null, roles: null }];
      const roles = neededRoles(task, inMode(registry, 'AbacRepositoryPermissions'));
      const given = task.sourceRegistryIdentity;
      if (given === null) return [{ task, lacks: 'an identity', principalId: null, roles }];
      // Whoever starts it is a principal of its own.
      if (sameId(given, '[caller]')) return [];
      const principalId = loginPrincipal(task.identity, given);
      if (principalId === null) return [{ task, lacks: 'a principal', principalId, roles }];
      const rights = rightsOf(principalId);
      const needs = rightsNeeded(roles, 'AbacRepositoryPermissions');
      return needs.every((right) => rights[right] !== undefined) ? [] : [{ task, lacks: 'a role', principalId, roles }];
    });
}

/** What of content the roles that a task needs give; a task whose steps are not known may push. */
export function rightsNeeded(roles: readonly string[] | null, mode: RoleMode): readonly ContentRight[] {
  if (roles === null) return ['pull', 'push'];
  return [...new Set(roles.flatMap((role) => contentOfRole(role, mode)))];
}

/** The rights to content that a built-in role gives in a mode. */
export function contentOfRole(role: string, mode: RoleMode): readonly ContentRight[] {
  const definition = builtInRoles.find(({ id }) => id === role);
  const named = definition ? namedRights(definition)[mode] : {};
  return contentRights.filter((right) => named[right] !== undefined);
}

/**
 * The apps that hold the password of the admin user, in words. They go on pulling; but whoever gives one an identity
 * while the switch is on its way gives it a role of the older mode.
 */
export const appsOnPassword = (registry: Registry, appConsumers: AppConsumers | undefined): readonly string[] =>
  adminUsers(registry, appConsumers && observed(appConsumers)).surely;

/** What tells who the principals at a registry are. */
export interface AroundSwitch {
  readonly tasks?: readonly Task[] | undefined;
  readonly consumers?: Consumers | undefined;
  readonly appConsumers?: AppConsumers | undefined;
  readonly federatedCredentials?: FederatedCredentials | undefined;
}

/** The names of whoever was seen around a registry. */
export const namesAround = (
  registry: Registry,
  { tasks, consumers, appConsumers, federatedCredentials }: AroundSwitch,
): PrincipalNames =>
  principalNames({
    registry,
    clusters: consumers?.clusters ?? [],
    apps: appConsumers?.apps ?? [],
    identities: federatedCredentials?.identities ?? [],
    tasks: tasks ?? [],
  });
