import { probeNames } from '../../src/explain/probe-names.ts';
import { observed } from '../../src/model/evidence.ts';
import type { NetworkEvidence } from '../../src/model/facets/networks.ts';
import type { PrivateDns, ZoneEvidence } from '../../src/model/facets/private-dns.ts';
import type { EndpointConnection } from '../../src/model/facets/private-endpoints.ts';
import type { Registry } from '../../src/model/facets/registry.ts';
import type { Connection, ResolvedName } from '../../src/model/facets/resolution.ts';
import { sameId } from '../../src/model/ids.ts';
import type { RegistryEntry, Snapshot } from '../../src/model/snapshot.ts';
import type { ProbeName } from '../../src/pages/probe.ts';

/** What a name server on 168.63.129.16 answers a machine in a network, and how its connections end. */
export type Looked = ProbeName & ResolvedName;

const publicAddress = '20.50.60.70';

/**
 * Stands in a network of a snapshot and looks at the names of a registry, by the plain rules of Azure DNS and none of the
 * tool's own code. `null` where the snapshot does not decide every answer.
 */
export function looksFrom(
  snapshot: Snapshot,
  entry: RegistryEntry,
  network: string,
  regions: readonly string[],
): readonly Looked[] | null {
  const { networks, privateDns } = snapshot.shared;
  const { registry, privateEndpoints } = entry.facets;
  if (networks?.state !== 'observed' || privateDns?.state !== 'observed') return null;
  if (registry?.state !== 'observed' || privateEndpoints?.state !== 'observed') return null;
  const here = networks.value.find(({ id }) => sameId(id, network))?.network;
  if (here?.state !== 'observed' || here.value.dnsServers.length > 0 || !isPlain(privateDns.value)) return null;
  const side = publicSide(registry.value);
  const login = registry.value.loginServer;
  const connections = privateEndpoints.value.filter(({ status }) => status !== 'Pending' && status !== 'Rejected');
  if (side === null || login === null || !connections.every(isKnown)) return null;
  const aliased = connections.length > 0;
  return probeNames(login, regions).map((name): Looked => {
    const { ips, aliases, problem } = answer(name.name, network, privateDns.value.zones, aliased);
    const ends = ips.map((ip) => end(ip, name, network, connections, networks.value, side));
    return { ...name, aliases, ips, problem, connections: ends };
  });
}

/** Without rulesets, aliases and wildcards of zones, and with every part of every zone read. */
const isPlain = ({ zones, rulesets, searched }: PrivateDns): boolean =>
  rulesets.length === 0 &&
  searched.every((one) => one.zones.state === 'observed' && one.rulesets.state === 'observed') &&
  zones.every(
    ({ records, links, aliases }) =>
      records.state === 'observed' &&
      links.state === 'observed' &&
      aliases.state === 'observed' &&
      aliases.value.length === 0 &&
      records.value.every(({ name }) => !name.includes('*')) &&
      links.value.every(
        ({ state, provisioningState, resolutionPolicy }) =>
          (state === 'Completed' || provisioningState === 'Failed') && resolutionPolicy !== null,
      ),
  );

const isKnown = ({ endpoint, placement, status }: EndpointConnection): boolean =>
  status === 'Approved' &&
  (placement.whose === 'another-tenant' ||
    (placement.whose === 'ours' &&
      (placement.gone || (endpoint.state === 'observed' && endpoint.value.members.state === 'observed'))));

function publicSide({ publicNetworkAccess, networkRuleSet, sku }: Registry): 'open' | 'closed' | null {
  if (publicNetworkAccess === 'Disabled') return 'closed';
  if (publicNetworkAccess !== 'Enabled') return null;
  if (networkRuleSet === null) return sku === 'Basic' || sku === 'Standard' ? 'open' : null;
  if (networkRuleSet.defaultAction === 'Allow') return 'open';
  const listed = [...(networkRuleSet.ipRules ?? ['?']), ...(networkRuleSet.virtualNetworkRules ?? ['?'])];
  return networkRuleSet.defaultAction === 'Deny' && listed.length === 0 ? 'closed' : null;
}

