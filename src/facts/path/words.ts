import { parseId } from '../../model/ids.ts';
import type { RegistryName } from './names.ts';
import type { Stop } from './stops.ts';
import { zoneWords } from './zones.ts';

/** What stops a client, in a clause. */
export function problemOf(stop: Stop, name: RegistryName): string {
  switch (stop.kind) {
    case 'no-endpoint':
      return stop.pending.length > 0
        ? `the private endpoint waits for approval: ${stop.pending.map(({ endpoint }) => endpoint).join(', ')}`
        : 'there is no approved private endpoint of ours, and the public endpoint refuses';
    case 'not-linked':
      return `network ${labelOf(stop.network)} is not linked to ${stop.choice === null ? "any zone of the registry's names" : `zone ${zoneWords(stop.choice.zone)}`}`;
    case 'falls-back':
      return `record ${stop.record} is missing in zone ${zoneWords(stop.zone)}, and the link falls back to the internet`;
    case 'no-record':
      return `record ${stop.record} is missing in zone ${zoneWords(stop.zone)}`;
    case 'wrong-record':
      return `record ${stop.record} in zone ${zoneWords(stop.zone)} is ${stop.saw.join(', ') || 'empty'}, which no endpoint of the registry has for it`;
    case 'half-record':
      return `record ${stop.record} in zone ${zoneWords(stop.zone)} is ${stop.saw.join(', ')}, of which not all are right`;
    case 'no-member':
      return `endpoint ${stop.endpoint} has no address for ${stop.region ?? 'the login server'}`;
    case 'no-route':
      return `${labelOf(stop.from)} has no way to endpoint ${stop.endpoint} in ${labelOf(stop.to)}: neither peering nor gateway`;
    case 'own-dns':
      return `${labelOf(stop.network)} asks its own DNS servers (${stop.servers.join(', ')}), which may answer anything`;
    case 'forwarded':
      return `ruleset ${stop.ruleset} forwards the name from ${labelOf(stop.network)} to ${stop.servers.join(', ')}, which may answer anything`;
    case 'indirect':
      return `${name.fqdn} leads to endpoint ${stop.endpoint} in ${labelOf(stop.to)}, with which ${labelOf(stop.from)} is not peered${stop.managers.length > 0 ? `; network manager ${stop.managers.join(', ')} may connect them` : ''}`;
    case 'egress':
      return `${name.fqdn} leads to the public endpoint, which answers listed addresses only`;
    case 'unnamed-network':
      return `AKS made the cluster's network itself, in ${stop.nodeResourceGroup ?? 'its node resource group'}: list that network in the configuration`;
    case 'unseen':
      return stop.reason;
  }
}

/** What somebody in the network notices. */
export function symptomOf(stop: Stop, name: RegistryName, suffix: string): string {
  const fails = failureOf(name);
  switch (stop.kind) {
    case 'no-endpoint':
    case 'not-linked':
      return `${name.fqdn} resolves to a public address, and docker login gets 403`;
    case 'falls-back':
      return `${name.fqdn} resolves to a public address, which refuses: ${fails}`;
    case 'no-record':
    case 'no-member':
      return `${name.fqdn} is NXDOMAIN: ${fails}`;
    case 'wrong-record':
      return `${name.fqdn} leads to the wrong address: ${name.region === null ? 'docker login times out there' : fails}`;
    case 'half-record':
      return `about half of the look-ups of ${name.fqdn} end at the wrong address`;
    case 'no-route':
      return `${name.fqdn} resolves to a private address, and the connection times out`;
    case 'own-dns':
    case 'forwarded':
      return `right where they forward to Azure from a network that is linked to privatelink.${suffix}; public or NXDOMAIN where not`;
    case 'indirect':
      return 'works where a hub, a gateway, a virtual WAN or a network manager connects the two; times out where not';
    case 'egress':
      return 'works where a rule lists the address that the network leaves by; 403 where not';
    case 'unnamed-network':
      return 'works where somebody linked and peered that network';
    case 'unseen':
      return 'not known';
  }
}

/** What does not work without a name. */
export const failureOf = ({ branch, region }: RegistryName): string =>
  region === null
    ? 'nobody there can log in'
    : branch.endsWith('.geo')
      ? `the regional endpoint of ${region} is not found`
      : `login works, then pulls from ${region} hang on layers`;

/** What people call a resource, by its id. */
export const labelOf = (id: string): string => parseId(id)?.name ?? id;
