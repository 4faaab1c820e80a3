import demo from '../../fixtures/tenants/demo.json' with { type: 'json' };
import type { TenantDocument } from './tenant.ts';

/** The tenant of `--demo`: a fictional company with registries in every state. */
export const demoTenant = (): TenantDocument => demo;
