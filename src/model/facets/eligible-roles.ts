import type { Evidence } from '../evidence.ts';
import type { RoleAssignment, RoleDefinition } from './role-assignments.ts';

/** Roles at or above a registry that Privileged Identity Management lets somebody activate. */
export interface EligibleRoles {
  readonly eligible: readonly EligibleRole[];
  /** The roles they name; not asked for where there is none. */
  readonly definitions: Evidence<readonly RoleDefinition[]>;
}

export interface EligibleRole extends RoleAssignment {
  /** The principal's name, where Azure tells it. */
  readonly name: string | null;
  /** When the eligibility ends; `null`: never. */
  readonly until: string | null;
}
