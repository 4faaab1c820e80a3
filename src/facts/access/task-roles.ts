import type { Registry } from '../../model/facets/registry.ts';
import type { RoleAssignments } from '../../model/facets/role-assignments.ts';
import type { Task } from '../../model/facets/tasks.ts';
import { idKey, sameId } from '../../model/ids.ts';
import type { Observation } from '../../model/outcome.ts';
import { type Unknown, unseen, untold } from '../../model/outcome.ts';
import { accessTo } from './access.ts';
import { seenGrant } from './grants.ts';
import { extentOfAny } from './held.ts';
import { hasOwn } from './own-identity.ts';
import { principalNames } from './principals.ts';
import type { HeldRole } from './workloads.ts';

/** An identity that a task runs as, and how far it manages the registry or hands out roles on it. */
export interface TaskIdentity {
  readonly task: Task;
  readonly seen: Observation;
  /** The roles by which it does, each with its evidence. */
  readonly wide: readonly { readonly held: HeldRole; readonly seen: Observation }[];
  /** What keeps that from being known; `null`: nothing. */
  readonly unclear: Unknown | null;
}

/** The identities of a registry's tasks. A task without one has none. */
export function taskIdentities(
  registry: Registry,
  tasks: readonly Task[],
  roles: RoleAssignments,
): readonly TaskIdentity[] {
  const { principals, unreadable } = accessTo(registry, roles);
  const names = principalNames({ tasks, registry });
  return [...tasks.entries()].flatMap(([index, task]) => {
    const { principalId = null, userAssigned = [] } = task.identity ?? {};
    const ids = [
      ...(task.identity && hasOwn(task.identity) ? [principalId] : []),
      ...userAssigned.map((one) => one.principalId),
    ];
    const seen = { at: `tasks/${index}/identity`, saw: task.identity, about: `task ${task.name}` } as const;
    return ids.map((id): TaskIdentity => {
      if (id === null)
        return {
          task,
          seen,
          wide: [],
          unclear: untold(`Azure's answer has no principal for an identity of ${task.name}`),
        };
      const who = principals.find((one) => sameId(one.principalId, id));
      const name = names.get(idKey(id)) ?? `task ${task.name}`;
      const managing = (
        who ? who.grants.map((grant) => ({ who, name: `${name} (${id})`, grant, kubelet: false })) : []
      ).map((held) => ({
        held,
        extent: extentOfAny(held.grant.rights, ['manage', 'assign-roles']),
      }));
      const limited = managing.some(({ extent }) => extent === 'conditional');
      const [unread] = unreadable.filter((one) => sameId(one.principalId, id));
      return {
        task,
        seen,
        wide: managing.flatMap(({ held, extent }) =>
          extent === 'all' ? [{ held, seen: seenGrant(held.grant, `task ${task.name}`) }] : [],
        ),
        unclear: unread
          ? unseen(unread.unseen)
          : limited
            ? untold('how far the condition of its role lets it go is not known')
            : null,
      };
    });
  });
}
