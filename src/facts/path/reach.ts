import { type Evidence, type Missing, notCollected } from '../../model/evidence.ts';
import type { Facet, Facets } from '../../model/facets.ts';
import { byIdKey, distinctIds, parentId, parseId, sameId } from '../../model/ids.ts';
import { type Consumption, consumersOf } from '../access/consumption.ts';
import { type CallerReach, callersOf } from './callers.ts';
import { endpointName, servingRegions, standing } from './endpoints.ts';
import { type ExpectedName, expectedNames, regionOf } from './expected-names.ts';
import { byPublic, type PathFacts, pathOf } from './name-path.ts';
import { type ProbedName, probedNames } from './probed.ts';
import { type PublicAccess, publicAccess } from './public-access.ts';
import { type Can, type Hop, type NamePath, stoppedBy, type Way } from './reach-hops.ts';

/** Everything the answer rests on. The registry itself must have been seen. */
export const reachFacets = [
  'registry',
  'replications',
  'privateEndpoints',
  'privateDns',
  'networks',
  'consumers',
  'roleAssignments',
  'tasks',
  'agentPools',
] as const satisfies readonly Facet[];

export type ReachEvidence = { readonly [F in (typeof reachFacets)[number] | 'resolution']?: Evidence<Facets[F]> };

/** Who can pull from a registry as it is now, and how; who else comes, and how. */
export interface Reach {
  readonly registry: string;
  readonly loginServer: string | null;
  /** The regions that have a data endpoint, home first. */
  readonly regions: readonly string[];
  readonly publicAccess: PublicAccess | null;
  readonly endpoints: readonly {
    readonly name: string;
    readonly status: string | null;
    readonly network: string | null;
  }[];
  readonly from: readonly ReachFrom[];
  readonly callers: readonly CallerReach[];
  /** What DNS answered the machine that collected; `null` without `--probe`. */
  readonly probed: readonly ProbedName[] | null;
  /** Facets that could not be seen: there may be more consumers, or other answers. */
  readonly unseen: readonly { readonly facet: Facet; readonly reason: string; readonly missing: readonly Missing[] }[];
}

/** One network from which the registry is pulled, or may be. */
export interface ReachFrom {
  /** Resource id; `null` for a network that AKS made and ARM does not name with the cluster. */
  readonly network: string | null;
  readonly name: string;
  /** Clusters, endpoints and agent pools in it. */
  readonly who: readonly string[];
  readonly regions: readonly RegionReach[];
}

/** Whether a pull that is served from a region works: login first, then the layers. */
export interface RegionReach {
  readonly region: string;
  readonly can: Can;
  readonly ways: readonly Way[];
  /** Names of the endpoints, or what the public endpoint lets in. */
  readonly via: readonly string[];
  /** The name that fails, and the first hop that fails it; `null` where nothing does. */
  readonly stopped: { readonly name: string; readonly hop: Hop } | null;
}

/** Pure. `null` where the registry itself could not be seen. `suffix` is `azurecr.io` or a sovereign cloud's. */
export function reachOf(evidence: ReachEvidence, suffix: string): Reach | null {
  if (evidence.registry?.state !== 'observed') return null;
  const registry = evidence.registry.value;
  const replications = seenOr(evidence.replications, []);
  const connections = seenOr(evidence.privateEndpoints, []);
  const { approved, pending, undecided } = standing(connections);
  const regions = servingRegions(registry, replications);
  const facts: PathFacts = {
    registry,
    regions,
    approved,
    pending: pending.map((one) => ({ endpoint: endpointName(one), connection: one.name })),
    undecided:
      evidence.privateEndpoints?.state === 'observed'
        ? (undecided?.reason ?? null)
        : 'the private endpoints could not be seen',
    dns: seenOr(evidence.privateDns, { zones: [], searched: [] }),
    networks: seenOr(evidence.networks, []),
    suffix,
  };
  // What answers a network's clients depends on the zones where there is an endpoint, and on nothing else where not.
  const { privateDns } = evidence;
  const blind =
    approved.length > 0 && privateDns?.state !== 'observed'
      ? stoppedBy({
          kind: 'unseen',
          reason: privateDns?.reason ?? 'private DNS was not collected',
          missing: privateDns?.missing ?? [],
        })
      : null;
  const names = expectedNames(registry, regions, null, suffix).filter(({ branch }) => !branch.endsWith('.geo'));
  const pulls = (path: (name: ExpectedName) => NamePath) =>
    regions.map((region) => regionReach(region, names, blind ? () => blind : path));

  const consumption = consumersOf(
    registry,
    seenOr(evidence.consumers, { clusters: [], searched: [], declared: [] }),
    seenOr(evidence.roleAssignments, { assignments: [], definitions: notCollected('no matter which role') }),
  );
  const from = [
    ...networksOf(consumption, facts, seenOr(evidence.agentPools, [])).map(({ id, who }) => ({
      network: id,
      name: parseId(id)?.name ?? id,
      who,
      regions: pulls((name) => pathOf(name, id, facts)),
    })),
    ...consumption.clusters
      .filter(({ networks }) => networks.length === 0)
      .map(({ cluster: { id, name, nodeResourceGroup } }) => ({
        network: null,
        name: `the network AKS made for ${name}`,
        who: [`cluster ${name}`],
        regions: pulls(() => fromUnnamed(facts, id, nodeResourceGroup)),
      })),
  ];
  return {
    registry: registry.id,
    loginServer: registry.loginServer,
    regions,
    publicAccess: publicAccess(registry),
    endpoints: connections.map((connection) => ({
      name: endpointName(connection),
      status: connection.status,
      network: connection.endpoint.state === 'observed' ? connection.endpoint.value.network : null,
    })),
    from,
    callers: callersOf(registry, evidence.tasks ?? null, from, suffix),
    probed: evidence.resolution?.state === 'observed' ? probedNames(evidence.resolution.value, facts) : null,
    unseen: unseenIn(evidence, consumption),
  };
}

