import type { NetworkEvidence, VirtualNetwork } from '../../model/facets/networks.ts';
import { sameId } from '../../model/ids.ts';

/**
 * Whether packets of one network come to an address in another: in the same one, and in one peered with it directly.
 * Peering is not transitive, but a hub's appliance, a gateway or a virtual WAN may connect networks all the same: only
 * a network with neither a peering nor a gateway certainly has no way out. Security groups and routes are not looked at.
 */
export function routeBetween(from: string, to: string, networks: readonly NetworkEvidence[]): 'yes' | 'no' | 'unknown' {
  if (sameId(from, to)) return 'yes';
  const [a, b] = [networkIn(networks, from), networkIn(networks, to)];
  if (peered(a, to)) return 'yes';
  return isolated(a) || isolated(b) ? 'no' : 'unknown';
}

const networkIn = (networks: readonly NetworkEvidence[], id: string): VirtualNetwork | null => {
  const found = networks.find((one) => sameId(one.id, id))?.network;
  return found?.state === 'observed' ? found.value : null;
};

const peered = (network: VirtualNetwork | null, other: string): boolean =>
  network?.peerings.some(({ remote, state }) => sameId(remote ?? '', other) && state === 'Connected') ?? false;

function isolated(network: VirtualNetwork | null): boolean {
  if (network === null) return false;
  const { peerings, subnets } = network;
  return (
    peerings.every(({ state }) => state === 'Disconnected') &&
    !subnets.some(({ name }) => name.toLowerCase() === 'gatewaysubnet')
  );
}
