import { within } from './paths.ts';
import type { Tenant } from './tenant.ts';

/** What a client must be allowed to read, as Azure words it: a collection is asked of what contains it. */
export interface Asked {
  readonly action: string;
  readonly scope: string;
}

export const isDenied = (tenant: Tenant, action: string, scope: string): boolean =>
  tenant.denied.some((denied) => within(scope, denied.scope) && globs(denied.action, action));

const globs = (pattern: string, action: string): boolean =>
  new RegExp(
    `^${pattern
      .split('*')
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
    'i',
  ).test(action);
