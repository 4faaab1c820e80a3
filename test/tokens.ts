import type { ScopeMap } from '../src/model/facets/scope-maps.ts';
import type { Token, TokenCredential } from '../src/model/facets/tokens.ts';
import { registryId } from './support.ts';

export const mapId = (name: string) => `${registryId}/scopeMaps/${name}`;
export const tokenId = (name: string) => `${registryId}/tokens/${name}`;

/** An enabled token on the map of its own name, without credentials unless the row gives some. */
export const token = (name: string, changes: Partial<Token> = {}): Token => ({
  id: tokenId(name),
  name,
  status: 'enabled',
  scopeMap: mapId(name),
  passwords: [],
  certificates: [],
  ...changes,
});

export const password = (name: string, expiry: string | null, createdAt: string | null = null): TokenCredential => ({
  name,
  createdAt,
  expiry,
});

export const scopeMap = (name: string, ...actions: readonly string[]): ScopeMap => ({
  id: mapId(name),
  name,
  type: 'UserDefined',
  actions,
});

export const syncMap = (name: string): ScopeMap =>
  scopeMap(name, 'repositories/app/content/read', `gateway/${name}/config/read`, `gateway/${name}/message/write`);

/** A connected registry that synchronises by the token. */
export const connectedBy = (name: string) => ({
  id: `${registryId}/connectedRegistries/edge`,
  name: 'edge',
  schedule: null,
  connectionState: null,
  activation: null,
  lastActivity: null,
  syncToken: tokenId(name),
});
