import { distinct, sameId } from '../../model/ids.ts';
import { cannotSee, type Observation, type Observations, type Unknown, unseen, untold } from '../../model/outcome.ts';
import { bad, good, type Part, type Unclear, unclear } from '../../model/parts.ts';
import { endpointWithout, wantedFor } from './arrive.ts';
import { consumes } from './consumer-networks.ts';
import { endpointName, endpointOf, endpointsUnread } from './endpoints.ts';
import type { PathFacts } from './facts.ts';
import { aliasOf, type RegistryName, recordName } from './names.ts';
import { hiddenFrom, resolverOf, zoneFor } from './resolve.ts';
import { doubtOf, type Trip, type Trips } from './trips.ts';
import { failureOf, problemOf } from './words.ts';
import { type CitedZone, citedZones, type Lookup, lookUp, lookupSeen, zoneWords } from './zones.ts';

/**
 * The trips whose records are judged: all from the networks of our endpoints; those from known consumers, and from
 * networks that somebody else's endpoint concerns, that a zone answers, or of which it is not known who does; and what is
 * cut in the latter.
 */
export const recordTrips = ({ trips }: Trips): readonly Trip[] =>
  trips.filter(({ network, resolution, arrival }) => {
    if (network.holdsEndpoint) return true;
    // What lies outside of the chosen scope is not asked for; anything else that is not known may hide a bad record.
    const open = resolution?.by === 'unseen' && resolution.why.unseen !== 'unasked';
    const byZone = (consumes(network) || network.concerned) && (resolution?.by === 'zone' || open);
    return byZone || (network.concerned && arrival.works === 'no');
  });

/** Consumers that nobody could read, or of which Azure leaves too much out: from their networks a record may be bad. */
export const hiddenConsumers = ({ unplaced, facts }: Trips): readonly Unclear[] =>
  facts.connections.approved.length > 0 ? unplaced.filter(({ why }) => why.unseen !== 'unasked') : [];

/** What a record is that one trip asks for: right, wrong, or not known. `null` where no zone is asked for it. */
export function recordPart(trip: Trip, facts: PathFacts): Part | null {
  const { resolution, arrival, network, name } = trip;
  if (resolution === null) return null;
  const where = `network/${network.name}`;
  const resolver = resolverOf(network.id ?? '', facts.networks);
  if (resolution.by === 'public') {
    if (resolution.why === 'no-alias') return null;
    const says = 'no private DNS zone answers for the registry, so that its names lead to public addresses';
    return bad(where, seenHere(resolver, noZone(trip, facts)), `in ${network.name} ${says}`);
  }
  if (resolution.by !== 'zone') {
    const why = doubtOf(trip, (stop) => problemOf(stop, name)) ?? untold('not known');
    return unclear(where, resolution.by === 'servers' ? aside(why, trip, facts) : why);
  }
  const { answer } = resolution;
  const thing = `record/${answer.record} in ${zoneWords(answer.zone.zone.id)}`;
  const wanted = 'stop' in arrival && 'wanted' in arrival.stop ? (arrival.stop.wanted ?? undefined) : undefined;
  const seen = seenHere(resolver, lookupSeen(answer, wanted));
  if (arrival.works === 'yes') {
    if (answer.saw === null) return bad(thing, seen, noRecordWords(answer, trip, facts));
    const own = facts.connections.approved.find((cited) => sameId(endpointOf(cited)?.network ?? '', network.id ?? ''));
    const another = own && endpointName(own.connection) !== arrival.via;
    return good(thing, seen, another ? `${name.fqdn} leads from ${network.name} to ${arrival.via}` : undefined);
  }
  if (answer.saw === null) return bad(thing, seen, noRecordWords(answer, trip, facts));
  if (arrival.works === 'unknown')
    return unclear(thing, doubtOf(trip, (stop) => problemOf(stop, name)) ?? untold('not known'));
  return bad(thing, seen, wrong(answer, trip, facts));
}

/** A link that sends to public DNS what its zone lacks of the registry's names. */
export interface Fallback {
  /** Id of the zone. */
  readonly zone: string;
  readonly link: string;
  readonly gaps: readonly { readonly record: string; readonly name: RegistryName }[];
  readonly seen: Observations;
}

