import { type Extent, type Right, type Rights, rights } from './rights.ts';

/** Rights to something else, by which one changes an image all the same, and what one can do so. */
export const detours = {
  'edit-cache-rules': 'change images through cache rules',
  import: 'replace images by importing others',
  'edit-pipelines': 'move images in and out through transfer pipelines',
  'edit-tasks': 'push through tasks',
  'assign-identity': 'run a workload as an identity that changes images, by assigning it',
  'edit-credentials': 'log in as an identity that changes images, by a credential that it writes for itself',
  'mint-tokens': 'make itself a token that pushes and deletes',
  'read-admin-password': 'read the password of the admin account, which is on',
} as const satisfies { readonly [R in Right]?: string };

export type Detour = keyof typeof detours;

export const isDetour = (right: Right): right is Detour => right in detours;

/** More than looking and pulling: whoever holds this can change what the registry serves, here or by a detour. */
export const mayChange = (held: Rights): boolean =>
  rights.some((right) => right !== 'pull' && right !== 'read-quarantined' && held[right] !== undefined);

/** How far the widest of these rights goes, of those held. */
export function extentOfAny(held: Rights, of: readonly Right[]): Extent | undefined {
  const extents = of.map((right) => held[right]);
  return extents.includes('all') ? 'all' : extents.find((extent) => extent !== undefined);
}

/** The union of several grants: what one gives in full, a condition on another does not narrow. */
export const widest = (all: readonly Rights[]): Rights =>
  Object.fromEntries(
    rights
      .filter((right) => all.some((one) => one[right]))
      .map((right) => [right, all.some((one) => one[right] === 'all') ? 'all' : 'conditional']),
  );
