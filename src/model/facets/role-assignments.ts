import type { OpenEnum } from '../enums.ts';
import type { Evidence } from '../evidence.ts';

/** Every role assignment that is visible at a subscription: inherited from above, at it, and below it. */
export interface RoleAssignments {
  readonly assignments: readonly RoleAssignment[];
  /** The roles they name. May fail alone: reading assignments and reading definitions are two permissions. */
  readonly definitions: Evidence<readonly RoleDefinition[]>;
}

export interface RoleAssignment {
  readonly id: string;
  /** `/`, a management group, a subscription, a group or a resource. */
  readonly scope: string;
  readonly principalId: string;
  /** Older answers have none. */
  readonly principalType: OpenEnum<'principalType'> | null;
  /** The role's guid, lower case. */
  readonly roleId: string;
  readonly condition: string | null;
}

export interface RoleDefinition {
  /** The role's guid, lower case. */
  readonly id: string;
  readonly name: string;
  readonly custom: boolean;
  readonly permissions: readonly RolePermission[];
}

export interface RolePermission {
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly dataActions: readonly string[];
  readonly notDataActions: readonly string[];
}