function regionReach(
  region: string,
  names: readonly ExpectedName[],
  path: (name: ExpectedName) => NamePath,
): RegionReach {
  // Login first: a pull never gets to the layers without it.
  const paths = names
    .filter((name) => regionOf(name) === null || regionOf(name) === region)
    .map((name) => ({ name: name.fqdn, path: path(name) }));
  if (paths.length === 0) {
    const hop: Hop = { kind: 'unseen', reason: "Azure's answer has no loginServer", missing: [] };
    return { region, can: 'unknown', ways: [], via: [], stopped: { name: '', hop } };
  }
  const works = paths.flatMap(({ path }) => (path.can === 'yes' ? [path] : []));
  const stopped = paths.find(({ path }) => path.can === 'no') ?? paths.find(({ path }) => path.can === 'unknown');
  return {
    region,
    can: stopped?.path.can ?? 'yes',
    ways: [...new Set(works.map(({ way }) => way))],
    via: [...new Set(works.map(({ via }) => via))],
    stopped: stopped && stopped.path.can !== 'yes' ? { name: stopped.name, hop: stopped.path.hop } : null,
  };
}

/** A network that AKS made is Azure's resolver's: without an endpoint its clients come to the public address. */
function fromUnnamed(facts: PathFacts, cluster: string, nodeResourceGroup: string | null): NamePath {
  if (facts.approved.length > 0 || facts.undecided !== null)
    return stoppedBy({ kind: 'unnamed-network', cluster, nodeResourceGroup });
  return byPublic(facts, null, { kind: 'no-endpoint', pending: facts.pending });
}

/** What may hide further consumers, or other answers. */
function unseenIn(evidence: ReachEvidence, { missing }: Consumption): Reach['unseen'] {
  const facets = reachFacets.map((facet) => ({ facet, seen: evidence[facet] ?? notCollected('it was not collected') }));
  const searched = seenOr(evidence.consumers, { clusters: [], searched: [], declared: [] }).searched;
  return [
    ...facets,
    ...searched.map(({ clusters }) => ({ facet: 'consumers' as const, seen: clusters })),
    ...missing.map(({ id }) => ({
      facet: 'consumers' as const,
      seen: notCollected(`${id} is configured and was not found`),
    })),
  ].flatMap(({ facet, seen }) =>
    seen.state === 'observed' ? [] : [{ facet, reason: seen.reason, missing: seen.missing }],
  );
}

/** Every network with something in it that pulls, or an endpoint, in a stable order. */
function networksOf(consumption: Consumption, { approved }: PathFacts, agentPools: Facets['agentPools']) {
  const found = [
    ...consumption.networks.flatMap(({ id, declared, clusters }) => [
      ...clusters.map((name) => ({ id, who: `cluster ${name}` })),
      ...(declared ? [{ id, who: 'listed in the configuration' }] : []),
    ]),
    ...approved.flatMap(({ connection }) =>
      connection.endpoint.state === 'observed' && connection.endpoint.value.network !== null
        ? [{ id: connection.endpoint.value.network, who: `endpoint ${endpointName(connection)}` }]
        : [],
    ),
    ...agentPools.flatMap(({ name, subnet }) =>
      subnet === null ? [] : [{ id: parentId(subnet), who: `agent pool ${name}` }],
    ),
  ];
  return distinctIds(found.map(({ id }) => id))
    .sort(byIdKey)
    .map((id) => ({ id, who: found.filter((one) => sameId(one.id, id)).map(({ who }) => who) }));
}

const seenOr = <T>(evidence: Evidence<T> | undefined, otherwise: T): T =>
  evidence?.state === 'observed' ? evidence.value : otherwise;
