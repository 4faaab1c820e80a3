export { type AskedRequest, type Emulator, emulate } from './emulate.ts';
export { type Served, serve } from './server.ts';
export { allowing, denying, type TenantDocument, TenantError } from './tenant.ts';
