import { notCollected } from '../../model/evidence.ts';
import type { NetworkEvidence } from '../../model/facets/networks.ts';
import type { PrivateDns } from '../../model/facets/private-dns.ts';
import { parseId, sameId, subscriptionOf } from '../../model/ids.ts';
import { cannotSee, type Observation, type Unknown, unasked, unseen, untold } from '../../model/outcome.ts';
import type { PathFacts } from './facts.ts';
import { type Forwarding, ruleFor, targetOf, unreadRulesets, withoutRulesets } from './forwarding.ts';
import { aliasOf, type RegistryName, recordName } from './names.ts';
import { type CitedLink, type CitedZone, citedZones, type Lookup, linksTo, linkWords, lookUp } from './zones.ts';

/** Who answers for a name in a network, and what. */
export type Resolution =
  /** A zone that is linked to the network, or to the one that its queries are forwarded to. */
  | { readonly by: 'zone'; readonly answer: Lookup; readonly link: CitedLink; readonly seen: readonly Observation[] }
  /** `no-alias`: no endpoint is approved. `not-linked`: no zone for the name is linked to the network. */
  | { readonly by: 'public'; readonly why: 'no-alias' | 'not-linked'; readonly seen: readonly Observation[] }
  /** Servers that are not Azure's: those of the network, or those that a ruleset forwards to. */
  | { readonly by: 'servers'; readonly servers: readonly string[]; readonly ruleset: string | null }
  | { readonly by: 'unseen'; readonly why: Unknown };

/**
 * Who answers for a name in a network. Azure asks the linked zones, then the forwarding rules of linked rulesets, then
 * public DNS, where the name of a registry with an approved endpoint is an alias in privatelink, for which the linked
 * zones are asked again. The longest suffix answers (Microsoft Learn, "What is Azure DNS Private Resolver?").
 */
export function resolve(name: RegistryName, network: string, facts: PathFacts): Resolution {
  const resolver = resolverOf(network, facts.networks);
  const own = zoneFor(name.fqdn, network, facts);
  const rule = ruleFor(name.fqdn, network, facts);
  // Without an approved endpoint the public name has no private answer, whoever is asked for it.
  if (facts.alias === 'no' && own === null && rule === null)
    return { by: 'public', why: 'no-alias', seen: facts.connections.states };
  if ('servers' in resolver) return { by: 'servers', servers: resolver.servers, ruleset: null };
  if ('verdict' in resolver) return { by: 'unseen', why: resolver };
  if (own !== null) return answered(name.fqdn, own, resolver.azure);
  const over = unreadZones(name.fqdn, facts);
  if (over.length > 0)
    return { by: 'unseen', why: cannotSee(`what answers for ${name.fqdn} in ${nameOf(network)}`, over) };
  if (rule !== null) return forwarded(name, rule, facts);
  if (facts.alias === 'no') return { by: 'public', why: 'no-alias', seen: facts.connections.states };
  const rules = unreadRulesets([name.fqdn], network, facts);
  if (rules.length > 0)
    return { by: 'unseen', why: cannotSee(`what answers for ${name.fqdn} in ${nameOf(network)}`, rules) };

  const alias = aliasOf(name.fqdn, facts.suffix);
  const linked = zoneFor(alias, network, facts);
  const longer = linked === null ? [] : unreadZones(alias, facts, linked.zone);
  if (longer.length > 0)
    return { by: 'unseen', why: cannotSee(`what answers for ${name.fqdn} in ${nameOf(network)}`, longer) };
  if (linked !== null) {
    const answer = answered(alias, linked, resolver.azure);
    const noRecord = answer.by === 'zone' && answer.answer.saw === null;
    return noRecord && facts.alias !== 'yes' ? { by: 'unseen', why: facts.alias } : answer;
  }
  if (facts.alias !== 'yes') return { by: 'unseen', why: facts.alias };
  const aliasRule = ruleFor(alias, network, facts);
  if (aliasRule !== null)
    return {
      by: 'unseen',
      why: untold(
        `whether rule ${aliasRule.rule.name} of a ruleset forwards an alias of a public name is not documented`,
      ),
    };
  const hidden = hiddenFrom(alias, network, facts);
  return hidden.length > 0
    ? { by: 'unseen', why: cannotSee(`what answers for ${name.fqdn} in ${nameOf(network)}`, hidden) }
    : { by: 'public', why: 'not-linked', seen: [resolver.azure, ...absentLinks(alias, network, facts)] };
}

/** Who answers a network's DNS queries: Azure, so that linked zones decide; or servers of the user's. */
export type Resolver = { readonly azure: Observation } | { readonly servers: readonly string[] } | Unknown;

/** The address of Azure's own resolver in every network (Microsoft Learn, "What is IP address 168.63.129.16?"). */
const azureResolver = '168.63.129.16';

export function resolverOf(network: string, networks: readonly NetworkEvidence[]): Resolver {
  const index = networks.findIndex(({ id }) => sameId(id, network));
  const evidence = networks[index]?.network ?? notCollected(`network ${network} was not read`);
  if (evidence.state !== 'observed')
    return cannotSee(`whether network ${nameOf(network)} asks Azure's zones could not be seen`, [evidence]);
  const { dnsServers: saw, name } = evidence.value;
  return saw.every((server) => server === azureResolver)
    ? { azure: { at: `networks/${index}/network/value/dnsServers`, saw, about: `DNS servers of ${name}` } }
    : { servers: saw };
}

