import { notCollected, type Unseen } from '../../model/evidence.ts';
import type { Cluster } from '../../model/facets/consumers.ts';
import type { NetworkLink } from '../../model/facets/private-dns.ts';
import type { Facets } from '../../model/facets.ts';
import { idKey, parseId, sameId } from '../../model/ids.ts';
import type { Observation, Unknown } from '../../model/outcome.ts';
import type { ConsumingCluster, Consumption } from '../access/consumption.ts';
import { type CitedConnection, endpointName } from './endpoints.ts';
import {
  type CitedZone,
  isCommonZone,
  isLinkedTo,
  registryZones,
  resolverOf,
  resolverUnseen,
  zonesOf,
  zoneWords,
} from './private-dns.ts';

export type LinkFacts = Pick<Facets, 'privateDns' | 'networks'>;

/** A network that pulls or holds an endpoint, and what makes us judge it. */
export interface Asker {
  readonly network: string;
  readonly because: string;
}

/** Whether a network is linked to a zone that holds the registry's records. */
export interface Linking {
  readonly network: string;
  /** `stuck`: the link never completed. `elsewhere`: another zone of the same name is in the way, and a network has one. */
  readonly state: 'linked' | 'stuck' | 'unlinked' | 'elsewhere';
  readonly seen: readonly Observation[];
  /** The state in words. */
  readonly says: string;
}

/** The zones that hold the records of the registry's endpoints. */
export function holdingZones(approved: readonly CitedConnection[], { privateDns }: LinkFacts, suffix: string) {
  const zones = new Map<string, CitedZone>();
  const unseen: Unseen[] = [];
  for (const { endpoint } of approved.map(({ connection }) => connection)) {
    if (endpoint.state !== 'observed') unseen.push(endpoint);
    else {
      const found = zonesOf(endpoint.value, privateDns, suffix);
      for (const cited of found.zones) if (isCommonZone(cited.zone, suffix)) zones.set(idKey(cited.zone.id), cited);
      unseen.push(...found.unseen);
    }
  }
  return { zones: [...zones.values()], unseen };
}

/** The networks of the approved endpoints, as far as they can be read, and those known consumers pull from; each once. */
export function askersOf(approved: readonly CitedConnection[], { networks }: Consumption): readonly Asker[] {
  const reasons = new Map<string, Asker>();
  const ask = (network: string, because: string) => {
    const known = reasons.get(idKey(network));
    reasons.set(idKey(network), { network, because: known ? `${known.because}, ${because}` : because });
  };
  for (const { connection } of approved)
    if (connection.endpoint.state === 'observed' && connection.endpoint.value.network !== null)
      ask(connection.endpoint.value.network, `endpoint ${endpointName(connection)}`);
  for (const { id, clusters } of networks)
    ask(id, clusters.length > 0 ? `cluster ${clusters.join(', ')}` : 'by the configuration');
  return [...reasons.values()];
}

export function linkingOf(
  asker: Asker,
  holding: readonly CitedZone[],
  facts: LinkFacts,
  suffix: string,
): Linking | Unseen {
  const { network, because } = asker;
  const resolver = resolverOf(network, facts.networks);
  if (!('azure' in resolver)) return resolverUnseen(network, resolver);
  const name = parseId(network)?.name ?? network;
  const about = `${name} (${because})`;
  const links = holding.flatMap((cited) => linksIn(cited, network));
  const [link] = [...links.filter(({ usable }) => usable), ...links];
  if (link?.usable === null) return notCollected(`Azure's answer does not tell the state of the link to ${about}`);
  if (link) {
    const seen = [resolver.azure, { ...link.seen, wanted: 'Completed', about }];
    return { network, state: link.usable ? 'linked' : 'stuck', seen, says: `the link to ${about} is ${link.says}` };
  }
  const hidden = holding.map(({ zone }) => zone.links).find((evidence) => evidence.state !== 'observed');
  if (hidden) return hidden;
  const absent = holding.map(
    ({ at }): Observation => ({ at: `${at}/links/value/${name}`, saw: null, wanted: 'a link', about }),
  );
  const seen = [resolver.azure, ...absent];
  const other = registryZones(facts.privateDns, suffix).find(
    ({ zone }) => isCommonZone(zone, suffix) && isLinkedTo(zone, network),
  );
  return other
    ? {
        network,
        state: 'elsewhere',
        seen,
        says: `${about} is linked to ${zoneWords(other.zone.id)}, which does not hold the registry's records`,
      }
    : {
        network,
        state: 'unlinked',
        seen,
        says: `${about} is linked to no zone that holds the registry's records, so that its names lead to public addresses there`,
      };
}

/** Pulls whose networks are not known: subscriptions, clusters and networks of clusters that could not be seen. */
export const unseenConsumers = (consumption: Consumption): readonly (Unknown | Unseen)[] => [
  ...(consumption.unseen ? [consumption.unseen] : []),
  ...consumption.clusters.filter((each) => isUnnamed(each, consumption)).map(({ cluster }) => unnamed(cluster)),
  ...consumption.missing.map(({ why }) => why),
];

/** AKS makes a network where the node pools name no subnet, and does not say which; the configuration may. */
const isUnnamed = ({ cluster, networks }: ConsumingCluster, consumption: Consumption): boolean =>
  networks.length === 0 &&
  !consumption.networks.some(({ id }) => sameId(parseId(id)?.resourceGroup ?? '', cluster.nodeResourceGroup ?? ''));

const unnamed = ({ name, nodeResourceGroup }: Cluster): Unseen =>
  notCollected(
    `cluster ${name} is in a network that AKS made${nodeResourceGroup ? ` in group ${nodeResourceGroup}` : ''}, and which one it does not say: list that network in the configuration`,
  );

const linksIn = ({ at, zone: { links } }: CitedZone, network: string) =>
  links.state !== 'observed'
    ? []
    : links.value.flatMap((link, index) =>
        sameId(link.network ?? '', network)
          ? [
              {
                usable: isUsable(link),
                seen: { at: `${at}/links/value/${index}/state`, saw: link.state } as const,
                says: `${link.state} (provisioning ${link.provisioningState})`,
              },
            ]
          : [],
      );

/** `null` where Azure's answer does not tell. */
function isUsable({ state, provisioningState }: NetworkLink): boolean | null {
  if (provisioningState === 'Failed' || provisioningState === 'Deleting') return false;
  if (state === 'Completed') return true;
  return state === 'InProgress' ? false : null;
}
