import type { Registry } from './facets/registry.ts';
import type { RoleAssignments } from './facets/role-assignments.ts';

/** What a principal can do to a registry. */
export const rights = [
  'pull',
  'push',
  'delete',
  'sign',
  'read-quarantined',
  'promote',
  'edit-tasks',
  'manage',
  'assign-roles',
] as const;
export type Right = (typeof rights)[number];

/** `conditional`: only on some repositories, or under a condition we cannot read. Never "none" and never "all". */
export type Extent = 'all' | 'conditional';

export interface Grant {
  readonly assignment: string;
  readonly scope: string;
  readonly roleId: string;
  readonly roleName: string;
  readonly rights: { readonly [R in Right]?: Extent };
  readonly condition: string | null;
}

/** Everything one principal can do to a registry, and through which assignments. */
export interface Access {
  readonly principalId: string;
  readonly principalType: string | null;
  readonly rights: { readonly [R in Right]?: Extent };
  readonly grants: readonly Grant[];
}

export interface RegistryAccess {
  readonly principals: readonly Access[];
  /** Assignments whose role definition could not be read: what they grant is unknown. */
  readonly unreadable: readonly {
    readonly assignment: string;
    readonly roleId: string;
    readonly principalId: string;
  }[];
}

/** Who can do what to the registry, by its permission mode. Pure. */
export function accessTo(_registry: Registry, _assignments: RoleAssignments): RegistryAccess {
  throw new Error('not written yet');
}
