import type { OpenEnum } from '../enums.ts';
import type { RolePermission } from './role-assignments.ts';

/** A deny assignment that is visible at a subscription: from above, at it, or below it. It wins over every role. */
export interface DenyAssignment {
  readonly id: string;
  readonly name: string;
  /** `/`, a management group, a subscription, a group or a resource. */
  readonly scope: string;
  /** `true`: it holds at its scope alone. */
  readonly onlyAtScope: boolean | null;
  /** What it denies; the `not…` lists are what it spares. */
  readonly permissions: readonly RolePermission[];
  /** `enforced`; one that only audits denies nothing. `null`: Azure does not say, as before there were others. */
  readonly effect: OpenEnum<'denyEffect'> | null;
  readonly condition: string | null;
  readonly principals: readonly DeniedPrincipal[];
  readonly excluded: readonly DeniedPrincipal[];
}

export interface DeniedPrincipal {
  /** The empty guid is everybody. `null`: not in Azure's answer. */
  readonly id: string | null;
  readonly type: OpenEnum<'principalType'> | null;
}
