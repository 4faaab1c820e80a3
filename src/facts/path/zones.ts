import type { NetworkLink, PrivateDns, ZoneEvidence } from '../../model/facets/private-dns.ts';
import { parseId, sameId } from '../../model/ids.ts';
import { type Observation, type Unknown, unseen, untold } from '../../model/outcome.ts';
import { type Pointer, segment } from '../../model/pointer.ts';
import type { PathFacts } from './facts.ts';
import { aliasOf, recordName } from './names.ts';

/** A private DNS zone, and where it is in the evidence. */
export interface CitedZone {
  readonly at: Pointer;
  readonly zone: ZoneEvidence;
}

/** A link of a zone to a network, and whether the network's queries go by it. */
export interface CitedLink {
  readonly at: Pointer;
  readonly link: NetworkLink;
  readonly state: LinkState;
}

export type LinkState = 'linked' | 'being made' | 'broken' | 'untold';

/** The answer of a zone to a query, as a client in a linked network would get it. */
export interface Lookup {
  /** The record that answers, or that is missing, relative to the zone. */
  readonly record: string;
  readonly zone: CitedZone;
  /** Where the answer is in the evidence, or would be. */
  readonly at: Pointer;
  /** Where the record is that holds it, or would be. */
  readonly recordAt: Pointer;
  /** `null`: NXDOMAIN. */
  readonly saw: readonly string[] | null;
}

/** The zone that private endpoints of registries write to, by the cloud's suffix. */
export const zoneName = (suffix: string): string => `privatelink.${suffix}`;

/** A zone as people tell it from its namesakes: by its name and resource group. */
export function zoneWords(id: string): string {
  const { name, resourceGroup } = parseId(id) ?? {};
  return name === undefined ? id : `${name} (${resourceGroup})`;
}

export const citedZones = ({ zones }: PrivateDns): readonly CitedZone[] =>
  zones.map((zone, index) => ({ at: `privateDns/zones/${index}`, zone }));

export const isNamed = ({ zone }: CitedZone, name: string): boolean => zone.name.toLowerCase() === name.toLowerCase();

/** The links of a zone to a network. */
export function linksTo({ at, zone: { links } }: CitedZone, network: string): readonly CitedLink[] {
  if (links.state !== 'observed') return [];
  return links.value.flatMap((link, index) =>
    sameId(link.network ?? '', network)
      ? [{ at: `${at}/links/value/${index}` as const, link, state: linkState(link) }]
      : [],
  );
}

/**
 * A link resolves once its state is Completed; InProgress is a minute's wait unless making it failed. Whether one that
 * is Completed still resolves after a change of it failed is not documented.
 */
function linkState({ state, provisioningState }: NetworkLink): LinkState {
  const failed = provisioningState === 'Failed' || provisioningState === 'Canceled';
  if (provisioningState === 'Deleting') return 'broken';
  if (state === 'Completed') return failed ? 'untold' : 'linked';
  if (state === 'InProgress') return failed ? 'broken' : 'being made';
  return 'untold';
}

/** A link in words, with what Azure says of it. */
export const linkWords = ({ link: { name, state, provisioningState } }: CitedLink): string =>
  `link ${name} is ${state ?? 'without a state'} (provisioning ${provisioningState ?? 'not told'})`;

/** Looks a query up in a zone that holds it: wildcards answer, and CNAMEs are followed inside the zone. */
export function lookUp(query: string, cited: CitedZone): Lookup | Unknown {
  const { records, aliases, name: zone, id } = cited.zone;
  if (records.state !== 'observed') return unseen(records);
  const cnames = aliases.state === 'observed' ? aliases.value : [];
  const names = [...records.value, ...cnames].map(({ name }) => name.toLowerCase());
  const list = `${cited.at}/records/value` as const;
  let record = recordName(query, zone) ?? query;
  // A chain of aliases, or a circle, ends here.
  for (let depth = 0; depth < 8; depth += 1) {
    const answering = answers(names, record);
    const index = records.value.findIndex(({ name }) => name.toLowerCase() === answering);
    const found = records.value[index];
    if (found) {
      const recordAt = `${list}/${index}` as const;
      return { record: found.name, zone: cited, at: `${recordAt}/ips`, recordAt, saw: found.ips };
    }
    const alias = cnames.find(({ name }) => name.toLowerCase() === answering);
    if (!alias) {
      const at = `${list}/${segment(record)}` as const;
      return aliases.state === 'observed' ? { record, zone: cited, at, recordAt: at, saw: null } : unseen(aliases);
    }
    const next = alias.target === null ? null : recordName(alias.target.replace(/\.$/, ''), zone);
    if (next === null)
      return untold(`${alias.name} in ${zoneWords(id)} is an alias of ${alias.target ?? 'what Azure does not tell'}`);
    record = next;
  }
  return untold(`the aliases of ${query} in ${zoneWords(id)} lead in a circle`);
}

/** A zone that a registry's names are, or will be, in. */
export interface OwnZone {
  readonly zone: CitedZone;
  /** An endpoint's zone group writes to it. */
  readonly grouped: boolean;
  /** It holds a record of the registry. */
  readonly holds: boolean;
}

/** The zones of a registry: those its endpoints' zone groups write to, and those that hold a record of it. */
export function zonesOfRegistry({ connections, dns, names, suffix }: PathFacts): readonly OwnZone[] {
  const groups = connections.approved.flatMap(({ connection: { endpoint } }) =>
    endpoint.state === 'observed' && endpoint.value.zoneGroups.state === 'observed'
      ? endpoint.value.zoneGroups.value.flatMap(({ zones }) => zones)
      : [],
  );
  const queries = names.flatMap(({ fqdn }) => [fqdn, aliasOf(fqdn, suffix)]);
  const own = citedZones(dns)
    .filter(({ zone }) => queries.some((query) => recordName(query, zone.name) !== null))
    .map((zone): OwnZone => {
      const answers = queries
        .filter((query) => recordName(query, zone.zone.name) !== null)
        .map((query) => lookUp(query, zone));
      return {
        zone,
        grouped: groups.some((id) => sameId(id, zone.zone.id)),
        holds: answers.some((answer) => 'record' in answer && answer.saw !== null),
      };
    })
    .filter(({ grouped, holds }) => grouped || holds);
  return own.sort((a, b) => Number(b.grouped) + Number(b.holds) - Number(a.grouped) - Number(a.holds));
}

/** The record that answers for a name: its own, else the wildcard of the closest name above it that there is (RFC 4592). */
function answers(names: readonly string[], record: string): string | null {
  if (names.includes(record)) return record;
  const labels = record === '@' ? [] : record.split('.');
  for (let cut = 1; cut <= labels.length; cut += 1) {
    const above = labels.slice(cut).join('.');
    const exists = above === '' || names.some((name) => name === above || name.endsWith(`.${above}`));
    if (exists) return above === '' ? '*' : `*.${above}`;
  }
  return null;
}

/** A look-up as an observation. `wanted`: the addresses it should have. */
export const lookupSeen = ({ at, saw, record, zone: { zone } }: Lookup, wanted?: readonly string[]): Observation => ({
  at,
  saw,
  ...(wanted === undefined ? {} : { wanted }),
  about: `record ${record} in ${zone.name}`,
});
