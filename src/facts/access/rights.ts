/** What a principal can do to a registry. */
export const rights = [
  'pull',
  'push',
  'delete',
  'sign',
  'read-quarantined',
  'promote',
  'edit-cache-rules',
  'import',
  'edit-pipelines',
  'edit-tasks',
  'assign-identity',
  'edit-credentials',
  'mint-tokens',
  'read-admin-password',
  'manage',
  'assign-roles',
] as const;
/** One of them. */
export type Right = (typeof rights)[number];

/**
 * `conditional`: only on some repositories, under a condition we cannot read, or in one of the two permission modes
 * while ARM does not say which is on. Never "none" and never "all".
 */
export type Extent = 'all' | 'conditional';
/** What a principal holds, and how much of it. */
export type Rights = { readonly [R in Right]?: Extent };
