import { consumes } from '../facts/path/consumer-networks.ts';
import { type CitedConnection, endpointName, whoseEndpoint } from '../facts/path/endpoints.ts';
import type { PathFacts } from '../facts/path/facts.ts';
import { aliasOf, recordName } from '../facts/path/names.ts';
import { publicAccess } from '../facts/path/public-access.ts';
import type { Trips } from '../facts/path/trips.ts';
import { labelOf } from '../facts/path/words.ts';
import { type CitedZone, citedZones, isNamed, linksTo, zoneName, zoneWords } from '../facts/path/zones.ts';
import type { NetworkLink } from '../model/facets/private-dns.ts';
import { sameId } from '../model/ids.ts';
import { isCommand, type Step } from '../model/step.ts';
import { createZone, fallBack, keepPrivate, linkZone, zoneBeside } from './dns.ts';
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
 * and a network is linked to one zone of a name: so the zone that it asks, or that there is, is used. As soon as the
 * endpoint is approved the names are aliases, which a linked zone answers before it holds them: until it does, its links
 * fall back to public DNS. A network is linked once the zone holds the records.
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
  const asking = citedZones(facts.dns).filter((one) => holdsAliases(one, facts));
  // Where nobody is answered in public, or the names are aliases already, the endpoint changes nothing for a linked network.
  const changes = publicAccess(facts.registry) !== 'disabled' && facts.alias !== 'yes';
  const falling = changes ? asking.flatMap(thatWouldFail) : [];
  const unread = asking
    .filter(({ zone: { links } }) => links.state !== 'observed')
    .map(({ zone }) => zoneWords(zone.id));
  return [
    ...waiting,
    ...falling.map(({ zone, name }) => fallBack(zone, name)),
    ...(zone ? [] : [createZone(zoneId)]),
    manual(
      `Look for further zones ${zoneName(facts.suffix)} first, and use the one that the network is linked to: as soon as the endpoint is approved, the registry's names are aliases of private ones, and networks linked to a zone of that name without its records get NXDOMAIN${falling.length > 0 ? ', unless the link falls back' : ''}${concerned.length > 0 ? ` (${concerned.join(', ')})` : ''}.${unread.length > 0 ? ` To what these are linked could not be read: ${unread.join(', ')}.` : ''} So run the next two steps in one go.`,
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
    // Its zone holds the names now, and its links are as they were; what other zones lack stays with public DNS.
    ...falling
      .filter((one) => one.policy === 'Default' && sameId(one.zone, zoneId))
      .map((one) => keepPrivate(one.zone, one.name)),
  ];
}

/** The same where no network asks for it: in one that pulls, else in the first that is known. */
export function firstEndpointSteps({ networks, facts }: Trips): readonly Step[] {
  const known = networks.filter(({ id }) => id !== null);
  return endpointSteps((known.find(consumes) ?? known[0])?.id ?? null, facts);
}

const linksOf = ({ zone: { links } }: CitedZone): readonly NetworkLink[] =>
  links.state === 'observed' ? links.value : [];

/** Whether the zone, or a narrower one, is asked for names of the registry once they are aliases. */
const holdsAliases = ({ zone }: CitedZone, { names, suffix }: PathFacts): boolean =>
  recordName(zone.name, zoneName(suffix)) !== null &&
  names.some(({ fqdn }) => recordName(aliasOf(fqdn, suffix), zone.name) !== null);

/** Links by which a name that their zone lacks is NXDOMAIN. */
const thatWouldFail = ({ zone }: CitedZone) =>
  (zone.links.state === 'observed' ? zone.links.value : [])
    .filter(({ resolutionPolicy }) => resolutionPolicy !== 'NxDomainRedirect')
    .map(({ name, resolutionPolicy: policy }) => ({ zone: zone.id, name, policy }));

/** A network that only the reader knows. */
const someNetwork =
  '/subscriptions/<network-subscription>/resourceGroups/<network-group>/providers/Microsoft.Network/virtualNetworks/<network-name>';
