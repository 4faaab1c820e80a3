import { parseId, sameId } from '../../model/ids.ts';
import { cannotSee, type Observation, type Observations, type Unknown, untold } from '../../model/outcome.ts';
import { type Unclear, unclear } from '../../model/parts.ts';
import { type ConsumerNetwork, consumes } from './consumer-networks.ts';
import { endpointsUnread, openConnections } from './endpoints.ts';
import { resolverOf } from './resolve.ts';
import { doubtOf, type Trip, type Trips } from './trips.ts';
import { problemOf } from './words.ts';
import { type CitedLink, linksTo, linkWords, type OwnZone, zonesOfRegistry, zoneWords } from './zones.ts';

/** Whether a network is linked to a zone that holds the registry's records. */
export interface Linking {
  readonly network: ConsumerNetwork;
  /** `broken`: the link never completed. `elsewhere`: another zone of the name is in the way, and a network has one. */
  readonly state: 'linked' | 'forwarded' | 'broken' | 'unlinked' | 'elsewhere' | Unknown;
  readonly seen: Observations;
  /** The state in words. */
  readonly says: string;
  /** The link that is broken, or to another zone. */
  readonly link: CitedLink | null;
}

/** Every network of an endpoint of ours or of a known consumer, and how the registry's names come to it. */
export function linkingsOf(trips: Trips): readonly Linking[] {
  const own = zonesOfRegistry(trips.facts);
  return trips.networks
    .filter((network) => network.id !== null && (network.holdsEndpoint || consumes(network)))
    .flatMap((network) => linkingOf(network, trips, own) ?? []);
}

function linkingOf(network: ConsumerNetwork, { trips, facts }: Trips, own: readonly OwnZone[]): Linking | null {
  const asked = trips.filter((trip) => trip.network === network);
  const about = `${network.name} (${network.who.join(', ')})`;
  const resolver = resolverOf(network.id ?? '', facts.networks);
  const seenFirst: Observation[] = 'azure' in resolver ? [resolver.azure] : [];
  const state = (
    state: Linking['state'],
    seen: readonly Observation[],
    says: string,
    link: CitedLink | null = null,
  ) => {
    const [first = { at: 'networks', saw: network.id, about } as const, ...others] = [...seenFirst, ...seen];
    return { network, state, seen: [first, ...others] as const, says, link };
  };
  const unlinked = asked.find(({ resolution }) => resolution?.by === 'public' && resolution.why === 'not-linked');
  if (unlinked?.resolution?.by === 'public') {
    const broken = own.flatMap(({ zone }) => linksTo(zone, network.id ?? '')).find((link) => link.state === 'broken');
    if (broken)
      return state('broken', [linkSeen(broken, about)], `the ${linkWords(broken)} to ${about} never completed`, broken);
    const absent = unlinked.resolution.seen.filter(({ saw }) => saw === null);
    return state(
      'unlinked',
      absent,
      `${about} is linked to no zone that holds the registry's records, so that its names lead to public addresses there`,
    );
  }
  const unknown = asked.flatMap(({ resolution }) => (resolution?.by === 'unseen' ? [resolution.why] : []));
  if (unknown.length > 0) return state(cannotSee(about, unknown), [], about);
  const forwarding = asked.find(({ resolution }) => resolution?.by === 'servers');
  if (forwarding) return state(doubtIn(forwarding), [], about);
  const answers = asked.flatMap(({ resolution }) => (resolution?.by === 'zone' ? [resolution] : []));
  const [first] = answers;
  if (!first) return null;
  const foreign = answers.find(({ answer }) => !own.some(({ zone }) => sameId(zone.zone.id, answer.zone.zone.id)));
  if (foreign && own.length > 0)
    return state(
      'elsewhere',
      [linkSeen(foreign.link, about)],
      `${about} is linked to ${zoneWords(foreign.answer.zone.zone.id)}, which does not hold the registry's records`,
      foreign.link,
    );
  return sameId(first.link.link.network ?? '', network.id ?? '')
    ? state('linked', [linkSeen(first.link, about)], `the ${linkWords(first.link)} to ${about}`, first.link)
    : state(
        'forwarded',
        [linkSeen(first.link, about)],
        `${about} is forwarded to ${parseId(first.link.link.network ?? '')?.name}`,
      );
}

/** Endpoints and known consumers whose network nobody tells: they may be unlinked. */
export const unlinkedMaybe = ({ facts, unplaced, networks }: Trips): readonly Unclear[] => [
  ...endpointsUnread(facts.connections),
  ...openConnections(facts.connections),
  ...networks
    .filter(({ id }) => id === null)
    .map(({ name, clusters }) =>
      unclear(`cluster/${clusters.join(', ')}`, untold(`${name} is not told: list that network in the configuration`)),
    ),
  ...unplaced,
];

const doubtIn = (trip: Trip): Unknown => doubtOf(trip, (stop) => problemOf(stop, trip.name)) ?? untold('not known');

const linkSeen = ({ at, link }: CitedLink, about: string): Observation => ({
  at: `${at}/state`,
  saw: link.state,
  wanted: 'Completed',
  about,
});
