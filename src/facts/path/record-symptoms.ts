import type { EndpointConnection } from '../../model/facets/private-endpoints.ts';
import { parseId, sameId } from '../../model/ids.ts';
import { type EndpointRecords, takenBy } from './endpoint-records.ts';
import { endpointName } from './endpoints.ts';
import { regionOf } from './expected-names.ts';
import { type CitedZone, type Lookup, zoneWords } from './private-dns.ts';

/** What is wrong with an endpoint's records, and what it does to a pull in the endpoint's network. */
export function recordsMessage(judged: EndpointRecords, connections: readonly EndpointConnection[]): string {
  const { cited, endpoint, wrong, zoneless } = judged;
  const network = parseId(endpoint.network ?? '')?.name ?? endpoint.network;
  const nowhere = 'no private DNS zone answers for the registry, so that its names lead to public addresses';
  const parts = [
    ...(zoneless ? [nowhere] : []),
    ...wrong.map((lookup) => `${seen(judged, lookup, connections)} (${symptom(lookup, endpoint.network ?? '')})`),
  ];
  return `In ${network}, endpoint ${endpointName(cited.connection)}: ${parts.join('; ')}`;
}

function seen(judged: EndpointRecords, lookup: Lookup, connections: readonly EndpointConnection[]): string {
  const { record, zone, saw, name } = lookup;
  const where = `${record} in ${zoneWords(zone.zone.id)}`;
  const wanted = name.ips?.join(', ') ?? 'the endpoint’s address, which could not be seen';
  if (saw === null) return `no A record ${where}, wanted ${wanted}`;
  const owner = takenBy(judged, lookup, connections);
  return `A record ${where} is ${saw.join(', ') || 'empty'}${owner ? ` of endpoint ${owner}` : ''}, wanted ${wanted}`;
}

function symptom({ name, saw, zone }: Lookup, network: string): string {
  const region = regionOf(name);
  const resolves =
    saw !== null
      ? 'the client ends at the wrong address'
      : fallsBack(zone, network)
        ? 'it resolves to a public address'
        : 'NXDOMAIN';
  if (region === null) return `${resolves}: nobody there can log in`;
  return name.branch.endsWith('.data')
    ? `${resolves}: login works, then pulls from ${region} hang on layers`
    : `${resolves}: the regional endpoint of ${region} is not found`;
}

/** A link may send what its zone does not hold to the internet. */
const fallsBack = ({ zone: { links } }: CitedZone, network: string): boolean =>
  links.state === 'observed' &&
  links.value.some((link) => link.resolutionPolicy === 'NxDomainRedirect' && sameId(link.network ?? '', network));
