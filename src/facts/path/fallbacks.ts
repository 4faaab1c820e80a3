import { notCollected, type Unseen } from '../../model/evidence.ts';
import { distinct } from '../../model/ids.ts';
import type { Observation } from '../../model/outcome.ts';
import { asObservation, lookupsOf, type RecordFacts } from './endpoint-records.ts';
import type { CitedConnection } from './endpoints.ts';
import type { CitedZone, Lookup } from './private-dns.ts';

/** A link that sends what its zone does not hold to public DNS. */
export interface Fallback {
  readonly zone: string;
  readonly link: string;
  readonly seen: Observation;
}

/** What becomes of the names of the registry that a zone does not hold. */
export interface Fallbacks {
  readonly falling: readonly Fallback[];
  /** The records for which a link falls back. */
  readonly missing: readonly Lookup[];
  /** Everything else that was looked at. */
  readonly settled: readonly Observation[];
  readonly unseen: readonly Unseen[];
}

/** The links of the endpoints' zones hold for every network they name, so that it does not matter who asks. */
export function fallbacksOf(
  facts: Omit<RecordFacts, 'networks'>,
  approved: readonly CitedConnection[],
  suffix: string,
): Fallbacks {
  const endpoints = approved.map(({ connection }) => connection.endpoint);
  const seen = endpoints.flatMap((endpoint) =>
    endpoint.state === 'observed' ? lookupsOf(facts, endpoint.value, suffix) : [],
  );
  const zones = distinct(
    seen.flatMap((each) => each.zones),
    (zone) => zone.at,
  );
  const judged = zones.map((zone) =>
    fallbacksIn(
      zone,
      seen.flatMap((each) => each.lookups.filter((lookup) => lookup.zone.at === zone.at)),
    ),
  );
  const zoneUnknown = seen.flatMap((each) => (each.zones.length === 0 ? each.unseen : []));
  return {
    falling: judged.flatMap(({ falling }) => falling),
    missing: judged.flatMap(({ missing }) => missing),
    settled: judged.flatMap(({ settled }) => settled),
    unseen: [
      ...endpoints.flatMap((endpoint) => (endpoint.state === 'observed' ? [] : [endpoint])),
      ...zoneUnknown,
      ...judged.flatMap(({ unseen }) => unseen),
    ],
  };
}

function fallbacksIn({ at, zone }: CitedZone, lookups: readonly Lookup[]): Fallbacks {
  const { id, links, records } = zone;
  const present = lookups.filter(({ saw }) => saw !== null).map(asObservation);
  const missing = lookups.filter(({ saw }) => saw === null);
  // A zone that holds every name sends none of them elsewhere, whatever its links say.
  const complete = records.state === 'observed' && missing.length === 0;
  if (links.state !== 'observed')
    return { falling: [], missing: [], settled: present, unseen: complete ? [] : [links] };

  const all = links.value.map(({ name: link, resolutionPolicy: saw }, index) => ({
    saw,
    zone: id,
    link,
    seen: { at: `${at}/links/value/${index}/resolutionPolicy`, saw, wanted: 'Default', about: `link ${link}` } as const,
  }));
  const falling = all.filter(({ saw }) => saw === 'NxDomainRedirect');
  const odd = all.filter(({ saw }) => saw !== 'Default' && saw !== 'NxDomainRedirect');
  const settled = [...all.map(({ seen }) => seen), ...present];
  const unknown = odd.map(({ link, saw }) => notCollected(`link ${link} has resolutionPolicy '${saw ?? 'absent'}'`));
  if (falling.length === 0 || complete)
    return { falling: [], missing: [], settled: [...settled, ...missing.map(asObservation)], unseen: unknown };
  return {
    falling: missing.length > 0 ? falling : [],
    missing,
    settled,
    unseen: [...(records.state === 'observed' ? [] : [records]), ...unknown],
  };
}
