import * as v from 'valibot';
import type { Evidence } from '../model/evidence.ts';
import type { AddressRecord, AliasRecord, NetworkLink, ZoneEvidence } from '../model/facets/private-dns.ts';
import { byId, distinctIds, lastPart } from '../model/ids.ts';
import type { KnownSoFar, SharedCollector } from './collector.ts';
import { listRulesets, mayForward, readRulesets } from './forwarding.ts';
import type { Observe, Permission } from './observe.ts';
import { armId, listOf, member, read, text, told } from './read.ts';

/** The first api-version that answers a link's resolutionPolicy. */
const dnsApiVersion = '2024-06-01';

const may = {
  zones: 'Microsoft.Network/privateDnsZones/read',
  records: 'Microsoft.Network/privateDnsZones/A/read',
  aliases: 'Microsoft.Network/privateDnsZones/CNAME/read',
  links: 'Microsoft.Network/privateDnsZones/virtualNetworkLinks/read',
} as const satisfies Record<string, Permission>;

const recordWire = v.object({
  name: text,
  properties: v.object({ aRecords: listOf(v.object({ ipv4Address: text })) }),
});

export function parseAddressRecord(body: unknown): AddressRecord {
  const { name, properties } = read('a DNS record', recordWire, body);
  return { name, ips: properties.aRecords.map(({ ipv4Address }) => ipv4Address) };
}

const aliasWire = v.object({
  name: text,
  properties: v.object({ cnameRecord: told(v.object({ cname: told(text) })) }),
});

export function parseAliasRecord(body: unknown): AliasRecord {
  const { name, properties } = read('a DNS alias', aliasWire, body);
  return { name, target: properties.cnameRecord?.cname ?? null };
}

const linkWire = v.object({
  name: text,
  properties: v.object({
    virtualNetwork: v.object({ id: armId }),
    virtualNetworkLinkState: told(member('linkState')),
    provisioningState: told(member('provisioningState')),
    resolutionPolicy: told(member('resolutionPolicy')),
  }),
});

export function parseNetworkLink(body: unknown): NetworkLink {
  const { name, properties } = read('a DNS zone link', linkWire, body);
  const { virtualNetwork, virtualNetworkLinkState: state, ...rest } = properties;
  return { name, network: virtualNetwork.id, state, ...rest };
}

const zoneWire = v.object({ id: armId, name: text });

/**
 * A zone that may answer for a registry's name: that of the suffix, any below it, and any above, which a custom cloud
 * may have. One without a name is read too.
 */
function mayServe(body: unknown, suffix: string): boolean {
  const named = v.safeParse(v.object({ name: text }), body);
  if (!named.success) return true;
  const name = `.${named.output.name.toLowerCase()}`;
  return name.endsWith(suffix) || suffix.endsWith(name);
}

export const privateDns: SharedCollector<'privateDns'> = {
  facet: 'privateDns',
  scope: 'shared',
  permissions: [...Object.values(may), ...Object.values(mayForward)],
  from: ['privateEndpoints'],
  async collect(azure, known, { observe }) {
    const searched = await Promise.all(
      known.subscriptions.map(async ({ id: subscription }) => {
        const [zones, rulesets] = await Promise.all([
          listZones(observe, subscription, `.${azure.cloud.registrySuffix}`),
          listRulesets(observe, subscription),
        ]);
        return { subscription, zones, rulesets };
      }),
    );
    const found = searched.flatMap(({ zones }) => (zones.state === 'observed' ? zones.value : []));
    const listed = searched.flatMap(({ rulesets }) => (rulesets.state === 'observed' ? rulesets.value : []));
    const [zones, rulesets] = await Promise.all([
      Promise.all(distinctIds([...found, ...zonesOfGroups(known)]).map((id) => readZone(observe, id))),
      readRulesets(observe, listed, known.subscriptions, azure.cloud.registrySuffix),
    ]);
    return { zones: zones.sort(byId), rulesets, searched };
  },
};

/** The ids of the zones in a subscription that may answer for a registry's name. */
const listZones = (observe: Observe, subscription: string, suffix: string): Promise<Evidence<readonly string[]>> =>
  observe({
    permissions: [may.zones],
    scope: subscription,
    async ask(azure, each) {
      const all = await azure.list(`${subscription}/providers/Microsoft.Network/privateDnsZones`, dnsApiVersion);
      return each(
        all.filter((body) => mayServe(body, suffix)),
        (body) => read('a private DNS zone', zoneWire, body).id,
      );
    },
  });

async function readZone(observe: Observe, id: string): Promise<ZoneEvidence> {
  const [records, aliases, links] = await Promise.all([
    observe({
      permissions: [may.records],
      scope: id,
      ask: async (azure, each) => each(await azure.list(`${id}/A`, dnsApiVersion), parseAddressRecord),
    }),
    observe({
      permissions: [may.aliases],
      scope: id,
      ask: async (azure, each) => each(await azure.list(`${id}/CNAME`, dnsApiVersion), parseAliasRecord),
    }),
    observe({
      permissions: [may.links],
      scope: id,
      ask: async (azure, each) => each(await azure.list(`${id}/virtualNetworkLinks`, dnsApiVersion), parseNetworkLink),
    }),
  ]);
  return { id, name: lastPart(id), records, aliases, links };
}

const endpointsOf = ({ registries }: KnownSoFar) =>
  registries.flatMap(({ facets: { privateEndpoints } }) =>
    privateEndpoints?.state === 'observed' ? privateEndpoints.value : [],
  );

const zonesOfGroups = (known: KnownSoFar): string[] =>
  endpointsOf(known).flatMap(({ endpoint }) =>
    endpoint.state === 'observed' && endpoint.value.zoneGroups.state === 'observed'
      ? endpoint.value.zoneGroups.value.flatMap((group) => group.zones)
      : [],
  );
