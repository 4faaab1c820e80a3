import * as v from 'valibot';
import type { AddressRecord, NetworkLink, ZoneEvidence } from '../model/facets/private-dns.ts';
import { byId, distinctIds } from '../model/ids.ts';
import type { KnownSoFar, SharedCollector } from './collector.ts';
import type { Learn, Permission } from './learn.ts';
import { flag, listOf, maybe, member, read, text } from './read.ts';

/** The first api-version that answers a link's resolutionPolicy. */
const dnsApiVersion = '2024-06-01';

const may = {
  zones: 'Microsoft.Network/privateDnsZones/read',
  records: 'Microsoft.Network/privateDnsZones/A/read',
  links: 'Microsoft.Network/privateDnsZones/virtualNetworkLinks/read',
} as const satisfies Record<string, Permission>;

const recordWire = v.object({
  name: text,
  properties: v.object({ aRecords: listOf(v.object({ ipv4Address: maybe(text) })) }),
});

export function parseAddressRecord(body: unknown): AddressRecord {
  const { name, properties } = read('a DNS record', recordWire, body);
  return { name, ips: properties.aRecords.flatMap((record) => record.ipv4Address ?? []) };
}

const linkWire = v.object({
  name: text,
  properties: v.object({
    virtualNetwork: maybe(v.object({ id: maybe(text) })),
    virtualNetworkLinkState: maybe(member('linkState')),
    provisioningState: maybe(member('provisioningState')),
    resolutionPolicy: maybe(member('resolutionPolicy')),
    registrationEnabled: maybe(flag),
  }),
});

export function parseNetworkLink(body: unknown): NetworkLink {
  const { name, properties } = read('a DNS zone link', linkWire, body);
  const { virtualNetwork, virtualNetworkLinkState: state, ...rest } = properties;
  return { name, network: virtualNetwork?.id ?? null, state, ...rest };
}

const zoneWire = v.object({ id: text, name: text });

export const privateDns: SharedCollector<'privateDns'> = {
  facet: 'privateDns',
  scope: 'shared',
  permissions: Object.values(may),
  from: ['privateEndpoints'],
  async collect(azure, known, { learn }) {
    if (!hasApprovedEndpoint(known)) return { zones: [], searched: [] };
    const suffix = `privatelink.${azure.cloud.registrySuffix}`;
    const searched = await Promise.all(
      known.subscriptions.map(async ({ id: subscription }) => ({
        subscription,
        zones: await learn({
          permissions: [may.zones],
          scope: subscription,
          ask: async (azure) =>
            (await azure.list(`${subscription}/providers/Microsoft.Network/privateDnsZones`, dnsApiVersion))
              .map((body) => read('a private DNS zone', zoneWire, body))
              .filter(({ name }) => name.toLowerCase() === suffix || name.toLowerCase().endsWith(`.data.${suffix}`))
              .map(({ id }) => id),
        }),
      })),
    );
    const found = searched.flatMap(({ zones }) => (zones.state === 'observed' ? zones.value : []));
    const zones = await Promise.all(distinctIds([...found, ...zonesOfGroups(known)]).map((id) => readZone(learn, id)));
    return { zones: zones.sort(byId), searched };
  },
};

async function readZone(learn: Learn, id: string): Promise<ZoneEvidence> {
  const [records, links] = await Promise.all([
    learn({
      permissions: [may.records],
      scope: id,
      ask: async (azure) => (await azure.list(`${id}/A`, dnsApiVersion)).map(parseAddressRecord),
    }),
    learn({
      permissions: [may.links],
      scope: id,
      ask: async (azure) => (await azure.list(`${id}/virtualNetworkLinks`, dnsApiVersion)).map(parseNetworkLink),
    }),
  ]);
  return { id, name: id.slice(id.lastIndexOf('/') + 1), records, links };
}

const endpointsOf = ({ registries }: KnownSoFar) =>
  registries.flatMap(({ facets: { privateEndpoints } }) =>
    privateEndpoints?.state === 'observed' ? privateEndpoints.value : [],
  );

const hasApprovedEndpoint = (known: KnownSoFar): boolean =>
  endpointsOf(known).some(({ status }) => status === 'Approved');

const zonesOfGroups = (known: KnownSoFar): string[] =>
  endpointsOf(known).flatMap(({ endpoint }) =>
    endpoint.state === 'observed' && endpoint.value.zoneGroups.state === 'observed'
      ? endpoint.value.zoneGroups.value.flatMap((group) => group.zones)
      : [],
  );
