import { sameId } from '../../model/ids.ts';
import { type Observation, type Unknown, unseen, untold } from '../../model/outcome.ts';
import { type CitedConnection, endpointName, endpointOf, stateOf, whoseEndpoint } from './endpoints.ts';
import type { PathFacts } from './facts.ts';
import { addressesOf, aliasOf, type RegistryName, recordName } from './names.ts';
import { publicSide } from './public-access.ts';
import type { Resolution } from './resolve.ts';
import { routeBetween } from './route.ts';
import type { LinkChoice, RecordStop, Stop, Way } from './stops.ts';
import { isDoubt, unseenStop } from './stops.ts';
import { lookUp, lookupSeen, zonesOfRegistry } from './zones.ts';

/** Where an answer leads a client to, and whether it gets there. */
export type Arrival =
  | { readonly works: 'yes'; readonly way: Way; readonly via: string; readonly seen: readonly Observation[] }
  | { readonly works: 'no' | 'in part' | 'unknown'; readonly stop: Stop; readonly seen: readonly Observation[] };

/** Follows a resolution to an endpoint and the route to it, to the public endpoint, or to nowhere. */
export function arrive(resolution: Resolution, name: RegistryName, network: string, facts: PathFacts): Arrival {
  switch (resolution.by) {
    case 'unseen':
      return stopped(unseenStop(resolution.why));
    case 'servers': {
      const { servers, ruleset } = resolution;
      return stopped(
        ruleset === null ? { kind: 'own-dns', network, servers } : { kind: 'forwarded', network, ruleset, servers },
      );
    }
    case 'public':
      return byPublic(
        facts,
        network,
        resolution.why === 'no-alias'
          ? { kind: 'no-endpoint', pending: pendingOf(facts) }
          : { kind: 'not-linked', network, choice: linkChoice(network, facts) },
        resolution.seen,
      );
    case 'zone':
      return resolution.answer.saw === null
        ? withoutRecord(resolution, name, network, facts)
        : byAddresses(resolution, resolution.answer.saw, name, network, facts);
  }
}

/** The way where DNS leads to the public address; `broken` is what made it do so where that is refused. */
export function byPublic(
  { registry }: PathFacts,
  network: string | null,
  broken: Stop,
  before: readonly Observation[],
): Arrival {
  const side = publicSide(registry);
  if ('verdict' in side) return stopped(unseenStop(side), before);
  const seen = [...before, ...side.seen];
  if (typeof side.admits === 'object') return stopped(unseenStop(side.admits), seen);
  switch (side.admits) {
    case 'everybody':
      return { works: 'yes', way: 'public endpoint', via: 'open to every network', seen };
    case 'nobody':
      return stopped(broken, seen);
    case 'listed':
      return stopped({ kind: 'egress', network, rules: registry.networkRuleSet?.ipRules ?? [] }, seen);
  }
}

type ByZone = Extract<Resolution, { readonly by: 'zone' }>;

/** NXDOMAIN, unless the link sends what its zone lacks to public DNS. */
function withoutRecord({ answer, link, seen }: ByZone, name: RegistryName, network: string, facts: PathFacts): Arrival {
  const wanted = wantedFor(name, network, facts);
  const at = recordOf({ answer, link }, wanted);
  const before = [...seen, lookupSeen(answer, wanted ?? undefined)];
  const endpoint = endpointWithout(name, network, facts);
  const noRecord: Stop =
    endpoint === null ? { kind: 'no-record', ...at } : { kind: 'no-member', endpoint, region: name.region };
  switch (link.link.resolutionPolicy) {
    case 'NxDomainRedirect':
      return byPublic(facts, network, { kind: 'falls-back', ...at }, before);
    case 'Default':
      return stopped(noRecord, before);
    default: {
      const open = byPublic(facts, network, noRecord, before);
      const policy = link.link.resolutionPolicy ?? 'absent';
      return open.works === 'no'
        ? stopped(noRecord, before)
        : stopped(unseenStop(untold(`link ${link.link.name} has resolutionPolicy '${policy}'`)), before);
    }
  }
}

/** An answer may hold several addresses, of which clients take any. */
function byAddresses(
  { answer, link, seen }: ByZone,
  saw: readonly string[],
  name: RegistryName,
  network: string,
  facts: PathFacts,
): Arrival {
  const wanted = wantedFor(name, network, facts);
  const served = addressesBy(name, facts);
  const at = recordOf({ answer, link }, wanted);
  const blind = served.flatMap(({ ips }) => (typeof ips === 'object' && 'verdict' in ips ? [ips] : []));
  const ends = saw.map((ip): Arrival => {
    const target = served.find(({ ips }) => Array.isArray(ips) && ips.includes(ip));
    if (target) return byEndpoint(target.cited, at, network, facts);
    // Whose an address is, only the list of connections tells.
    const [unread] = [...blind, ...unplacedOf(facts), ...(typeof facts.alias === 'object' ? [facts.alias] : [])];
    return unread ? stopped(unseenStop(unread)) : stopped({ kind: 'wrong-record', ...at, saw });
  });
  const record = lookupSeen(answer, wanted ?? undefined);
  const before = [...seen, record];
  const [first] = ends;
  if (!first) return stopped({ kind: 'wrong-record', ...at, saw }, before);
  const bad = ends.find(({ works }) => works === 'no');
  const open = ends.find(({ works }) => works === 'unknown');
  const good = ends.find(({ works }) => works === 'yes');
  if (bad && good)
    return {
      works: 'in part',
      stop: { kind: 'half-record', ...at, saw },
      seen: before,
    };
  const decisive = bad ?? open ?? first;
  return { ...decisive, seen: [...before, ...decisive.seen] };
}

