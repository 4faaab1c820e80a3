import type { CloudFacts } from '../model/snapshot.ts';

/** Everything that differs between Azure clouds for a reader of registries. */
export interface Cloud extends CloudFacts {
  /** Where tokens come from. */
  readonly authorityHost: string;
  /** What tokens are for, in the form that every client takes. */
  readonly scope: string;
  /** Whether what login servers end in is known: of a custom cloud it is only where the user says so. */
  readonly suffixGiven: boolean;
}

/** What the user said about the cloud; each wins over its environment variable. */
export interface CloudChoice {
  readonly cloud?: string | undefined;
  readonly resourceManagerEndpoint?: string | undefined;
  /** What the login servers of a custom cloud end in. */
  readonly registrySuffix?: string | undefined;
}

type KnownCloud = Exclude<CloudFacts['name'], 'custom'>;

const knownCloud = (
  name: KnownCloud,
  resourceManager: string,
  authorityHost: string,
  registrySuffix: string,
): Cloud => ({
  name,
  resourceManager,
  authorityHost,
  registrySuffix,
  suffixGiven: true,
  scope: `${resourceManager}/.default`,
});

/** Endpoints as in https://learn.microsoft.com/azure/developer/identity/authentication-cloud-endpoints. */
export const clouds: { readonly [name in KnownCloud]: Cloud } = {
  public: knownCloud('public', 'https://management.azure.com', 'https://login.microsoftonline.com', 'azurecr.io'),
  usgov: knownCloud('usgov', 'https://management.usgovcloudapi.net', 'https://login.microsoftonline.us', 'azurecr.us'),
  china: knownCloud(
    'china',
    'https://management.chinacloudapi.cn',
    'https://login.partner.microsoftonline.cn',
    'azurecr.cn',
  ),
};

/** Our own names, and those of azqr and of `az cloud list`, which people already have in AZURE_CLOUD. */
const spellings: Readonly<Record<string, KnownCloud>> = {
  public: 'public',
  azurepublic: 'public',
  azurecloud: 'public',
  usgov: 'usgov',
  azuregovernment: 'usgov',
  azureusgovernment: 'usgov',
  china: 'china',
  azurechina: 'china',
  azurechinacloud: 'china',
};

/** A cloud or endpoint that can't be; the message says what was given and what would do. */
export class CloudError extends Error {
  override readonly name = 'CloudError';
}

/**
 * The cloud to read, from what the user said and AZURE_CLOUD, AZURE_RESOURCE_MANAGER_ENDPOINT,
 * AZURE_RESOURCE_MANAGER_AUDIENCE, AZURE_AUTHORITY_HOST. Throws a `CloudError`.
 */
export function chooseCloud(choice: CloudChoice, env: Readonly<Record<string, string | undefined>>): Cloud {
  const known = clouds[knownName(choice.cloud || env['AZURE_CLOUD'] || 'public')];
  const endpoint = choice.resourceManagerEndpoint || env['AZURE_RESOURCE_MANAGER_ENDPOINT'];
  const cloud = endpoint ? withEndpoint(known, endpoint) : known;
  const suffix = choice.registrySuffix || env['ACR_AUDIT_REGISTRY_SUFFIX'];
  return {
    ...cloud,
    ...(suffix && cloud.name === 'custom' ? { registrySuffix: suffixOf(suffix), suffixGiven: true } : {}),
    authorityHost: httpsOrigin('AZURE_AUTHORITY_HOST', env['AZURE_AUTHORITY_HOST'] || cloud.authorityHost),
    scope: scopeOf(env['AZURE_RESOURCE_MANAGER_AUDIENCE'] || cloud.scope),
  };
}

function knownName(given: string): KnownCloud {
  const spelt = given.toLowerCase();
  const name = Object.hasOwn(spellings, spelt) ? spellings[spelt] : undefined;
  if (name === undefined) throw new CloudError(`'${given}' is no known cloud: use public, usgov or china.`);
  return name;
}

/** A custom endpoint keeps the login and the names of the cloud it was named with: the public one, by default. */
function withEndpoint(cloud: Cloud, endpoint: string): Cloud {
  const resourceManager = httpsOrigin('The resource manager endpoint', endpoint);
  const known = Object.values(clouds).find((candidate) => candidate.resourceManager === resourceManager);
  return (
    known ?? {
      ...cloud,
      name: 'custom',
      resourceManager,
      suffixGiven: false,
      scope: `${resourceManager}/.default`,
    }
  );
}

function suffixOf(given: string): string {
  const suffix = given.toLowerCase().replace(/^\./, '');
  if (!/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(suffix))
    throw new CloudError(`'${given}' is no suffix of registries: give what login servers end in, like azurecr.io.`);
  return suffix;
}

/** The SDK sends no token over plain http. */
function httpsOrigin(what: string, given: string): string {
  const url = URL.canParse(given) ? new URL(given) : null;
  if (url?.protocol !== 'https:' || url.pathname !== '/' || url.search || url.hash || url.username || url.password) {
    throw new CloudError(`${what} must be an https address without a path, like https://management.azure.com.`);
  }
  return url.origin;
}

const scopeOf = (audience: string): string =>
  audience.endsWith('/.default') ? audience : `${audience.replace(/\/$/, '')}/.default`;
