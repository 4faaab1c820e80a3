import type { Unseen } from '../../model/evidence.ts';
import type { Registry } from '../../model/facets/registry.ts';
import type { RoleAssignments } from '../../model/facets/role-assignments.ts';
import type { Task } from '../../model/facets/tasks.ts';
import { sameId } from '../../model/ids.ts';
import type { Observation } from '../../model/outcome.ts';
import { accessTo, extentOfAny, type Grant } from './access.ts';
import { seenGrant } from './grants.ts';

/** A role by which a task can manage the registry or hand out roles on it. */
export interface TaskRole {
  readonly task: string;
  readonly grant: Grant;
  readonly seen: Observation;
}

/** What the identities of a registry's tasks can do to it. */
export interface TaskRoles {
  readonly wide: readonly TaskRole[];
  /** The same under a condition. */
  readonly limited: readonly TaskRole[];
  /** The identities that hold neither. */
  readonly narrow: readonly Observation[];
  readonly unreadable: readonly Unseen[];
  /** Tasks with an identity of which Azure does not say the principal. */
  readonly nameless: readonly string[];
}

export function taskRoles(registry: Registry, tasks: readonly Task[], roles: RoleAssignments): TaskRoles {
  const { principals, unreadable } = accessTo(registry, roles);
  const all = [...tasks.entries()].flatMap(([index, { name: task, identity }]) => {
    const { principalId = null, userAssigned = [] } = identity ?? {};
    return [principalId, ...userAssigned.map((one) => one.principalId)].flatMap((id) => {
      if (id === null) return [];
      const grants = principals.find((one) => sameId(one.principalId, id))?.grants ?? [];
      const wide = grants.flatMap((grant) => {
        const extent = extentOfAny(grant.rights, ['manage', 'assign-roles']);
        return extent ? [{ task, grant, extent, seen: seenGrant(grant, `task ${task}`) }] : [];
      });
      const seen = { at: `tasks/${index}/identity`, saw: identity, about: task } as const;
      const unread = unreadable.filter((one) => sameId(one.principalId, id)).map(({ unseen }) => unseen);
      return [{ wide, seen, unread }];
    });
  });
  const managers = all.flatMap(({ wide }) => wide);
  return {
    wide: managers.filter(({ extent }) => extent === 'all'),
    limited: managers.filter(({ extent }) => extent === 'conditional'),
    narrow: all.flatMap(({ wide, seen }) => (wide.length === 0 ? [seen] : [])),
    unreadable: all.flatMap(({ unread }) => unread),
    nameless: tasks
      .filter(({ identity }) => identity?.userAssigned.some(({ principalId }) => principalId === null))
      .map(({ name }) => name),
  };
}
