import { notCollected } from '../../model/evidence.ts';
import type { NetworkEvidence, Subnet } from '../../model/facets/networks.ts';
import type { PrivateEndpoint } from '../../model/facets/private-endpoints.ts';
import { sameId } from '../../model/ids.ts';
import { type Observation, type Unknown, unseen, untold } from '../../model/outcome.ts';
import { bad, good, type Part, unclear } from '../../model/parts.ts';
import { isRange, sizeOf } from './cidr.ts';
import { type CitedConnection, endpointName } from './endpoints.ts';

/** Azure keeps the first four addresses and the last of every subnet (Microsoft Learn, virtual network FAQ). */
const reserved = 5;

interface FoundSubnet {
  readonly subnet: Subnet;
  readonly pointer: `networks/${string}`;
}

/** Whether an endpoint could take one more region in; `wanted`: how many addresses that takes. */
export function capacityOf(
  { at, connection }: CitedConnection,
  networks: readonly NetworkEvidence[],
  { wanted, replicated }: { readonly wanted: number; readonly replicated: boolean },
): Part {
  const name = endpointName(connection);
  const thing = `endpoint/${name}`;
  if (connection.endpoint.state !== 'observed') return unclear(thing, unseen(connection.endpoint));
  const endpoint = connection.endpoint.value;
  const fixed: Observation = {
    at: `${at}/endpoint/value/staticAddresses`,
    saw: endpoint.staticAddresses,
    wanted: false,
    about: name,
  };
  if (endpoint.staticAddresses && replicated)
    return bad(thing, fixed, `${name} has fixed addresses, with which Azure refuses another replica`);

  const found = subnetOf(endpoint, networks);
  if (!('subnet' in found)) return unclear(thing, found);
  const { subnet, pointer } = found;
  if (subnet.usedAddresses === null)
    return unclear(thing, untold(`Azure's answer does not tell the used addresses of ${subnet.name}`));
  const ipv4 = subnet.prefixes.filter((prefix) => !prefix.includes(':'));
  if (ipv4.length === 0) return unclear(thing, untold(`Azure's answer has no IPv4 range of ${subnet.name}`));
  const odd = ipv4.find((prefix) => !isRange(prefix));
  if (odd !== undefined)
    return unclear(thing, untold(`the prefix '${odd}' of ${subnet.name} is no range of addresses`));
  const free = sizeOf(ipv4) - reserved - subnet.usedAddresses;
  const used: Observation = {
    at: `${pointer}/usedAddresses`,
    saw: subnet.usedAddresses,
    about: `${subnet.name} (${ipv4.join(', ')})`,
  };
  if (free < wanted)
    return bad(
      thing,
      [fixed, used],
      `${subnet.name} of ${name} has ${Math.max(free, 0)} free ${free === 1 ? 'address' : 'addresses'}, and one more region takes ${wanted}`,
    );
  return endpoint.staticAddresses
    ? good(
        thing,
        [fixed, used],
        `its subnet has free addresses, but the fixed addresses of ${name} must go before the first replica`,
      )
    : good(thing, [fixed, used]);
}

function subnetOf(
  { subnet: id, network }: PrivateEndpoint,
  networks: readonly NetworkEvidence[],
): FoundSubnet | Unknown {
  if (id === null || network === null) return untold("Azure's answer has no subnet for the endpoint");
  const index = networks.findIndex((each) => sameId(each.id, network));
  const evidence = networks[index]?.network ?? notCollected(`network ${network} was not read`);
  if (evidence.state !== 'observed') return unseen(evidence);
  const place = evidence.value.subnets.findIndex((each) => sameId(each.id, id));
  const subnet = evidence.value.subnets[place];
  if (!subnet) return untold(`Azure's answer for the network does not hold subnet ${id}`);
  return { subnet, pointer: `networks/${index}/network/value/subnets/${place}` as const };
}
