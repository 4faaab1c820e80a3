import type { RolePermission } from '../../model/facets/role-assignments.ts';
import { onceFor } from '../../model/once.ts';

/** Whether a pattern of a role or condition names an action. `*` stands for any characters, slashes too. */
export function matchesAction(pattern: string, action: string): boolean {
  const parts = pattern.toLowerCase().split('*');
  const wanted = action.toLowerCase();
  const [head = ''] = parts;
  if (parts.length === 1) return head === wanted;
  const tail = parts.at(-1) ?? '';
  if (!wanted.startsWith(head) || !wanted.endsWith(tail) || wanted.length < head.length + tail.length) return false;
  let from = head.length;
  for (const part of parts.slice(1, -1)) {
    const found = wanted.indexOf(part, from);
    if (found < 0) return false;
    from = found + part.length;
  }
  return from <= wanted.length - tail.length;
}

export type Plane = 'control' | 'data';

/** Whether a role grants an action: what a permission's `not…` list takes away, another permission may still give. */
export function grantsAction(permissions: readonly RolePermission[], plane: Plane, action: string): boolean {
  const asked = answersOf(permissions);
  const question = `${plane} ${action}`;
  const answer = asked.get(question) ?? grants(permissions, plane, action);
  asked.set(question, answer);
  return answer;
}

const answersOf = onceFor((_: readonly RolePermission[]) => new Map<string, boolean>());

function grants(permissions: readonly RolePermission[], plane: Plane, action: string): boolean {
  return permissions.some((permission) => {
    const [given, taken] =
      plane === 'control'
        ? [permission.actions, permission.notActions]
        : [permission.dataActions, permission.notDataActions];
    return (
      given.some((pattern) => matchesAction(pattern, action)) &&
      !taken.some((pattern) => matchesAction(pattern, action))
    );
  });
}
