import { notCollected, type Unseen } from '../../model/evidence.ts';
import type { NetworkEvidence } from '../../model/facets/networks.ts';
import type { PrivateDns } from '../../model/facets/private-dns.ts';
import type { Registry } from '../../model/facets/registry.ts';
import { sameId } from '../../model/ids.ts';
import { type CitedConnection, endpointName } from './endpoints.ts';
import { type ExpectedName, expectedNames, regionOf } from './expected-names.ts';
import { type CitedZone, isLinkedTo, lookUp, registryZones, resolverOf, unsearched } from './private-dns.ts';
import { publicAccess } from './public-access.ts';
import { type NamePath, type PendingEndpoint, stoppedBy } from './reach-hops.ts';
import { routeBetween } from './route.ts';

/** What decides how names are reached, whatever the network. */
export interface PathFacts {
  readonly registry: Registry;
  /** The regions that have a data endpoint, home first. */
  readonly regions: readonly string[];
  readonly approved: readonly CitedConnection[];
  readonly pending: readonly PendingEndpoint[];
  /** Why it is not known whether an endpoint is approved, where none is for certain. */
  readonly undecided: string | null;
  readonly dns: PrivateDns;
  readonly networks: readonly NetworkEvidence[];
  readonly suffix: string;
}

/**
 * The way of one name from one network: resolution, then the endpoint, then the route or the public endpoint. The
 * first hop that is broken or unseen ends it.
 */
export function pathOf(name: ExpectedName, network: string, facts: PathFacts): NamePath {
  const { approved, networks, suffix } = facts;
  const resolver = resolverOf(network, networks);
  if ('servers' in resolver) return stoppedBy({ kind: 'own-dns', network, servers: resolver.servers });
  if (approved.length === 0 && facts.undecided !== null) return unseen([notCollected(facts.undecided)]);
  // Without an approved endpoint the public name is no alias of a private one, so that no zone can answer for it.
  if (approved.length === 0) return byPublic(facts, network, { kind: 'no-endpoint', pending: facts.pending });
  if (!('azure' in resolver)) return unseen([resolver]);

  const { zones, hidden } = zonesLinkedTo(network, facts);
  const [found] = lookUp(name, zones, suffix);
  if (found === undefined)
    return hidden.length > 0
      ? unseen(hidden)
      : byPublic(facts, network, { kind: 'not-linked', network, zone: zoneToLink(facts) });
  if (!('record' in found)) return unseen([found]);
  const { record, saw } = found;
  const zone = found.zone.zone.id;
  const link = linkOf(found.zone, network);
  if (link?.state === 'InProgress')
    return unseen([notCollected(`the link of ${zone} to ${network} is still being made`)]);

  const served = approved.map((cited) => ({ cited, ips: addressesOf(name, cited, facts) }));
  const wanted = wantedFor(network, served);
  if (saw === null) {
    if (link?.resolutionPolicy === 'NxDomainRedirect')
      return byPublic(facts, network, { kind: 'falls-back', zone, record, wanted });
    const lacking = served.find(({ ips }) => ips === 'none');
    return lacking && served.every(({ ips }) => ips === 'none')
      ? stoppedBy({ kind: 'no-member', endpoint: endpointName(lacking.cited.connection), region: regionOf(name) })
      : stoppedBy({ kind: 'no-record', zone, record, wanted });
  }
  const target = served.find(({ ips }) => Array.isArray(ips) && saw.length > 0 && saw.every((ip) => ips.includes(ip)));
  if (target) return byEndpoint(target.cited, network, facts);
  const blind = served.flatMap(({ ips }) => (typeof ips === 'object' && 'state' in ips ? [ips] : []));
  return blind.length > 0 ? unseen(blind) : stoppedBy({ kind: 'wrong-record', zone, record, saw, wanted });
}

/** The way where DNS leads to the public address; `broken` is what made it do so where that is refused. */
export function byPublic(
  { registry }: PathFacts,
  network: string | null,
  broken: Parameters<typeof stoppedBy>[0],
): NamePath {
  const rules = registry.networkRuleSet;
  switch (publicAccess(registry)) {
    case 'open':
      return { can: 'yes', way: 'public endpoint', via: 'open to every network' };
    case 'disabled':
      return stoppedBy(broken);
    case 'selected':
      return rules?.ipRules?.length === 0 && rules.virtualNetworkRules?.length === 0
        ? stoppedBy(broken)
        : stoppedBy({ kind: 'egress', network, rules: rules?.ipRules ?? [] });
    case null:
      return unseen([notCollected("Azure's answer does not tell whom the public endpoint answers")]);
  }
}

