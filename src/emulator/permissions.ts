import { within } from './paths.ts';
import type { Tenant } from './tenant.ts';

/** What a client must be allowed to read, as Azure words it: a collection is asked of what contains it. */
export interface Asked {
  readonly action: string;
  readonly scope: string;
}

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
