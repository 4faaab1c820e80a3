import { parseId, sameId } from '../../model/ids.ts';
import { cannotSee, type Observations, unseen, untold } from '../../model/outcome.ts';
import { type Bad, bad, type Good, good, type Part, unclear } from '../../model/parts.ts';
import { type CitedConnection, endpointName, openConnections, stateOf } from './endpoints.ts';
import type { PathFacts } from './facts.ts';
import { aliasOf, recordName } from './names.ts';
import { hiddenFrom } from './resolve.ts';
import { citedZones, linksTo, zoneWords } from './zones.ts';

interface Placed {
  readonly name: string;
  readonly network: string;
  readonly seen: Observations;
  /** Ids of the zones that answer its network, and of those its zone groups write to. */
  readonly zones: readonly string[];
}

/** The endpoints of a registry: bad in pairs that write the same names, in one network or in one zone. */
export function overlapsOf(facts: PathFacts): readonly Part[] {
  const { approved } = facts.connections;
  const placed = approved.map((cited) => placeOf(cited, facts));
  const known = placed.filter((one) => 'zones' in one);
  const pairs = known.flatMap((one, index) => known.slice(index + 1).map((other) => [one, other] as const));
  // One endpoint alone overlaps with none, whatever else could not be seen.
  const open = approved.length > 1 ? placed.filter((one) => 'state' in one) : [];
  const goods: readonly Good[] = approved.map((cited, index) => {
    const place = placed[index];
    return good(thingOf(cited), place && 'zones' in place ? place.seen : stateOf(cited));
  });
  return [
    ...pairs.flatMap(([one, other]) => overlap(one, other) ?? []),
    ...open,
    ...(approved.length > 0 ? openConnections(facts.connections) : []),
    ...goods,
  ];
}

function placeOf(cited: CitedConnection, facts: PathFacts): Placed | Part {
  const { dns, names, suffix } = facts;
  const { at, connection } = cited;
  const { endpoint } = connection;
  const name = endpointName(connection);
  if (endpoint.state !== 'observed') return unclear(thingOf(cited), unseen(endpoint));
  const { network, zoneGroups } = endpoint.value;
  if (network === null) return unclear(thingOf(cited), untold(`Azure's answer has no network for ${name}`));
  if (zoneGroups.state !== 'observed') return unclear(thingOf(cited), unseen(zoneGroups));
  const aliases = names.map(({ fqdn }) => aliasOf(fqdn, suffix));
  const linked = citedZones(dns)
    .filter((zone) => linksTo(zone, network).length > 0)
    .filter(({ zone }) => aliases.some((alias) => recordName(alias, zone.name) !== null));
  const written = zoneGroups.value.flatMap(({ zones }) => zones);
  // Records written by hand may be in any zone that the network asks.
  const hidden =
    written.length + linked.length > 0 ? [] : aliases.flatMap((alias) => hiddenFrom(alias, network, facts));
  if (hidden.length > 0) return unclear(thingOf(cited), cannotSee(`the zone of ${name}`, hidden));
  return {
    name,
    network,
    seen: [stateOf(cited), { at: `${at}/endpoint/value/network`, saw: network, about: name }],
    zones: [...linked.map(({ zone }) => zone.id), ...written],
  };
}

function overlap(one: Placed, other: Placed): Bad | null {
  const both = `${one.name} and ${other.name}`;
  const [first, ...others] = one.seen;
  const seen: Observations = [first, ...others, ...other.seen];
  const found = (words: string) => bad(`endpoints/${both}`, seen, words);
  if (sameId(one.network, other.network)) return found(`${both} are both in ${parseId(one.network)?.name}`);
  const shared = one.zones.find((id) => other.zones.some((zone) => sameId(zone, id)));
  return shared ? found(`${both} share one zone from two networks: ${zoneWords(shared)}`) : null;
}

const thingOf = ({ connection }: CitedConnection): string => `endpoint/${endpointName(connection)}`;
