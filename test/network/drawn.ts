import fc from 'fast-check';
import { denied, type Evidence, notCollected, observed, unreadable } from '../../src/model/evidence.ts';
import type { NetworkEvidence } from '../../src/model/facets/networks.ts';
import type { AddressRecord, NetworkLink, ZoneEvidence } from '../../src/model/facets/private-dns.ts';
import type { EndpointConnection, EndpointMember } from '../../src/model/facets/private-endpoints.ts';
import type { Registry } from '../../src/model/facets/registry.ts';
import { lastPart, sameId } from '../../src/model/ids.ts';
import type { RegistryEntry, Snapshot } from '../../src/model/snapshot.ts';
import { app, apps } from '../apps.ts';
import { cluster, consumers } from '../clusters.ts';
import { members } from '../private-path.ts';
import { assigned, roles } from '../roles.ts';
import { acr, registryId, replica } from '../support.ts';

/** A tenant as a draw says it: everything that decides whether a name of registry contoso is reached, in few words. */
export interface Drawn {
  readonly access: 'open' | 'closed' | 'exports off' | 'listed' | 'broad' | 'nobody listed' | 'untold';
  readonly regions: 1 | 2;
  readonly regional: boolean;
  readonly networks: readonly {
    readonly subscription: 1 | 2;
    readonly dns: 'azure' | 'own';
    readonly gateway: boolean;
    readonly managed: boolean;
    readonly read: boolean;
  }[];
  /** Pairs of networks. */
  readonly peered: readonly (readonly [number, number])[];
  readonly endpoints: readonly {
    readonly network: number;
    readonly status: 'Approved' | 'Pending' | 'Rejected' | null;
    readonly place: 'ours' | 'gone' | 'foreign' | 'unplaced' | 'unread';
    readonly members: 'all' | 'login' | 'unread';
    /** The zone that its group writes to. */
    readonly group: number | 'none' | 'elsewhere' | 'unread';
  }[];
  readonly zones: readonly {
    readonly name: (typeof zoneNames)[number];
    readonly read: 'all' | 'links' | 'records' | 'nothing';
    readonly links: readonly {
      readonly network: number;
      readonly state: 'done' | 'being made' | 'broken' | 'failed after';
      readonly policy: 'Default' | 'NxDomainRedirect' | null;
    }[];
    readonly record: 'by groups' | 'by hand' | 'stale' | 'half' | 'login only' | 'none';
  }[];
  /** Registry fabrikam has an endpoint in the first network, and its records in the first zone. */
  readonly neighbour: boolean;
  readonly clusters: readonly { readonly network: number | 'made by AKS'; readonly told: boolean }[];
  /** Container groups name their subnet; container apps an environment, which may be unread or in no network of ours. */
  readonly apps: readonly {
    readonly network: number | 'none' | 'unread';
    readonly kind: 'container group' | 'container app';
  }[];
  readonly ruleset: { readonly network: number; readonly to: number | 'servers' } | null;
}

const zoneNames = [
  'privatelink.azurecr.io',
  'azurecr.io',
  'contoso.azurecr.io',
  'westeurope.data.privatelink.azurecr.io',
] as const;
const home = 'westeurope';
const away = 'eastus';
const mostNetworks = 4;