/** What becomes of the names that the zones of our endpoints lack: links that fall back, and what else was seen. */
export function fallbacksOf(facts: PathFacts): {
  readonly falling: readonly Fallback[];
  readonly others: readonly Part[];
} {
  const lookups = facts.connections.approved.flatMap((cited) => {
    const endpoint = endpointOf(cited);
    return endpoint ? facts.names.flatMap((name) => answersFor(name, endpoint.network, facts)) : [];
  });
  const zones = distinct(
    lookups.map(({ zone }) => zone),
    ({ at }) => at,
  );
  const each = zones.map((zone) =>
    fallbacksIn(
      zone,
      lookups.filter((one) => one.zone.at === zone.at),
    ),
  );
  return {
    falling: each.flatMap(({ falling }) => falling),
    others: [
      ...each.flatMap(({ others }) => others),
      ...endpointsUnread(facts.connections),
      ...(zones.length === 0 ? hiddenZones(facts) : []),
    ],
  };
}

/** Where no zone is seen to answer: the endpoints for which one may, out of sight. */
const hiddenZones = (facts: PathFacts): readonly Unclear[] =>
  facts.connections.approved.flatMap((cited) => {
    const network = endpointOf(cited)?.network ?? null;
    const [login] = facts.names;
    const hidden = network && login ? hiddenFrom(aliasOf(login.fqdn, facts.suffix), network, facts) : [];
    const thing = `endpoint/${endpointName(cited.connection)}`;
    return hidden.length > 0 ? [unclear(thing, cannotSee('which zone answers', hidden))] : [];
  });

interface Found {
  readonly name: RegistryName;
  readonly zone: CitedZone;
  readonly found: Lookup | Unknown;
}

/** What the zone that answers a network for a name, or that a zone group writes to, holds of it; whoever asks. */
function answersFor(name: RegistryName, network: string | null, facts: PathFacts): readonly Found[] {
  const queries = [name.fqdn, aliasOf(name.fqdn, facts.suffix)];
  const asked = queries.flatMap((query) => {
    const linked = network === null ? null : zoneFor(query, network, facts);
    return linked ? [{ name, zone: linked.zone, found: lookUp(query, linked.zone) }] : [];
  });
  const [first] = asked;
  if (first) return [first];
  const groups = facts.connections.approved.flatMap((cited) => {
    const group = endpointOf(cited)?.zoneGroups;
    return group?.state === 'observed' ? group.value.flatMap(({ zones }) => zones) : [];
  });
  return citedZones(facts.dns)
    .filter(({ zone }) => groups.some((id) => sameId(id, zone.id)))
    .flatMap((zone) =>
      queries
        .filter((query) => recordName(query, zone.zone.name))
        .map((query) => ({ name, zone, found: lookUp(query, zone) })),
    );
}

function fallbacksIn(cited: CitedZone, found: readonly Found[]): ReturnType<typeof fallbacksOf> {
  const { at, zone } = cited;
  const thing = `zone/${zoneWords(zone.id)}`;
  const unread = found.flatMap(({ found }) => ('verdict' in found ? [found] : []));
  const read = distinct(
    found.flatMap(({ name, found }) => ('record' in found ? [{ ...found, name }] : [])),
    ({ at }) => at,
  );
  const gaps = read.filter(({ saw }) => saw === null);
  const complete = unread.length === 0 && gaps.length === 0;
  if (zone.links.state !== 'observed') {
    const [first, ...others] = read.map((one) => lookupSeen(one));
    return {
      falling: [],
      others: [complete && first ? good(thing, [first, ...others]) : unclear(thing, unseen(zone.links))],
    };
  }
  const links = zone.links.value.map(({ name, resolutionPolicy: saw }, index) => ({
    name,
    saw,
    seen: { at: `${at}/links/value/${index}/resolutionPolicy`, saw, wanted: 'Default', about: `link ${name}` } as const,
  }));
  const falling = links.filter(({ saw }) => saw === 'NxDomainRedirect');
  const odd = links.filter(({ saw }) => saw !== 'Default' && saw !== 'NxDomainRedirect');
  if (gaps.length > 0 && falling.length > 0)
    return {
      falling: falling.map(({ name, seen }) => ({
        zone: zone.id,
        link: name,
        gaps,
        seen: [seen, ...gaps.map((one) => lookupSeen(one))],
      })),
      others: [],
    };
  // A zone that holds every name sends none of them elsewhere, whatever its links say.
  if (!complete && odd.length > 0) {
    const words = odd.map(({ name, saw }) => `link ${name} has resolutionPolicy '${saw ?? 'absent'}'`);
    return { falling: [], others: [unclear(thing, untold(words.join('; ')))] };
  }
  if (falling.length > 0 && unread.length > 0)
    return { falling: [], others: [unclear(thing, cannotSee(zoneWords(zone.id), unread))] };
  // Whole records: what a policy says does not matter where they are all there.
  const [first, ...others] = complete
    ? read.map((one) => ({ ...lookupSeen(one), at: one.recordAt, saw: { name: one.record, ips: one.saw } }))
    : [...links.map(({ seen }) => seen), ...read.map((one) => lookupSeen(one))];
  return { falling: [], others: first ? [good(thing, [first, ...others])] : [] };
}

