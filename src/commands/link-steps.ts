import { linkChoice } from '../facts/path/arrive.ts';
import { endpointOf } from '../facts/path/endpoints.ts';
import type { PathFacts } from '../facts/path/facts.ts';
import type { Linking } from '../facts/path/links.ts';
import { labelOf } from '../facts/path/words.ts';
import { type CitedLink, citedZones, isNamed, linksTo, zoneName, zoneWords } from '../facts/path/zones.ts';
import type { ZoneEvidence } from '../model/facets/private-dns.ts';
import { parseId, sameId } from '../model/ids.ts';
import type { Step } from '../model/step.ts';
import { createZone, linkZone, zoneBeside } from './dns.ts';
import { attachZoneGroup } from './endpoints.ts';
import { manual } from './manual.ts';

/** Links a network to a zone of the registry, once it has a way to the endpoint that the zone's records lead to. */
export function linkSteps(network: string, facts: PathFacts): readonly Step[] {
  const choice = linkChoice(network, facts);
  if (choice === null) return zonelessSteps(network, facts);
  const named = citedZones(facts.dns).filter((one) => isNamed(one, labelOf(choice.zone)));
  const zone = named.find((one) => sameId(one.zone.id, choice.zone))?.zone;
  // None of them resolves, and Azure refuses a second link of a network to zones of one name.
  const dead = named.flatMap((one) => linksTo(one, network).map((link) => ({ zone: one.zone.id, link })));
  const [first] = dead;
  if (first) return relinkSteps(network, first.zone, first.link, choice.zone);
  const link = linkZone(choice.zone, network, freeName(network, zone));
  return choice.route === 'same' || choice.route === 'peered' || choice.to === null
    ? [link]
    : [reachFirst(network, choice.to), link];
}

/** A link that never completed goes before another is made: a person sees first what else waits for it. */
const relinkSteps = (network: string, dead: string, { link }: CitedLink, zone: string): readonly Step[] => [
  manual(
    `Delete link ${link.name} of ${zoneWords(dead)}, which never completed, and link ${labelOf(network)} to zone ${zoneWords(zone)} in its place; the names of every other registry in that zone come to ${labelOf(network)} by it too.`,
  ),
];

/** Steps that bring the registry's names to a network; never by deleting a link that resolves. */
export function mendLink({ network, state }: Linking, facts: PathFacts): readonly Step[] {
  const id = network.id ?? '';
  switch (state) {
    case 'unlinked':
      return linkSteps(id, facts);
    case 'broken':
      return linkSteps(id, facts);
    case 'elsewhere': {
      const choice = linkChoice(id, facts);
      return [
        manual(
          `Write the registry's records into the zone that ${network.name} is linked to: name that zone in the zone group of the endpoint${choice ? ` beside ${zoneWords(choice.zone)}` : ''}. A network has one zone of a name: move its link only once the other zone holds every record that the network needs.`,
        ),
      ];
    }
    default:
      return [];
  }
}

/** A zone for endpoints that have none. */
function zonelessSteps(network: string, facts: PathFacts): readonly Step[] {
  const own = facts.connections.approved
    .flatMap((cited) => endpointOf(cited) ?? [])
    .find((endpoint) => sameId(endpoint.network ?? '', network));
  const zone = zoneName(facts.suffix);
  if (own?.zoneGroups.state !== 'observed' || own.zoneGroups.value.length > 0)
    return [
      manual(
        `Link ${labelOf(network)} to the zone that the endpoint's zone group writes to, once it has one; none of the zones that could be read holds the registry's records.`,
      ),
    ];
  // A zone that is there is used: a network is linked to one zone of a name, and others are linked to that one.
  const [there] = citedZones(facts.dns).filter((one) => isNamed(one, zone));
  const id = there?.zone.id ?? zoneBeside(own.id, zone);
  return [
    ...(there ? [] : [createZone(id)]),
    attachZoneGroup(own.id, id),
    ...(there && linksTo(there, network).length > 0 ? [] : [linkZone(id, network, freeName(network, there?.zone))]),
  ];
}

/** A link without a way turns a public pull that works into a private address that does not. */
export const reachFirst = (from: string, to: string): Step =>
  manual(
    `First give ${labelOf(from)} a way to the endpoint: peer it with ${labelOf(to)} in both directions, or make an endpoint with its own zone in ${labelOf(from)}. Prove it with a connection from a machine there (nc -vz to the endpoint's address, port 443) before its names change: until then its pulls go as they do today.`,
  );

/** The network's name, unless a network of the same name in another group is linked already. */
export function freeName(network: string, zone: ZoneEvidence | undefined): string | undefined {
  const { name, resourceGroup } = parseId(network) ?? {};
  const taken = zone?.links.state === 'observed' && zone.links.value.some((link) => sameId(link.name, name ?? ''));
  return taken ? `${name}-${resourceGroup}` : name;
}
