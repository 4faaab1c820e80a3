import type { AgentPool } from '../../model/facets/agent-pools.ts';
import type { Cluster } from '../../model/facets/consumers.ts';
import { byIdKey, distinctIds, parentId, parseId, sameId } from '../../model/ids.ts';
import type { Consumption } from '../access/consumption.ts';
import { endpointName, endpointOf } from './endpoints.ts';
import type { PathFacts } from './facts.ts';
import { aliasOf, type RegistryName } from './names.ts';
import { resolve, zoneFor } from './resolve.ts';

/** A network from which a registry is pulled, or may be. */
export interface ConsumerNetwork {
  /** Resource id; `null` for a network that AKS made and ARM does not name with the cluster. */
  readonly id: string | null;
  readonly name: string;
  /** What is in it, in words: clusters, endpoints, agent pools. */
  readonly who: readonly string[];
  /** Names of the known consuming clusters in it. */
  readonly clusters: readonly string[];
  /** Names of the known consuming apps whose images are pulled from it. */
  readonly apps: readonly string[];
  /** The configuration lists it. */
  readonly declared: boolean;
  /** An approved endpoint of the registry is in it. */
  readonly holdsEndpoint: boolean;
  /** Nothing in it is known to pull, and somebody else's endpoint has its zone answer for the registry. */
  readonly concerned: boolean;
}

/** A network that ARM names. */
export type NamedNetwork = ConsumerNetwork & { readonly id: string };

/** Whether something known to pull is in the network; otherwise it holds an endpoint or an agent pool. */
export const consumes = ({ clusters, apps, declared }: ConsumerNetwork): boolean =>
  clusters.length + apps.length > 0 || declared;

/** The network that AKS made for a cluster, which ARM does not name with it. */
export const networkMadeFor = ({ name }: Cluster): ConsumerNetwork => ({
  id: null,
  name: `the network AKS made for ${name}`,
  who: [`cluster ${name}`],
  clusters: [name],
  apps: [],
  declared: false,
  holdsEndpoint: false,
  concerned: false,
});

/** AKS makes a network where the node pools name no subnet, and does not say which; the configuration may. */
export const isUnnamed = ({ cluster, networks }: Consumption['clusters'][number], consumption: Consumption): boolean =>
  networks.length === 0 &&
  !consumption.networks.some(({ id }) => sameId(parseId(id)?.resourceGroup ?? '', cluster.nodeResourceGroup ?? ''));

/** Every network with something in it that pulls, an endpoint or an agent pool, in a stable order. */
export function networksOf(
  consumption: Consumption,
  { connections: { approved } }: PathFacts,
  agentPools: readonly AgentPool[],
): readonly NamedNetwork[] {
  const consumers = consumption.networks.flatMap(({ id, declared, clusters, apps }) => [
    ...clusters.map((name) => ({ id, who: `cluster ${name}` })),
    ...apps.map(({ who }) => ({ id, who })),
    ...(declared ? [{ id, who: 'listed in the configuration' }] : []),
  ]);
  const endpoints = approved.flatMap((cited) => {
    const id = endpointOf(cited)?.network ?? null;
    return id === null ? [] : [{ id, who: `endpoint ${endpointName(cited.connection)}` }];
  });
  const pools = agentPools.flatMap(({ name, subnet }) =>
    subnet === null ? [] : [{ id: parentId(subnet), who: `agent pool ${name}` }],
  );
  const found = [...consumers, ...endpoints, ...pools];
  return distinctIds(found.map(({ id }) => id))
    .sort(byIdKey)
    .map((id) => ({
      id,
      name: parseId(id)?.name ?? id,
      who: found.filter((one) => sameId(one.id, id)).map(({ who }) => who),
      clusters: consumption.networks.find((one) => sameId(one.id, id))?.clusters ?? [],
      apps: (consumption.networks.find((one) => sameId(one.id, id))?.apps ?? []).map(({ app }) => app.name),
      declared: consumption.networks.some((one) => sameId(one.id, id) && one.declared),
      holdsEndpoint: endpoints.some((one) => sameId(one.id, id)),
      concerned: false,
    }));
}

/**
 * Where only somebody else's endpoint is approved, the registry's public names are aliases of private ones for every
 * network with a zone for them.
 */
export function concernedBy(facts: PathFacts, known: readonly ConsumerNetwork[]): readonly NamedNetwork[] {
  if (facts.connections.approved.length > 0 || facts.alias !== 'yes') return [];
  return facts.networks
    .filter(({ id }) => !known.some((one) => sameId(one.id ?? '', id)))
    .filter(({ id }) => facts.names.some((name) => isAnswered(name, id, facts)))
    .map(({ id }) => ({ ...networkWith(id, 'linked to a zone for the names'), concerned: true }));
}

/** Whether a zone answers for a name in the network, or is linked to it and may. */
function isAnswered(name: RegistryName, network: string, facts: PathFacts): boolean {
  const { by } = resolve(name, network, facts);
  const isLinked = [name.fqdn, aliasOf(name.fqdn, facts.suffix)].some(
    (query) => zoneFor(query, network, facts) !== null,
  );
  return by === 'zone' || (by === 'unseen' && isLinked);
}

/** A network of which only this is known to be in it. */
export const networkWith = (id: string, who: string): NamedNetwork => ({
  id,
  name: parseId(id)?.name ?? id,
  who: [who],
  clusters: [],
  apps: [],
  declared: false,
  holdsEndpoint: false,
  concerned: false,
});
