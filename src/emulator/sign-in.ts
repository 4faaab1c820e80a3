import { idKey } from '../model/ids.ts';
import { type Answer, ok } from './answers.ts';

/**
 * What a real client asks before it can ask anything else: the cloud's endpoints, who its authority is, and a token.
 * `null` for every other path. Enough for `az cloud register` and `az login --identity`.
 */
export function signIn(origin: string, tenantId: string, path: string): Answer | null {
  const asked = idKey(path).replace(/\/{2,}/g, '/');
  const route = Object.entries(routes).find(([ending]) => asked.endsWith(ending));
  return route ? ok(route[1](origin, tenantId)) : null;
}

type Route = (origin: string, tenantId: string) => object;

const token: Route = (origin, tenantId) => {
  const issued = Math.floor(Date.now() / 1000);
  const expires = issued + 3600;
  const claims = {
    aud: origin,
    iss: `${origin}/${tenantId}`,
    iat: issued,
    exp: expires,
    tid: tenantId,
    oid: '00000000-0000-0000-0000-00000000c11e',
    appid: '00000000-0000-0000-0000-00000000c11e',
  };
  return {
    token_type: 'Bearer',
    access_token: [{ alg: 'none', typ: 'JWT' }, claims, {}].map(encoded).join('.'),
    expires_in: 3600,
    expires_on: String(expires),
    resource: origin,
    client_info: encoded({ uid: claims.oid, utid: tenantId }),
  };
};

const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

const routes: Readonly<Record<string, Route>> = {
  '/metadata/endpoints': (origin) => ({
    name: 'Loopback',
    resourceManager: origin,
    gallery: origin,
    graph: origin,
    graphAudience: origin,
    portal: origin,
    batch: origin,
    media: origin,
    sqlManagement: origin,
    vmImageAliasDoc: origin,
    activeDirectoryDataLake: origin,
    microsoftGraphResourceId: origin,
    suffixes: {
      acrLoginServer: 'azurecr.io',
      keyVaultDns: 'vault.azure.net',
      storage: 'core.windows.net',
      sqlServerHostname: 'database.windows.net',
    },
    galleryEndpoint: origin,
    graphEndpoint: origin,
    portalEndpoint: origin,
    authentication: { loginEndpoint: `${origin}/adfs`, audiences: [origin] },
  }),
  '/msi/token': token,
  '/oauth2/token': token,
  '/oauth2/v2.0/token': token,
  '/.well-known/openid-configuration': (origin, tenantId) => ({
    issuer: `${origin}/${tenantId}`,
    token_endpoint: `${origin}/${tenantId}/oauth2/v2.0/token`,
    authorization_endpoint: `${origin}/${tenantId}/oauth2/v2.0/authorize`,
    device_authorization_endpoint: `${origin}/${tenantId}/oauth2/v2.0/devicecode`,
    jwks_uri: `${origin}/${tenantId}/discovery/v2.0/keys`,
    tenant_region_scope: null,
    cloud_instance_name: 'loopback',
  }),
  '/common/discovery/instance': (origin, tenantId) => ({
    tenant_discovery_endpoint: `${origin}/${tenantId}/v2.0/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata: [
      {
        preferred_network: new URL(origin).host,
        preferred_cache: new URL(origin).host,
        aliases: [new URL(origin).host],
      },
    ],
  }),
};
