import type { NetworkEvidence } from '../../model/facets/networks.ts';
import type { ForwardingRule, ForwardingRuleset } from '../../model/facets/private-dns.ts';
import { lastPart, sameId, subscriptionOf } from '../../model/ids.ts';
import { cannotSee, type Unknown, unseen, untold } from '../../model/outcome.ts';
import type { PathFacts } from './facts.ts';
import { recordName } from './names.ts';
import { zonesOfRegistry } from './zones.ts';

/** A rule that forwards a query, and the ruleset it is in. */
export interface Forwarding {
  readonly ruleset: string;
  readonly rule: ForwardingRule;
}

/** The rule of a ruleset linked to the network that forwards a query: the one with the longest suffix of it. */
export function ruleFor(query: string, network: string, { dns: { rulesets } }: PathFacts): Forwarding | null {
  const matching = rulesets
    .filter(({ networks }) => networks.state === 'observed' && networks.value.some((id) => sameId(id, network)))
    .flatMap(({ id, rules }) =>
      rules.state === 'observed' ? rules.value.map((rule): Forwarding => ({ ruleset: id, rule })) : [],
    )
    .filter(({ rule }) => matches(rule, query));
  const [first] = matching.sort((a, b) => b.rule.domain.length - a.rule.domain.length);
  return first ?? null;
}

/** Where a rule sends a query: to the network whose private resolver it names, to servers of nobody's knowledge. */
export type Target = { readonly network: string } | { readonly servers: readonly string[] } | Unknown;

export function targetOf({ ruleset, rule: { name, enabled, targets } }: Forwarding): Target {
  if (enabled === null) return untold(`Azure's answer does not tell whether rule ${name} is enabled`);
  const unread = targets.flatMap(({ network }) => (network.state === 'observed' ? [] : [network]));
  if (unread.length > 0)
    return cannotSee(`whose resolver ruleset ${lastPart(ruleset)} forwards to is not known`, unread);
  const networks = [...new Set(targets.map(({ network }) => (network.state === 'observed' ? network.value : null)))];
  const [only] = networks;
  return networks.length === 1 && only ? { network: only } : { servers: targets.map(({ ip }) => ip) };
}

/**
 * Rulesets that were not read, and may forward a query of the network. One that is linked to it, or whose links nobody
 * read, is looked for in its own subscription, in those of the networks it is peered with, and where the registry's
 * zones and endpoints are; what lies in any other subscription is not about this registry.
 */
export function unreadRulesets(queries: readonly string[], network: string, facts: PathFacts): readonly Unknown[] {
  const { rulesets, searched } = facts.dns;
  const lists = searched.filter((one) => one.rulesets.state !== 'observed');
  const parts = rulesets.filter((one) => one.rules.state !== 'observed' || one.networks.state !== 'observed');
  if (lists.length + parts.length === 0) return [];
  const near = subscriptionsNear(network, facts);
  const isNear = (id: string): boolean => near.some((one) => sameId(one, id));
  const mayForward = ({ id, rules, networks }: ForwardingRuleset): boolean =>
    (networks.state === 'observed' ? networks.value.some((one) => sameId(one, network)) : isNear(subscriptionOf(id))) &&
    (rules.state !== 'observed' || rules.value.some((rule) => queries.some((query) => matches(rule, query))));
  return [
    ...lists.filter(({ subscription }) => isNear(subscription)).map((one) => one.rulesets),
    ...parts.filter(mayForward).flatMap(({ rules, networks }) => [rules, networks]),
  ].flatMap((evidence) => (evidence.state === 'observed' ? [] : [unseen(evidence)]));
}

/** No rule forwards anything any more: a resolver's own network is not sent round by a ruleset again. */
export const withoutRulesets = (facts: PathFacts): PathFacts => ({
  ...facts,
  dns: {
    ...facts.dns,
    rulesets: [],
    searched: facts.dns.searched.map((one) => ({ ...one, rulesets: { state: 'observed', value: [], sources: [] } })),
  },
});

function matches({ domain, enabled }: ForwardingRule, query: string): boolean {
  const suffix = domain.replace(/\.$/, '');
  return enabled !== false && (suffix === '' || recordName(query, suffix) !== null);
}

function subscriptionsNear(network: string, facts: PathFacts): readonly string[] {
  const ids = [
    network,
    ...peersOf(network, facts.networks),
    ...zonesOfRegistry(facts).map(({ zone }) => zone.zone.id),
    ...facts.connections.approved.flatMap(({ connection }) => connection.endpointId ?? []),
  ];
  return [...new Set(ids.map((id) => subscriptionOf(id)))];
}

function peersOf(id: string, networks: readonly NetworkEvidence[]): readonly string[] {
  const evidence = networks.find((one) => sameId(one.id, id))?.network;
  return evidence?.state === 'observed' ? evidence.value.peerings.flatMap(({ remote }) => remote ?? []) : [];
}
