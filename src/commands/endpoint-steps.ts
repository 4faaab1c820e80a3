import { type CitedConnection, endpointName, whoseEndpoint } from '../facts/path/endpoints.ts';
import type { PathFacts } from '../facts/path/facts.ts';
import { labelOf } from '../facts/path/words.ts';
import { citedZones, isNamed, zoneName } from '../facts/path/zones.ts';
import { sameId } from '../model/ids.ts';
import { isCommand, type Step } from '../model/step.ts';
import { createZone, linkZone, zoneBeside } from './dns.ts';
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
 * and a network is linked to one zone of a name: so the zone that it asks, or that there is, is used.
 */
export function endpointSteps(network: string | null, facts: PathFacts): readonly Step[] {
  const waiting = approvals(facts.connections.pending);
  if (waiting.some(isCommand)) return waiting;
  const found = facts.networks.find(({ id }) => sameId(id, network ?? ''))?.network;
  const read = found?.state === 'observed' ? found.value : null;
  const at = read?.id ?? someNetwork;
  const named = citedZones(facts.dns).filter((zone) => isNamed(zone, zoneName(facts.suffix)));
  const links = ({ zone }: (typeof named)[number]) => (zone.links.state === 'observed' ? zone.links.value : []);
  const asked = named.find((zone) => links(zone).some((link) => sameId(link.network ?? '', network ?? '')));
  const [central] = [...named].sort((a, b) => links(b).length - links(a).length);
  const zone = asked ?? central;
  const endpoint = newEndpointIn(at);
  const zoneId = zone?.zone.id ?? zoneBeside(endpoint, zoneName(facts.suffix));
  const concerned = [...new Set(named.flatMap(links).flatMap((link) => (link.network ? [labelOf(link.network)] : [])))];
  return [
    ...waiting,
    manual(
      `Run the steps from the endpoint to its zone group in one go: as soon as the endpoint is approved, the registry's names are aliases of private ones, and networks linked to a zone ${zoneName(facts.suffix)} without its records get NXDOMAIN${concerned.length > 0 ? ` (${concerned.join(', ')})` : ''}. Only a zone that the group writes to serves them: look for further zones of that name first.`,
    ),
    ...(zone ? [] : [createZone(zoneId)]),
    ...(asked
      ? []
      : [linkZone(zoneId, read?.id ?? '<network-id>', read ? freeName(read.id, zone?.zone) : '<network-name>')]),
    createEndpoint(facts.suffix, {
      endpoint,
      ...(read ? { subnet: `${read.id}/subnets/<subnet>` } : {}),
      ...(read?.location ? { location: read.location } : {}),
    }),
    attachZoneGroup(endpoint, zoneId),
  ];
}

/** A network that only the reader knows. */
const someNetwork =
  '/subscriptions/<network-subscription>/resourceGroups/<network-group>/providers/Microsoft.Network/virtualNetworks/<network-name>';
