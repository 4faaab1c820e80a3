import * as v from 'valibot';
import type { KeyVault } from '../model/facets/key-vaults.ts';
import type { KnownSoFar, SharedCollector } from './collector.ts';
import { armId, flag, maybe, member, read, text, told } from './read.ts';
import { searchIn } from './search.ts';

/** Azure/azure-rest-api-specs, keyvault/resource-manager/Microsoft.KeyVault/stable/2023-07-01, Vaults_ListBySubscription. */
const apiVersion = '2023-07-01';

const wire = v.object({
  id: armId,
  name: text,
  properties: v.object({
    vaultUri: v.pipe(v.string(), v.regex(/^https:\/\/[\w.-]+/i, 'it is no address of a vault')),
    enablePurgeProtection: told(flag),
    enableSoftDelete: told(flag),
    publicNetworkAccess: told(member('enabledDisabled')),
    networkAcls: maybe(
      v.object({ defaultAction: told(member('defaultAction')), bypass: told(member('networkRuleBypassOptions')) }),
    ),
  }),
});

export function parseKeyVault(body: unknown): KeyVault {
  const { id, name, properties } = read('a key vault', wire, body);
  return {
    id,
    name,
    host: hostOf(properties.vaultUri) ?? '',
    purgeProtection: properties.enablePurgeProtection,
    softDelete: properties.enableSoftDelete,
    publicNetworkAccess: properties.publicNetworkAccess,
    rules: properties.networkAcls,
  };
}

const hostOf = (address: string | null): string | null => {
  const [, host = null] = /^https:\/\/([\w.-]+)/i.exec(address ?? '') ?? [];
  return host?.toLowerCase() ?? null;
};

export const keyVaults: SharedCollector<'keyVaults'> = {
  facet: 'keyVaults',
  scope: 'shared',
  permissions: ['Microsoft.KeyVault/vaults/read'],
  from: [],
  async collect(azure, known, { observe }) {
    const named = hostsOfKeys(known);
    // Most registries have no key of their own: then nobody's vaults are looked at.
    if (named.size === 0) return { vaults: [], searched: [] };
    const { found, searched } = await searchIn(azure, observe, known, {
      permissions: keyVaults.permissions,
      ask: async (azure, each, subscription) => {
        const listed = await azure.list(`${subscription}/providers/Microsoft.KeyVault/vaults`, apiVersion);
        return each(
          listed.filter((body) => mayBeOneOf(named, body)),
          parseKeyVault,
        );
      },
    });
    return { vaults: found, searched };
  },
};

/** Hosts of the keys of every registry. */
const hostsOfKeys = ({ registries }: KnownSoFar): ReadonlySet<string> =>
  new Set(
    registries.flatMap(({ facets: { registry } }) =>
      registry?.state === 'observed' ? (hostOf(registry.value.encryption?.keyIdentifier ?? null) ?? []) : [],
    ),
  );

/** A vault whose address cannot be made out may be the one: it stays, to be an unread entry. */
function mayBeOneOf(hosts: ReadonlySet<string>, body: unknown): boolean {
  const addressed = v.safeParse(v.object({ properties: v.object({ vaultUri: text }) }), body);
  return !addressed.success || hosts.has(hostOf(addressed.output.properties.vaultUri) ?? '');
}
