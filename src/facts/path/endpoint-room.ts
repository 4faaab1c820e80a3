import { notCollected, type Unseen } from '../../model/evidence.ts';
import type { NetworkEvidence } from '../../model/facets/networks.ts';
import type { PrivateEndpoint } from '../../model/facets/private-endpoints.ts';
import { sameId } from '../../model/ids.ts';
import type { Observation } from '../../model/outcome.ts';
import { isRange, sizeOf } from './cidr.ts';
import { type CitedConnection, endpointName } from './endpoints.ts';

/** Azure keeps the first four addresses and the last of every subnet (Microsoft Learn, virtual network FAQ). */
const reserved = 5;

/** Whether an endpoint could take one more region in. */
export interface Room {
  readonly seen: readonly Observation[];
  /** Why it could not; `null` where it could. */
  readonly problem: string | null;
  /** What only matters once there is a replica. */
  readonly later: string | null;
}

/** `wanted`: how many addresses one more region takes. */
export function roomOf(
  { at, connection }: CitedConnection,
  networks: readonly NetworkEvidence[],
  { wanted, replicated }: { readonly wanted: number; readonly replicated: boolean },
): Room | Unseen {
  if (connection.endpoint.state !== 'observed') return connection.endpoint;
  const endpoint = connection.endpoint.value;
  const name = endpointName(connection);
  const fixed: Observation = {
    at: `${at}/endpoint/value/staticAddresses`,
    saw: endpoint.staticAddresses,
    wanted: false,
    about: name,
  };
  if (endpoint.staticAddresses && replicated)
    return {
      seen: [fixed],
      problem: `${name} has fixed addresses, with which Azure refuses another replica`,
      later: null,
    };

  const found = subnetOf(endpoint, networks);
  if (!('subnet' in found)) return found;
  const { subnet, pointer } = found;
  if (subnet.usedAddresses === null)
    return notCollected(`Azure's answer does not tell the used addresses of ${subnet.name}`);
  const ipv4 = subnet.prefixes.filter((prefix) => !prefix.includes(':'));
  const odd = ipv4.find((prefix) => !isRange(prefix));
  if (odd !== undefined) return notCollected(`the prefix '${odd}' of ${subnet.name} is no range of addresses`);
  const free = sizeOf(ipv4) - reserved - subnet.usedAddresses;
  const used: Observation = {
    at: `${pointer}/usedAddresses`,
    saw: subnet.usedAddresses,
    about: `${subnet.name} (${ipv4.join(', ')})`,
  };
  return {
    seen: [fixed, used],
    problem:
      free < wanted
        ? `${subnet.name} of ${name} has ${Math.max(free, 0)} free ${free === 1 ? 'address' : 'addresses'}, and one more region takes ${wanted}`
        : null,
    later: endpoint.staticAddresses ? `the fixed addresses of ${name} must go before the first replica` : null,
  };
}

function subnetOf({ subnet: id, network }: PrivateEndpoint, networks: readonly NetworkEvidence[]) {
  if (id === null || network === null) return notCollected("Azure's answer has no subnet for the endpoint");
  const index = networks.findIndex((each) => sameId(each.id, network));
  const evidence = networks[index]?.network ?? notCollected(`network ${network} was not read`);
  if (evidence.state !== 'observed') return evidence;
  const place = evidence.value.subnets.findIndex((each) => sameId(each.id, id));
  const subnet = evidence.value.subnets[place];
  if (!subnet) return notCollected(`Azure's answer for the network does not hold subnet ${id}`);
  return { subnet, pointer: `networks/${index}/network/value/subnets/${place}` as const };
}