/** The endpoint whose network has no zone. */
function noZone({ network }: Trip, { connections }: PathFacts): Observation {
  const index = connections.approved.findIndex((cited) => sameId(endpointOf(cited)?.network ?? '', network.id ?? ''));
  const cited = connections.approved[index];
  return cited
    ? { at: `${cited.at}/endpoint/value/network`, saw: network.id, wanted: 'a linked zone' }
    : { at: 'networks', saw: network.id, wanted: 'a linked zone' };
}

const seenHere = (resolver: ReturnType<typeof resolverOf>, record: Observation): Observations =>
  'azure' in resolver ? [resolver.azure, record] : [record];

/** By the zone alone, whoever answers in its place. */
function aside(why: Unknown, { name, network }: Trip, facts: PathFacts): Unknown {
  const zone = zoneFor(aliasOf(name.fqdn, facts.suffix), network.id ?? '', facts);
  const found = zone ? lookUp(aliasOf(name.fqdn, facts.suffix), zone.zone) : null;
  return found && 'record' in found && found.saw === null
    ? { ...why, reason: `${why.reason} (by the zone alone, ${found.record} would fail)` }
    : why;
}

function noRecordWords({ record, zone }: Lookup, trip: Trip, facts: PathFacts): string {
  const { arrival, network, name } = trip;
  const stop = arrival.works === 'yes' ? null : arrival.stop;
  const endpoint = endpointWithout(name, network.id ?? '', facts);
  const ips = wantedFor(name, network.id ?? '', facts);
  const wanted =
    endpoint !== null
      ? `and ${endpoint} has no address for it`
      : ips !== null
        ? `wanted ${ips.join(', ')}`
        : facts.connections.approved.length === 0
          ? 'and no endpoint of ours has an address for it'
          : "wanted the endpoint's address, which could not be seen";
  const symptom =
    stop?.kind === 'no-record' || stop?.kind === 'no-member'
      ? `NXDOMAIN: ${failureOf(name)}`
      : `it resolves to a public address: ${stop ? failureOf(name) : 'the private path is not taken'}`;
  return `no A record ${record} in ${zoneWords(zone.zone.id)}, ${wanted} (${symptom}), asked from ${network.name}`;
}

function wrong({ record, zone, saw }: Lookup, { arrival, network, name }: Trip, facts: PathFacts): string {
  const stop = arrival.works === 'yes' ? null : arrival.stop;
  const owner = stop?.kind === 'no-route' ? ` of endpoint ${stop.endpoint}` : '';
  const wanted =
    stop && 'wanted' in stop && stop.wanted ? `wanted ${stop.wanted.join(', ')}` : 'which no endpoint has for it';
  const symptom =
    stop?.kind === 'half-record'
      ? 'about half of the look-ups end at the wrong address'
      : `the client ends at the wrong address: ${failureOf(name)}`;
  const none = facts.connections.approved.length === 0 ? ', and no endpoint of ours' : '';
  return `A record ${record} in ${zoneWords(zone.zone.id)} is ${saw?.join(', ') || 'empty'}${owner}${none}, ${wanted} (${symptom}), asked from ${network.name}`;
}