function byEndpoint({ connection }: CitedConnection, network: string, { networks }: PathFacts): NamePath {
  const endpoint = endpointName(connection);
  const to = connection.endpoint.state === 'observed' ? connection.endpoint.value.network : null;
  if (to === null) return unseen([notCollected(`the network of endpoint ${endpoint} is not in Azure's answer`)]);
  switch (routeBetween(network, to, networks)) {
    case 'yes':
      return { can: 'yes', way: 'private endpoint', via: endpoint };
    case 'no':
      return stoppedBy({ kind: 'no-route', endpoint, from: network, to });
    case 'unknown':
      return stoppedBy({ kind: 'indirect', endpoint, from: network, to });
  }
}

/** The addresses an endpoint has for a name; `none` where it certainly has none. */
function addressesOf(
  name: ExpectedName,
  { connection: { endpoint } }: CitedConnection,
  { registry, regions, suffix }: PathFacts,
): readonly string[] | 'none' | Unseen {
  if (endpoint.state !== 'observed') return endpoint;
  const ips = expectedNames(registry, regions, endpoint.value, suffix)
    .filter(({ branch }) => branch === name.branch)
    .flatMap(({ ips }) => ips ?? []);
  if (ips.length > 0) return ips;
  return endpoint.value.members.state === 'observed' ? 'none' : endpoint.value.members;
}

type Served = { readonly cited: CitedConnection; readonly ips: ReturnType<typeof addressesOf> };

/** The addresses a record should hold: those of the network's own endpoint, else of the only one. */
function wantedFor(network: string, served: readonly Served[]): readonly string[] | null {
  const own = served.find(
    ({ cited: { connection } }) =>
      connection.endpoint.state === 'observed' && sameId(connection.endpoint.value.network ?? '', network),
  );
  const chosen = own ?? (served.length === 1 ? served[0] : undefined);
  return Array.isArray(chosen?.ips) ? chosen.ips : null;
}

/** The zones a network asks, and what may hide another where none of them holds a name. */
function zonesLinkedTo(network: string, { approved, dns, suffix }: PathFacts) {
  const all = registryZones(dns, suffix);
  const zones = all.filter(({ zone }) => isLinkedTo(zone, network));
  const hidden: readonly Unseen[] = [
    ...all.flatMap(({ zone: { links } }) => (links.state === 'observed' ? [] : [links])),
    ...dns.searched.flatMap(({ zones }) => (zones.state === 'observed' ? [] : [zones])),
    ...unsearched(dns, network),
    // Which zone an endpoint writes to is in its zone groups: one that we never heard of may be linked.
    ...approved.flatMap(({ connection: { endpoint } }) => {
      const groups = endpoint.state === 'observed' ? endpoint.value.zoneGroups : endpoint;
      return groups.state === 'observed' ? [] : [groups];
    }),
  ];
  return { zones, hidden };
}

const linkOf = ({ zone: { links } }: CitedZone, network: string) =>
  links.state === 'observed' ? links.value.find((link) => sameId(link.network ?? '', network)) : undefined;

/** The zone the network should be linked to: one that an endpoint's group writes to, else any of the name. */
function zoneToLink({ approved, dns, suffix }: PathFacts): string | null {
  const grouped = approved.flatMap(({ connection: { endpoint } }) =>
    endpoint.state === 'observed' && endpoint.value.zoneGroups.state === 'observed'
      ? endpoint.value.zoneGroups.value.flatMap(({ zones }) => zones)
      : [],
  );
  const named = registryZones(dns, suffix).map(({ zone }) => zone.id);
  return grouped.find((id) => named.some((other) => sameId(id, other))) ?? named[0] ?? null;
}

const unseen = (parts: readonly Unseen[]): NamePath =>
  stoppedBy({
    kind: 'unseen',
    reason: [...new Set(parts.map(({ reason }) => reason))].join('; '),
    missing: parts.flatMap(({ missing }) => missing),
  });
