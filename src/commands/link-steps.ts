import type { CitedZone } from '../facts/path/private-dns.ts';
import type { Linking } from '../facts/path/zone-links.ts';
import { parseId, sameId } from '../model/ids.ts';
import type { Step } from '../model/step.ts';
import { linkZone } from './dns.ts';
import { manual } from './manual.ts';

/** Steps that link networks to a zone that holds the registry's records. */
export const linkSteps = (unlinked: readonly Linking[], holding: readonly CitedZone[]): readonly Step[] =>
  unlinked.map(({ network, state, says }) => {
    const [zone, ...others] = holding.map((cited) => cited.zone);
    if (state === 'stuck') return manual(`Delete the link and create it again: ${says}.`);
    if (state === 'elsewhere')
      return manual(
        `Write the registry's records into that zone too${zone ? `, or link the network to ${zone.id} instead` : ''}: ${says}.`,
      );
    if (zone === undefined) return manual('Make the zone and its records first: see private-dns-records-complete.');
    return others.length === 0
      ? linkZone(zone.id, network, freeName(network, zone))
      : manual(
          `Link ${network} to the one of these zones whose endpoint it reaches: ${[zone, ...others].map(({ id }) => id).join(', ')}.`,
        );
  });

/** The network's name, unless a network of the same name in another group is linked already. */
function freeName(network: string, { links }: CitedZone['zone']): string | undefined {
  const { name, resourceGroup } = parseId(network) ?? {};
  const taken = links.state === 'observed' && links.value.some((link) => sameId(link.name, name ?? ''));
  return taken ? `${name}-${resourceGroup}` : name;
}