type Answer = Pick<ResolvedName, 'ips' | 'aliases' | 'problem'>;

function answer(name: string, network: string, zones: readonly ZoneEvidence[], aliased: boolean): Answer {
  const own = inZone(name, network, zones);
  if (own !== null) return own === 'public' ? found([publicAddress], []) : found(own, []);
  if (!aliased) return found([publicAddress], []);
  const alias = name.replace(/\.azurecr\./, '.privatelink.azurecr.');
  const linked = inZone(alias, network, zones);
  return linked === null || linked === 'public' ? found([publicAddress], [alias]) : found(linked, [alias]);
}

const found = (ips: readonly string[], aliases: readonly string[]): Answer => ({
  ips,
  aliases,
  problem: ips.length > 0 ? null : 'NXDOMAIN',
});

/** What the linked zone with the longest name answers; `null` without one, `public` where it falls back. */
function inZone(name: string, network: string, zones: readonly ZoneEvidence[]): readonly string[] | 'public' | null {
  const [first] = zones
    .filter((zone) => name === zone.name || name.endsWith(`.${zone.name}`))
    .flatMap((zone) => {
      const links = zone.links.state === 'observed' ? zone.links.value : [];
      const link = links.find((one) => sameId(one.network ?? '', network) && one.state === 'Completed');
      return link ? [{ zone, link }] : [];
    })
    .sort((a, b) => b.zone.name.length - a.zone.name.length);
  if (!first) return null;
  const { zone, link } = first;
  const label = name === zone.name ? '@' : name.slice(0, -zone.name.length - 1);
  const records = zone.records.state === 'observed' ? zone.records.value : [];
  const ips = records.find((one) => one.name.toLowerCase() === label.toLowerCase())?.ips ?? [];
  return ips.length === 0 && link.resolutionPolicy === 'NxDomainRedirect' ? 'public' : ips;
}

function end(
  address: string,
  { role }: ProbeName,
  network: string,
  connections: readonly EndpointConnection[],
  networks: readonly NetworkEvidence[],
  side: 'open' | 'closed',
): Connection {
  const answers = (): Connection =>
    role === 'data endpoint'
      ? { address, step: 'connected' }
      : { address, step: 'http', status: 401, challenged: true, denial: null, redirect: null };
  if (address === publicAddress)
    return side === 'open' || role === 'data endpoint'
      ? answers()
      : {
          address,
          step: 'http',
          status: 403,
          challenged: false,
          denial: "client with IP '203.0.113.7' is not allowed access",
          redirect: null,
        };
  const target = connections.find(
    ({ endpoint }) =>
      endpoint.state === 'observed' &&
      endpoint.value.members.state === 'observed' &&
      endpoint.value.members.value.some(({ ip }) => ip === address),
  );
  const to = target?.endpoint.state === 'observed' ? target.endpoint.value.network : null;
  const here = networks.find(({ id }) => sameId(id, network))?.network;
  const peers = here?.state === 'observed' ? here.value.peerings : [];
  const isRouted =
    to !== null &&
    (sameId(to, network) || peers.some(({ remote, state }) => sameId(remote ?? '', to) && state === 'Connected'));
  return isRouted ? answers() : { address, step: 'tcp', problem: 'timeout' };
}

/** The snapshot with those answers as the evidence of `scan --probe`. */
export const probedFrom = (snapshot: Snapshot, entry: RegistryEntry, answers: readonly Looked[]): Snapshot => ({
  ...snapshot,
  registries: snapshot.registries.map((one) =>
    one === entry
      ? {
          ...entry,
          facets: {
            ...entry.facets,
            resolution: observed({
              servers: ['168.63.129.16'],
              answers: answers.map(({ role: _, region: __, ...one }) => one),
            }),
          },
        }
      : one,
  ),
});
