import { within } from './paths.ts';
import type { Tenant } from './tenant.ts';

/** What a client must be allowed to read, as Azure words it: a collection is asked of what contains it. */
export interface Asked {
  readonly action: string;
  readonly scope: string;
}

/** What else is read by the right to read something of another type, by its type in lower case. */
const readWith: Readonly<Record<string, string>> = {
  'microsoft.authorization/roleeligibilityscheduleinstances': 'Microsoft.Authorization/roleAssignments',
};

/** The action that reads things of a type. */
export const readOf = (type: string): string => `${readWith[type.toLowerCase()] ?? type}/read`;

/** Whether the client may not do that there: its role does not grant it, or it is refused at that scope. */
export const isDenied = (tenant: Tenant, action: string, scope: string): boolean =>
  !isAllowed(tenant, action) ||
  tenant.denied.some((denied) => within(scope, denied.scope) && globs(denied.action, action));

const isAllowed = ({ allowed }: Tenant, action: string): boolean =>
  allowed === null || allowed.some((pattern) => globs(pattern, action));

const globs = (pattern: string, action: string): boolean =>
  new RegExp(
    `^${pattern
      .split('*')
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
    'i',
  ).test(action);