function byEndpoint(cited: CitedConnection, record: RecordStop, network: string, facts: PathFacts): Arrival {
  const endpoint = endpointName(cited.connection);
  const to = endpointOf(cited)?.network ?? null;
  if (to === null) return stopped(unseenStop(untold(`the network of endpoint ${endpoint} is not in Azure's answer`)));
  const { by, seen, managers, unread } = routeBetween(network, to, facts.networks);
  const way = { endpoint, from: network, to };
  switch (by) {
    case 'same':
    case 'peered':
      return { works: 'yes', way: 'private endpoint', via: endpoint, seen: [stateOf(cited), ...seen] };
    case 'none':
      return stopped({ kind: 'no-route', ...way, own: ownEndpoint(network, facts), ...record }, [
        stateOf(cited),
        ...seen,
      ]);
    case 'unknown':
      return stopped(unread ? unseenStop(unread) : { kind: 'indirect', ...way, managers }, [stateOf(cited)]);
  }
}

const recordOf = ({ answer, link }: Pick<ByZone, 'answer' | 'link'>, wanted: readonly string[] | null): RecordStop => ({
  zone: answer.zone.zone.id,
  link: link.link.name,
  record: answer.record,
  wanted,
});

/** An approved endpoint with its addresses for a name; `none`: it was read, and has none. */
interface Served {
  readonly cited: CitedConnection;
  readonly ips: readonly string[] | 'none' | Unknown;
}

const addressesBy = (name: RegistryName, { connections, registry, suffix }: PathFacts): readonly Served[] =>
  connections.approved.map((cited) => {
    const { endpoint } = cited.connection;
    return {
      cited,
      ips: endpoint.state === 'observed' ? addressesOf(name, endpoint.value, registry, suffix) : unseen(endpoint),
    };
  });

const unplacedOf = ({ connections: { unplaced, undecided } }: PathFacts): readonly Unknown[] =>
  [...unplaced, ...undecided].map(({ connection }) =>
    untold(`what addresses endpoint ${endpointName(connection)} has could not be seen`),
  );

/** The addresses a name should lead to; `null` where none is known. */
export function wantedFor(name: RegistryName, network: string, facts: PathFacts): readonly string[] | null {
  const ips = servingFor(name, network, facts)?.ips;
  return Array.isArray(ips) ? ips : null;
}

/** The endpoint that was read and has no address for a name, so that no record can be right. */
export function endpointWithout(name: RegistryName, network: string, facts: PathFacts): string | null {
  const serving = servingFor(name, network, facts);
  const served = serving ? [serving] : addressesBy(name, facts);
  const without = served.length > 0 && served.every(({ ips }) => ips === 'none');
  return without ? served.map(({ cited }) => endpointName(cited.connection)).join(', ') : null;
}

/** The endpoint a name should lead to: the network's own, one it has a route to, the only one. */
function servingFor(name: RegistryName, network: string, facts: PathFacts): Served | null {
  const served = addressesBy(name, facts);
  const routed = served.filter(({ cited }) => {
    const to = endpointOf(cited)?.network ?? null;
    return to !== null && ['same', 'peered'].includes(routeBetween(network, to, facts.networks).by);
  });
  const own = served.find(({ cited }) => sameId(endpointOf(cited)?.network ?? '', network));
  return own ?? (routed.length === 1 ? routed[0] : served.length === 1 ? served[0] : undefined) ?? null;
}

/** The name of the approved endpoint in a network, if there is one. */
export function ownEndpoint(network: string, { connections }: PathFacts): string | null {
  const own = connections.approved.find((cited) => sameId(endpointOf(cited)?.network ?? '', network));
  return own ? endpointName(own.connection) : null;
}

const pendingOf = ({ connections: { pending } }: PathFacts) =>
  pending.map(({ connection }) => ({
    endpoint: endpointName(connection),
    connection: connection.name,
    place: whoseEndpoint(connection),
  }));

/**
 * The zone of this registry that a network would be right to be linked to: one whose records lead to an endpoint that it
 * has a route to, before all others. `null` where no zone holds or gets the registry's records: never another's zone.
 */
export function linkChoice(network: string, facts: PathFacts): LinkChoice | null {
  const [login] = facts.names;
  // A narrower zone, of the data endpoints of a region, does not answer for the login server.
  const answering = zonesOfRegistry(facts).flatMap(({ zone }) => {
    const query =
      login && [login.fqdn, aliasOf(login.fqdn, facts.suffix)].find((one) => recordName(one, zone.zone.name) !== null);
    return query === undefined ? [] : [{ zone, query }];
  });
  const choices = answering.map(({ zone, query }): LinkChoice => {
    const answer = lookUp(query, zone);
    const saw = 'record' in answer ? (answer.saw ?? []) : [];
    const target = login
      ? addressesBy(login, facts).find(({ ips }) => Array.isArray(ips) && saw.some((ip) => ips.includes(ip)))
      : undefined;
    const to = target ? (endpointOf(target.cited)?.network ?? null) : null;
    return {
      zone: zone.zone.id,
      endpoint: target && to ? endpointName(target.cited.connection) : null,
      to,
      route: to === null ? 'unknown' : routeBetween(network, to, facts.networks).by,
    };
  });
  return choices.find(({ route }) => route === 'same' || route === 'peered') ?? choices[0] ?? null;
}

const stopped = (stop: Stop, seen: readonly Observation[] = []): Arrival => ({
  works: isDoubt(stop) ? 'unknown' : 'no',
  stop,
  seen,
});
