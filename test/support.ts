import { describe, test } from 'vitest';
import { registryApiVersions } from '../src/collect/registry.ts';
import type { AnyCheck, Check, Options } from '../src/model/check.ts';
import type { CacheRule } from '../src/model/facets/cache-rules.ts';
import type { Registry, RegistryEncryption } from '../src/model/facets/registry.ts';
import type { Replication } from '../src/model/facets/replications.ts';
import type { Facet } from '../src/model/facets.ts';
import { type AnyRow, cases, type Irrelevant, type Row } from '../src/testing/index.ts';

/** A check's table, and what is irrelevant in all of its rows. */
export interface Table {
  readonly check: AnyCheck;
  readonly rows: readonly AnyRow[];
  readonly irrelevant: Irrelevant;
}

/** The tables of the test files that were loaded. */
export const tables: Table[] = [];

/** Runs a check's table, and the rows every check owes. */
export function testCheck<N extends Facet, E extends Facet, O extends Options>(
  check: Check<N, E, O>,
  rows: readonly Row<N, E>[],
  irrelevant: Irrelevant = {},
): void {
  tables.push({ check, rows: rows as readonly AnyRow[], irrelevant });
  // Loaded by `npm run gen`, for the page of what is irrelevant.
  if (process.env['VITEST'] === undefined) return;
  describe(check.id, () => {
    for (const { name, run } of cases(check, rows, irrelevant)) test(name, run);
  });
}

const nothingSaid: Omit<Registry, 'id' | 'name' | 'resourceGroup' | 'location' | 'sku' | 'loginServer' | 'apiVersion'> =
  {
    tags: {},
    adminUserEnabled: null,
    anonymousPullEnabled: null,
    publicNetworkAccess: null,
    networkRuleSet: null,
    networkRuleBypassOptions: null,
    networkRuleBypassAllowedForTasks: null,
    dataEndpointEnabled: null,
    dataEndpointHostNames: null,
    regionalEndpoints: null,
    regionalEndpointHostNames: null,
    endpointProtocol: null,
    privateEndpointConnections: null,
    policies: {
      quarantine: null,
      trust: null,
      export: null,
      azureAdAuthenticationAsArm: null,
      retention: null,
      softDelete: null,
    },
    encryption: null,
    identity: null,
    roleAssignmentMode: null,
  };

export const registryId =
  '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-acr/providers/Microsoft.ContainerRegistry/registries/contoso';

type Said = Partial<Omit<Registry, 'policies'>> & { readonly policies?: Partial<Registry['policies']> };

/** A Premium registry in westeurope about which ARM said only what the row says. */
export const acr = ({ policies, ...said }: Said = {}): Registry => ({
  id: registryId,
  name: 'contoso',
  resourceGroup: 'rg-acr',
  location: 'westeurope',
  sku: 'Premium',
  loginServer: 'contoso.azurecr.io',
  apiVersion: registryApiVersions[0],
  ...nothingSaid,
  ...said,
  policies: { ...nothingSaid.policies, ...policies },
});

/** A healthy replica in the region. */
export const replica = (location: string, said: Partial<Replication> = {}): Replication => ({
  id: `${registryId}/replications/${location}`,
  name: location,
  location,
  provisioningState: 'Succeeded',
  displayStatus: 'Ready',
  regionEndpointEnabled: true,
  ...said,
});

export const cacheRule = (name: string): CacheRule => ({
  id: `${registryId}/cacheRules/${name}`,
  name,
  source: 'docker.io/library/*',
  target: 'library/*',
  credentialSet: null,
  identity: null,
});

export const subscriptionId = '/subscriptions/00000000-0000-0000-0000-000000000001';

/** Encryption with the key of that identifier, or with Microsoft's own. */
export const encrypted = (keyIdentifier: string | null): RegistryEncryption => ({
  status: keyIdentifier === null ? 'disabled' : 'enabled',
  keyIdentifier,
  keyRotationEnabled: null,
  identity: null,
});
