export { type AskedRequest, type Emulator, emulate } from './emulate.ts';
export { type Served, serve } from './server.ts';
export { denying, type TenantDocument, TenantError } from './tenant.ts';