const network = fc.nat({ max: mostNetworks - 1 });
/** The first is drawn most often. */
const mostly = <const T>(usual: T, ...others: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof({ weight: 6, arbitrary: fc.constant(usual) }, ...others.map((one) => fc.constant(one)));

export const drawn: fc.Arbitrary<Drawn> = fc.record({
  access: fc.constantFrom(
    'open',
    'open',
    'closed',
    'closed',
    'exports off',
    'listed',
    'broad',
    'nobody listed',
    'untold',
  ),
  regions: fc.constantFrom(1, 2),
  regional: mostly(false, true),
  networks: fc.array(
    fc.record({
      subscription: mostly(1, 2),
      dns: mostly('azure', 'own'),
      gateway: mostly(false, true),
      managed: mostly(false, true),
      read: mostly(true, false),
    }),
    { minLength: 1, maxLength: mostNetworks },
  ),
  peered: fc.array(fc.tuple(network, network), { maxLength: 3 }),
  endpoints: fc.array(
    fc.record({
      network,
      status: mostly('Approved', 'Pending', 'Rejected', null),
      place: mostly('ours', 'gone', 'foreign', 'unplaced', 'unread'),
      members: mostly('all', 'login', 'unread'),
      group: fc.oneof(
        { weight: 6, arbitrary: fc.nat({ max: 2 }) },
        { weight: 3, arbitrary: fc.constant('none' as const) },
        fc.constantFrom('elsewhere', 'unread'),
      ),
    }),
    { maxLength: 3 },
  ),
  zones: fc.array(
    fc.record({
      name: mostly(...zoneNames),
      read: mostly('all', 'links', 'records', 'nothing'),
      links: fc.array(
        fc.record({
          network,
          state: mostly('done', 'being made', 'broken', 'failed after'),
          policy: mostly('Default', 'NxDomainRedirect', null),
        }),
        { maxLength: 3 },
      ),
      record: mostly('by groups', 'by hand', 'stale', 'half', 'login only', 'none'),
    }),
    { maxLength: 3 },
  ),
  neighbour: fc.boolean(),
  clusters: fc.array(
    fc.record({
      network: fc.oneof({ weight: 8, arbitrary: network }, fc.constant('made by AKS' as const)),
      told: mostly(true, false),
    }),
    { maxLength: 3 },
  ),
  apps: fc.array(
    fc.record({
      network: fc.oneof({ weight: 8, arbitrary: network }, fc.constantFrom('none' as const, 'unread' as const)),
      kind: fc.constantFrom('container group' as const, 'container app' as const),
    }),
    { maxLength: 2 },
  ),
  ruleset: mostly(null, { network: 0, to: 1 }, { network: 1, to: 'servers' }),
} satisfies { [K in keyof Drawn]: fc.Arbitrary<Drawn[K]> });

const subscription = (number: 1 | 2): string => `/subscriptions/00000000-0000-0000-0000-00000000000${number}`;
const inGroup = (number: 1 | 2, group: string, type: string, name: string): string =>
  `${subscription(number)}/resourceGroups/${group}/providers/Microsoft.Network/${type}/${name}`;
const refused = (action: string, scope: string) =>
  denied(`the credential may not perform ${action} over ${scope}`, [{ action, scope }]);

interface Place {
  readonly id: string;
  readonly network: NetworkEvidence;
}

/** The snapshot that such a tenant gives. What Azure does not allow (two links of a network to zones of a name) is left out. */
export function snapshotOf(draw: Drawn): Snapshot {
  const places = draw.networks.map((_, index) => placeOf(draw, index));
  const at = (index: number): Place => places[index % places.length] as Place;
  const regions = draw.regions === 1 ? [home] : [home, away];
  const zoneId = (index: number): string =>
    inGroup(1, `rg-dns-${index}`, 'privateDnsZones', draw.zones[index]?.name ?? zoneNames[0]);
  const connections = draw.endpoints.map((one, index) =>
    connectionOf(one, index, at(one.network), regions, draw, zoneId),
  );
  const zones = zonesOf(draw, at, connections, regions, zoneId);
  const registry = registryOf(draw, connections);
  const clusters = draw.clusters.map(({ network, told }, index) =>
    cluster(`aks-${index}`, {
      subnets: network === 'made by AKS' ? [] : [`${at(network).id}/subnets/nodes`],
      nodeResourceGroup: `MC_aks-${index}`,
      kubelet: { objectId: told ? `kubelet-aks-${index}` : null, id: null },
    }),
  );
  const { ruleset } = draw;
  const environmentId = (index: number) =>
    inGroup(1, 'rg-apps', 'managedEnvironments', `env-${index}`).replace('Microsoft.Network', 'Microsoft.App');
  const inApps = (where: Drawn['apps'][number]['network']): string | null =>
    typeof where === 'number' ? `${at(where).id}/subnets/apps` : null;
  const entry = (own: Registry, endpoints: readonly EndpointConnection[]): RegistryEntry => ({
    id: own.id,
    name: own.name,
    subscription: subscription(1),
    facets: {
      registry: observed(own),
      replications: observed(regions.length > 1 ? regions.map((region) => replica(region)) : []),
      privateEndpoints: observed(endpoints),
      tasks: observed([]),
      agentPools: observed([]),
      taskRuns: observed({ runs: [], since: null, quick: [] }),
    },
  });
  return {
    schema: 'acr-audit/snapshot@1',
    tool: { name: 'acr-audit', version: '0' },
    collectedAt: '2026-11-20T09:00:00Z',
    cloud: { name: 'public', resourceManager: 'https://management.azure.com', registrySuffix: 'azurecr.io' },
    asked: { registries: [], groups: [], tags: [], subscriptions: [], managementGroup: null, optIns: [] },
    subscriptions: ([1, 2] as const).map((number) => ({
      id: subscription(number),
      name: `Contoso ${number}`,
      registries: observed(number === 1 ? [registryId] : []),
      facets: {
        roleAssignments: observed(
          roles(
            draw.clusters.map((_, index) =>
              assigned('7f951dda-4ed3-4680-a7ca-43fe172d538d', {
                id: `${registryId}/providers/Microsoft.Authorization/roleAssignments/aks-${index}`,
                principalId: `kubelet-aks-${index}`,
              }),
            ),
          ),
        ),
        locks: observed([]),
      },
    })),
    registries: [
      entry(registry, connections),
      ...(draw.neighbour ? [entry(neighbour(), [neighbourConnection(at(0))])] : []),
    ],
    shared: {
      consumers: observed(consumers(...clusters)),
      appConsumers: observed({
        ...apps(
          ...draw.apps.map(({ network, kind }, index) => {
            const subnet = inApps(network);
            return app({
              id: `${subscription(1)}/resourceGroups/rg-apps/providers/Microsoft.App/containerApps/app-${index}`,
              name: `app-${index}`,
              kind,
              environment: kind === 'container app' ? environmentId(index) : null,
              subnets: kind === 'container app' || subnet === null ? [] : [subnet],
            });
          }),
        ),
        environments: [
          {
            subscription: subscription(1),
            found: draw.apps.some(({ network }) => network === 'unread')
              ? refused('Microsoft.App/managedEnvironments/read', subscription(1))
              : observed(
                  draw.apps.map(({ network }, index) => ({ id: environmentId(index), subnet: inApps(network) })),
                ),
          },
        ],
      }),
      networks: observed(places.map(({ network }) => network)),
      privateDns: observed({
        zones,
        searched: ([1, 2] as const).map((number) => ({
          subscription: subscription(number),
          zones: observed(zones.filter(({ id }) => id.startsWith(subscription(number))).map(({ id }) => id)),
          rulesets: observed([]),
        })),
        rulesets:
          ruleset === null
            ? []
            : [
                {
                  id: inGroup(1, 'rg-dns', 'dnsForwardingRulesets', 'rules'),
                  rules: observed([
                    {
                      name: 'acr',
                      domain: 'azurecr.io.',
                      enabled: true,
                      targets: [
                        { ip: '10.9.0.4', network: observed(ruleset.to === 'servers' ? null : at(ruleset.to).id) },
                      ],
                    },
                  ]),
                  networks: observed([at(ruleset.network).id]),
                },
              ],
      }),
    },
  };
}

function placeOf({ networks, peered }: Drawn, index: number): Place {
  const idOf = (number: number): string =>
    inGroup(networks[number]?.subscription ?? 1, 'rg-net', 'virtualNetworks', `vnet-${number}`);
  const id = idOf(index);
  const { dns = 'azure', gateway = false, managed = false, read = true } = networks[index] ?? {};
  const remotes = peered
    .map((pair) => pair.map((one) => one % networks.length))
    .flatMap(([one, other]) => (one === other ? [] : one === index ? [other] : other === index ? [one] : []));
  return {
    id,
    network: {
      id,
      network: read
        ? observed({
            id,
            name: `vnet-${index}`,
            location: index === 1 ? away : home,
            dnsServers: dns === 'azure' ? [] : ['10.9.9.4'],
            peerings: [...new Set(remotes)].map((other) => ({ remote: idOf(other ?? 0), state: 'Connected' })),
            subnets: ['endpoints', 'nodes', ...(gateway ? ['GatewaySubnet'] : [])].map((name) => ({
              id: `${id}/subnets/${name}`,
              name,
              prefixes: [`10.${index}.0.0/24`],
              usedAddresses: 5,
            })),
            managers: observed(managed ? [inGroup(1, 'rg-net', 'networkManagers', 'mesh')] : []),
          })
        : refused('Microsoft.Network/virtualNetworks/read', id),
    },
  };
}

function connectionOf(
  { status, place, members: told, group }: Drawn['endpoints'][number],
  index: number,
  { id: network }: Place,
  regions: readonly string[],
  { zones, regional }: Drawn,
  zoneId: (index: number) => string,
): EndpointConnection {
  const name = `pe-${index}`;
  const id = `${network.replace(/\/virtualNetworks\/.*/, '')}/privateEndpoints/${name}`;
  const all = [...members(regions, `10.100.${index}`), ...(regional ? geoMembers(regions, `10.101.${index}`) : [])];
  const groups: Evidence<readonly { name: string; zones: readonly string[] }[]> =
    group === 'unread'
      ? refused('Microsoft.Network/privateEndpoints/privateDnsZoneGroups/read', id)
      : group === 'none' || (group !== 'elsewhere' && zones.length === 0)
        ? observed([])
        : observed([
            {
              name: 'default',
              zones: [
                group === 'elsewhere'
                  ? inGroup(2, 'rg-elsewhere', 'privateDnsZones', zoneNames[0])
                  : zoneId(group % zones.length),
              ],
            },
          ]);
  const gone = place === 'gone';
  return {
    id: `${registryId}/privateEndpointConnections/${name}`,
    name,
    status,
    endpointId: id,
    placement:
      place === 'foreign'
        ? { whose: 'another-tenant', tenant: null }
        : place === 'unplaced'
          ? { whose: 'unplaced' }
          : { whose: 'ours', gone },
    endpoint:
      place === 'foreign'
        ? notCollected("it is another tenant's")
        : place === 'unread' || place === 'unplaced'
          ? refused('Microsoft.Network/privateEndpoints/read', id)
          : gone
            ? unreadable(`${id} was not found`)
            : observed({
                id,
                name,
                location: home,
                provisioningState: 'Succeeded',
                subnet: `${network}/subnets/endpoints`,
                network,
                groups: ['registry'],
                staticAddresses: false,
                customDns: [],
                members:
                  told === 'unread'
                    ? refused('Microsoft.Network/networkInterfaces/read', id)
                    : observed(told === 'all' ? all : all.slice(0, 1)),
                zoneGroups: groups,
              }),
  };
}

const geoMembers = (regions: readonly string[], prefix: string): readonly EndpointMember[] =>
  regions.map((region, index) => ({
    member: `registry_${region}`,
    ip: `${prefix}.${4 + index}`,
    fqdns: [`contoso.${region}.geo.azurecr.io`],
  }));

/** The zones with their records, and links as Azure allows them: one of a network to zones of a name. */
function zonesOf(
  draw: Drawn,
  at: (index: number) => Place,
  connections: readonly EndpointConnection[],
  regions: readonly string[],
  zoneId: (index: number) => string,
): readonly ZoneEvidence[] {
  const taken = new Set<string>();
  return draw.zones.map(({ name, read, links, record }, index): ZoneEvidence => {
    const id = zoneId(index);
    const linked = links.flatMap(({ network, state, policy }): readonly NetworkLink[] => {
      const to = at(network).id;
      const key = `${name} ${to}`;
      if (taken.has(key)) return [];
      taken.add(key);
      return [
        {
          name: `link-${lastPart(to)}`,
          network: to,
          state: state === 'done' || state === 'failed after' ? 'Completed' : 'InProgress',
          provisioningState: state === 'done' ? 'Succeeded' : state === 'being made' ? 'Creating' : 'Failed',
          resolutionPolicy: policy,
        },
      ];
    });
    const served = connections.flatMap(({ endpoint, status, placement }) => {
      if (endpoint.state !== 'observed' || status !== 'Approved' || placement.whose !== 'ours') return [];
      const { members, zoneGroups } = endpoint.value;
      const grouped =
        zoneGroups.state === 'observed' && zoneGroups.value.some(({ zones }) => zones.some((one) => sameId(one, id)));
      return members.state === 'observed' && (grouped || record !== 'by groups') ? members.value : [];
    });
    const seen = <T>(value: T, action: string, may: boolean): Evidence<T> =>
      may ? observed(value) : refused(`Microsoft.Network/privateDnsZones/${action}/read`, id);
    return {
      id,
      name,
      records: seen(
        recordsOf(served, name, record, draw.neighbour && index === 0, regions),
        'A',
        read === 'all' || read === 'records',
      ),
      aliases: seen([], 'CNAME', read === 'all' || read === 'records'),
      links: seen(linked, 'virtualNetworkLinks', read === 'all' || read === 'links'),
    };
  });
}

function recordsOf(
  served: readonly EndpointMember[],
  zone: string,
  how: Drawn['zones'][number]['record'],
  neighbour: boolean,
  regions: readonly string[],
): readonly AddressRecord[] {
  const records = new Map<string, readonly string[]>();
  const label = (fqdn: string): string | null => {
    const own =
      zone === 'azurecr.io' || zone === 'contoso.azurecr.io'
        ? fqdn
        : fqdn.replace('.azurecr.io', '.privatelink.azurecr.io');
    return own === zone ? '@' : own.endsWith(`.${zone}`) ? own.slice(0, -zone.length - 1) : null;
  };
  const stale = how === 'stale' || how === 'half';
  const known =
    served.length > 0 || how === 'by groups' ? served : members(regions, '10.99.0').slice(0, stale ? undefined : 0);
  for (const { ip, fqdns, member } of how === 'none' ? [] : known)
    for (const fqdn of fqdns) {
      const name = label(fqdn);
      if (name === null || (how === 'login only' && member !== 'registry')) continue;
      records.set(name, how === 'stale' ? ['10.99.0.9'] : how === 'half' ? [ip, '10.99.0.9'] : [ip]);
    }
  if (neighbour && zone.startsWith('privatelink')) {
    records.set('fabrikam', ['10.200.0.4']);
    records.set('fabrikam.westeurope.data', ['10.200.0.5']);
  }
  return [...records].map(([name, ips]) => ({ name, ips }));
}

function registryOf({ access, regional, neighbour: _ }: Drawn, connections: readonly EndpointConnection[]): Registry {
  const rules = {
    open: [],
    closed: [],
    'exports off': [],
    listed: ['20.1.2.3'],
    broad: ['20.0.0.0/8'],
    'nobody listed': [],
  };
  const off = access === 'closed' || access === 'exports off';
  return acr({
    publicNetworkAccess: off ? 'Disabled' : 'Enabled',
    networkRuleSet:
      access === 'untold'
        ? null
        : { defaultAction: access === 'open' ? 'Allow' : 'Deny', ipRules: rules[access], virtualNetworkRules: [] },
    networkRuleBypassOptions: 'AzureServices',
    networkRuleBypassAllowedForTasks: false,
    dataEndpointEnabled: false,
    regionalEndpoints: regional ? 'Enabled' : 'Disabled',
    policies: { export: { status: access === 'exports off' ? 'disabled' : 'enabled' } },
    privateEndpointConnections: connections.map(({ id, name, status, endpointId }) => ({
      id,
      name,
      status,
      description: null,
      endpoint: endpointId,
    })),
  });
}

const neighbour = (): Registry => ({
  ...acr({
    publicNetworkAccess: 'Disabled',
    networkRuleSet: { defaultAction: 'Deny', ipRules: [], virtualNetworkRules: [] },
  }),
  id: registryId.replace('contoso', 'fabrikam'),
  name: 'fabrikam',
  loginServer: 'fabrikam.azurecr.io',
});

function neighbourConnection({ id: network }: Place): EndpointConnection {
  const id = `${network.replace(/\/virtualNetworks\/.*/, '')}/privateEndpoints/pe-fabrikam`;
  return {
    id: `${registryId.replace('contoso', 'fabrikam')}/privateEndpointConnections/pe-fabrikam`,
    name: 'pe-fabrikam',
    status: 'Approved',
    endpointId: id,
    placement: { whose: 'ours', gone: false },
    endpoint: observed({
      id,
      name: 'pe-fabrikam',
      location: home,
      provisioningState: 'Succeeded',
      subnet: `${network}/subnets/endpoints`,
      network,
      groups: ['registry'],
      staticAddresses: false,
      customDns: [],
      members: observed(members([home], '10.200.0', 'fabrikam.azurecr.io')),
      zoneGroups: observed([]),
    }),
  };
}