/** The zone that a network asks for a query: of those linked to it the one with the longest suffix of it. */
export function zoneFor(query: string, network: string, { dns }: PathFacts): Linked | null {
  const linked = citedZones(dns)
    .filter(({ zone }) => recordName(query, zone.name) !== null)
    .flatMap((zone) => linksTo(zone, network).map((link): Linked => ({ zone, link })))
    .filter(({ link }) => link.state !== 'broken');
  const longest = Math.max(...linked.map(({ zone }) => zone.zone.name.length));
  const asked = linked.filter(({ zone }) => zone.zone.name.length === longest);
  return asked.find(({ link }) => link.state === 'linked') ?? asked[0] ?? null;
}

export interface Linked {
  readonly zone: CitedZone;
  readonly link: CitedLink;
}

function answered(query: string, { zone, link }: Linked, resolver: Observation): Resolution {
  if (link.state !== 'linked')
    return {
      by: 'unseen',
      why: untold(
        `${linkWords(link)}: ${link.state === 'being made' ? 'it is being made, look again in a minute' : 'whether it resolves is not known'}`,
      ),
    };
  const answer = lookUp(query, zone);
  return 'verdict' in answer ? { by: 'unseen', why: answer } : { by: 'zone', answer, link, seen: [resolver] };
}

/** Follows a rule to the network whose private resolver it names. */
function forwarded(name: RegistryName, rule: Forwarding, facts: PathFacts): Resolution {
  const target = targetOf(rule);
  if ('verdict' in target) return { by: 'unseen', why: target };
  if ('servers' in target) return { by: 'servers', servers: target.servers, ruleset: nameOf(rule.ruleset) };
  return resolve(name, target.network, withoutRulesets(facts));
}

/** Zones that answer before a linked one, by their longer name, and of which nobody knows to what they are linked. */
const unreadZones = (query: string, { dns }: PathFacts, linked?: CitedZone): readonly Unknown[] =>
  citedZones(dns)
    .filter(({ zone }) => recordName(query, zone.name) !== null)
    .filter(({ zone }) => zone.name.length > (linked?.zone.name.length ?? 0))
    .flatMap(unreadParts);

/** What is not known of a zone whose links are not: whoever may read the links alone is refused at the records. */
const unreadParts = ({ zone: { links, records } }: CitedZone): readonly Unknown[] =>
  links.state === 'observed'
    ? []
    : [links, records].flatMap((part) => (part.state === 'observed' ? [] : [unseen(part)]));

/**
 * What may answer in place of the zones that were seen. While a readable zone holds the registry's records, or every
 * endpoint's zone group names a readable zone, a zone that is not readable is another registry's: linked or not, it
 * decides nothing about this one.
 */
export function hiddenFrom(alias: string, network: string, facts: PathFacts): readonly Unknown[] {
  const { dns, connections } = facts;
  const forwarding = unreadRulesets([alias], network, facts);
  const groups = connections.approved.map(({ connection: { endpoint } }) =>
    endpoint.state === 'observed' ? endpoint.value.zoneGroups : endpoint,
  );
  const unreadGroups = groups.flatMap((group) => (group.state === 'observed' ? [] : [unseen(group)]));
  const ids = groups.flatMap((group) => (group.state === 'observed' ? group.value.flatMap(({ zones }) => zones) : []));
  const holding = citedZones(dns).filter(({ zone }) => recordName(alias, zone.name) !== null);
  const ofGroups = holding.filter(({ zone }) => ids.some((id) => sameId(id, zone.id)));
  const absent = ids
    .filter((id) => recordName(alias, nameOf(id)) !== null && !dns.zones.some((zone) => sameId(zone.id, id)))
    .map((id) => unlisted(dns)[0] ?? unasked(`zone ${id} was not read`));
  const own = [...forwarding, ...unreadGroups, ...ofGroups.flatMap(unreadParts), ...absent];
  if (own.length > 0 || isHeld(alias, holding) || (ids.length > 0 && ofGroups.length > 0)) return own;
  return [...holding.flatMap(unreadParts), ...unlisted(dns), ...unsearched(network, facts)];
}

/** Subscriptions that would not list their zones: one may hide there. */
const unlisted = ({ searched }: PrivateDns): readonly Unknown[] =>
  searched.flatMap(({ zones }) => (zones.state === 'observed' ? [] : [unseen(zones)]));

const isHeld = (query: string, zones: readonly CitedZone[]): boolean =>
  zones.some((zone) => {
    const answer = lookUp(query, zone);
    return zone.zone.links.state === 'observed' && !('verdict' in answer) && answer.saw !== null;
  });

/** A zone may be in a subscription nobody searched; where the network's own was searched, we say what was not found. */
function unsearched(network: string, { dns }: PathFacts): readonly Unknown[] {
  const subscription = subscriptionOf(network);
  return dns.searched.some((search) => sameId(search.subscription, subscription))
    ? []
    : [unasked(`${subscription} was not searched for private DNS zones`)];
}

/** The links that would make a zone answer, were they there. */
const absentLinks = (alias: string, network: string, { dns }: PathFacts): readonly Observation[] =>
  citedZones(dns)
    .filter(({ zone }) => recordName(alias, zone.name) !== null && zone.links.state === 'observed')
    .map(({ at, zone }) => ({
      at: `${at}/links/value/${nameOf(network)}` as const,
      saw: null,
      wanted: 'a link',
      about: `link of ${zone.name} to ${nameOf(network)}`,
    }));

const nameOf = (id: string): string => parseId(id)?.name ?? id;
