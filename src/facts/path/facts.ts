import { type Evidence, notCollected, seenOr, type Unseen } from '../../model/evidence.ts';
import type { NetworkEvidence } from '../../model/facets/networks.ts';
import type { PrivateDns } from '../../model/facets/private-dns.ts';
import type { Registry } from '../../model/facets/registry.ts';
import type { Facets } from '../../model/facets.ts';
import { type Unknown, unseen } from '../../model/outcome.ts';
import { type Connections, connectionsOf, endpointOf, openConnections, servingRegions } from './endpoints.ts';
import { namesOf, type RegistryName } from './names.ts';

/** What decides how a registry's names are reached, whatever the network. */
export interface PathFacts {
  readonly registry: Registry;
  /** The regions that have a data endpoint, home first. */
  readonly regions: readonly string[];
  readonly names: readonly RegistryName[];
  readonly connections: Connections;
  /** Whether the public name is an alias of a private one: it is as soon as anybody's endpoint is approved. */
  readonly alias: 'yes' | 'no' | Unknown;
  readonly dns: PrivateDns;
  readonly networks: readonly NetworkEvidence[];
  readonly suffix: string;
}

/** A facet as a check has it: its value where the check needs it, else as evidence. */
type Given<T> = T | Evidence<T>;

/** The facets that a path rests on, as values or as evidence; what is left out was not collected. */
export interface PathGiven {
  readonly registry: Registry;
  readonly replications?: Given<Facets['replications']>;
  readonly privateEndpoints?: Given<Facets['privateEndpoints']>;
  readonly privateDns?: Given<Facets['privateDns']>;
  readonly networks?: Given<Facets['networks']>;
}

/** What tells the names of a registry. */
type NamesGiven = { readonly [F in 'registry' | 'replications' | 'privateEndpoints']?: Evidence<Facets[F]> };

/** Puts the evidence together that every path of a registry rests on. */
export function pathFacts(given: PathGiven, suffix: string): PathFacts {
  const { registry } = given;
  const endpoints = evidenceOf(given.privateEndpoints);
  const connections = connectionsOf(seenOr(endpoints, []));
  const regions = servingRegions(registry, seenOr(evidenceOf(given.replications), []));
  const read = connections.approved.flatMap((cited) => endpointOf(cited) ?? []);
  const dns = evidenceOf(given.privateDns);
  return {
    registry,
    regions,
    names: namesOf(registry, regions, read, suffix),
    connections,
    alias: endpoints.state === 'observed' ? aliasBy(connections) : unseen(endpoints),
    dns: dns.state === 'observed' ? dns.value : unreadDns(dns),
    networks: seenOr(evidenceOf(given.networks), []),
    suffix,
  };
}

/** The names of a registry, by the facets that were read of it; none without the registry itself. */
export const namesIn = ({ registry, replications, privateEndpoints }: NamesGiven, suffix: string): readonly string[] =>
  registry?.state === 'observed'
    ? pathFacts(
        {
          registry: registry.value,
          ...(replications && { replications }),
          ...(privateEndpoints && { privateEndpoints }),
        },
        suffix,
      ).names.map(({ fqdn }) => fqdn)
    : [];

/** A facet as evidence, however it was given. */
export const evidenceOf = <T>(given: Given<T> | undefined): Evidence<T> =>
  given === undefined
    ? notCollected('it was not collected')
    : isEvidence(given)
      ? given
      : { state: 'observed', value: given, sources: [] };

function aliasBy(connections: Connections): PathFacts['alias'] {
  const { approved, foreign, unplaced, gone } = connections;
  if (approved.length + foreign.length + unplaced.length + gone.length > 0) return 'yes';
  const [open] = openConnections(connections);
  return open?.why ?? 'no';
}

/** Private DNS of which nothing was read: any zone or ruleset may be there. */
const unreadDns = (why: Unseen): PrivateDns => ({
  zones: [],
  rulesets: [],
  searched: [{ subscription: 'any', zones: why, rulesets: why }],
});

const isEvidence = <T>(given: Given<T>): given is Evidence<T> =>
  typeof given === 'object' && given !== null && 'state' in given && 'sources' in given;
