import { consumes } from '../facts/path/consumer-networks.ts';
import { type CitedConnection, endpointName, whoseEndpoint } from '../facts/path/endpoints.ts';
import type { PathFacts } from '../facts/path/facts.ts';
import type { Trips } from '../facts/path/trips.ts';
import { labelOf } from '../facts/path/words.ts';
import { type CitedZone, citedZones, isNamed, linksTo, zoneName } from '../facts/path/zones.ts';
import type { NetworkLink } from '../model/facets/private-dns.ts';
import { sameId } from '../model/ids.ts';
import { isCommand, type Step } from '../model/step.ts';
import { createZone, fallBack, linkZone, zoneBeside } from './dns.ts';
import { approveConnection, attachZoneGroup, createEndpoint, newEndpointIn } from './endpoints.ts';
import { freeName } from './link-steps.ts';
import { manual } from './manual.ts';

/** Approves what waits and is ours; what waits and is not is named. */
export const approvals = (pending: readonly CitedConnection[]): readonly Step[] =>
  pending.map(({ connection }) =>
    whoseEndpoint(connection) === 'ours'
      ? approveConnection(connection.name)
      : manual(
          `${connection.name} waits for endpoint ${endpointName(connection)}, which is not known to be in a subscription of ours: do not approve what you did not order.`,
        ),
  );

/**
 * A private endpoint in a network, with its zone. Azure wants an endpoint in the region and subscription of its network,
 * and a network is linked to one zone of a name: so the zone that it asks, or that there is, is used. A network is linked
 * once the zone holds the records: until then its names lead to where they lead today.
 */
export function endpointSteps(network: string | null, facts: PathFacts): readonly Step[] {
  const waiting = approvals(facts.connections.pending);
  if (waiting.some(isCommand)) return waiting;
  const found = facts.networks.find(({ id }) => sameId(id, network ?? ''))?.network;
  const read = found?.state === 'observed' ? found.value : null;
  const at = read?.id ?? someNetwork;
  const named = citedZones(facts.dns).filter((zone) => isNamed(zone, zoneName(facts.suffix)));
  const asked = named.find((zone) => linksTo(zone, at).length > 0);
  const [central] = [...named].sort((a, b) => linksOf(b).length - linksOf(a).length);
  const zone = asked ?? central;
  const endpoint = newEndpointIn(at);
  const zoneId = zone?.zone.id ?? zoneBeside(endpoint, zoneName(facts.suffix));
  const concerned = [...new Set((zone ? linksOf(zone) : []).map((link) => labelOf(link.network)))];
  return [
    ...waiting,
    ...keepPublic(named.filter((one) => one !== zone)),
    ...(zone ? [] : [createZone(zoneId)]),
    manual(
      `Run the next two steps in one go: as soon as the endpoint is approved, the registry's names are aliases of private ones, and networks linked to a zone ${zoneName(facts.suffix)} without its records get NXDOMAIN${concerned.length > 0 ? ` (${concerned.join(', ')})` : ''}. Only a zone that the group writes to serves them: look for further zones of that name first, and use the one that the network is linked to.`,
    ),
    createEndpoint(facts.suffix, {
      endpoint,
      ...(read ? { subnet: `${read.id}/subnets/<subnet>` } : {}),
      ...(read?.location ? { location: read.location } : {}),
    }),
    attachZoneGroup(endpoint, zoneId),
    ...(asked
      ? []
      : [linkZone(zoneId, read?.id ?? '<network-id>', read ? freeName(read.id, zone?.zone) : '<network-name>')]),
  ];
}

/** The same where no network asks for it: in one that pulls, else in the first that is known. */
export function firstEndpointSteps({ networks, facts }: Trips): readonly Step[] {
  const known = networks.filter(({ id }) => id !== null);
  return endpointSteps((known.find(consumes) ?? known[0])?.id ?? null, facts);
}

const linksOf = ({ zone: { links } }: CitedZone): readonly NetworkLink[] =>
  links.state === 'observed' ? links.value : [];

/** What other zones of the name lack goes to public DNS, as it does today: else it is NXDOMAIN for whoever is linked. */
const keepPublic = (zones: readonly CitedZone[]): readonly Step[] =>
  zones.flatMap((zone) =>
    linksOf(zone)
      .filter(({ resolutionPolicy }) => resolutionPolicy !== 'NxDomainRedirect')
      .map(({ name }) => fallBack(zone.zone.id, name)),
  );

/** A network that only the reader knows. */
const someNetwork =
  '/subscriptions/<network-subscription>/resourceGroups/<network-group>/providers/Microsoft.Network/virtualNetworks/<network-name>';
