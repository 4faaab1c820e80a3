import * as v from 'valibot';
import { type Evidence, observed } from '../model/evidence.ts';
import type { ForwardingRule, ForwardingRuleset } from '../model/facets/private-dns.ts';
import { byId, sameId, subscriptionOf } from '../model/ids.ts';
import type { Observe, Permission } from './observe.ts';
import { armId, listOf, read, text, told } from './read.ts';

/** The api-version of DNS private resolvers and their rulesets. */
const resolverApiVersion = '2022-07-01';

export const mayForward = {
  rulesets: 'Microsoft.Network/dnsForwardingRulesets/read',
  rules: 'Microsoft.Network/dnsForwardingRulesets/forwardingRules/read',
  links: 'Microsoft.Network/dnsForwardingRulesets/virtualNetworkLinks/read',
  resolvers: 'Microsoft.Network/dnsResolvers/read',
  inbound: 'Microsoft.Network/dnsResolvers/inboundEndpoints/read',
} as const satisfies Record<string, Permission>;

const idWire = v.object({ id: armId });

const ruleWire = v.object({
  name: text,
  properties: v.object({
    domainName: text,
    forwardingRuleState: told(text),
    targetDnsServers: listOf(v.object({ ipAddress: text })),
  }),
});

type Ruleset = Omit<ForwardingRuleset, 'rules'> & { readonly rules: Evidence<readonly Rule[]> };

type Rule = Omit<ForwardingRule, 'targets'> & { readonly servers: readonly string[] };

/** Reads a rule of a forwarding ruleset. */
export function parseForwardingRule(body: unknown): Rule {
  const { name, properties } = read('a DNS forwarding rule', ruleWire, body);
  const { domainName, forwardingRuleState: state, targetDnsServers } = properties;
  return {
    name,
    domain: domainName.toLowerCase(),
    enabled: state === null ? null : state.toLowerCase() !== 'disabled',
    servers: targetDnsServers.map(({ ipAddress }) => ipAddress),
  };
}

const linkWire = v.object({ properties: v.object({ virtualNetwork: v.object({ id: armId }) }) });

const resolverWire = v.object({
  id: armId,
  properties: v.object({ virtualNetwork: v.object({ id: armId }) }),
});

const inboundWire = v.object({
  properties: v.object({ ipConfigurations: listOf(v.object({ privateIpAddress: text })) }),
});

/** An address that a private resolver answers at, and the network whose zones it answers by. */
interface Inbound {
  readonly ip: string;
  readonly network: string;
}

/** The addresses of the resolvers of a subscription, or of one of them. */
interface Answering {
  readonly subscription: string;
  readonly inbound: Evidence<readonly Inbound[]>;
}

type Subscriptions = readonly { readonly id: string }[];

/** The ids of the rulesets in a subscription. */
export const listRulesets = (observe: Observe, subscription: string): Promise<Evidence<readonly string[]>> =>
  observe({
    permissions: [mayForward.rulesets],
    scope: subscription,
    ask: async (azure, each) =>
      each(
        await azure.list(`${subscription}/providers/Microsoft.Network/dnsForwardingRulesets`, resolverApiVersion),
        (body) => read('a DNS forwarding ruleset', idWire, body).id,
      ),
  });

/** Rulesets with the rules that concern names of registries. Private resolvers are only asked for where such a rule is. */
export async function readRulesets(
  observe: Observe,
  ids: readonly string[],
  subscriptions: Subscriptions,
  registrySuffix: string,
): Promise<readonly ForwardingRuleset[]> {
  const rulesets = await Promise.all(ids.map((id) => rulesetAt(observe, id, registrySuffix)));
  const concerned = rulesets.some(({ rules }) => rules.state === 'observed' && rules.value.length > 0);
  const inbound = concerned ? await inboundEndpoints(observe, subscriptions) : [];
  return rulesets
    .map((ruleset): ForwardingRuleset => ({ ...ruleset, rules: withNetworks(ruleset, inbound) }))
    .sort(byId);
}

async function rulesetAt(observe: Observe, id: string, registrySuffix: string): Promise<Ruleset> {
  const [rules, networks] = await Promise.all([
    observe({
      permissions: [mayForward.rules],
      scope: id,
      ask: async (azure, each) =>
        (await each(await azure.list(`${id}/forwardingRules`, resolverApiVersion), parseForwardingRule)).filter(
          ({ domain }) => concerns(domain, registrySuffix),
        ),
    }),
    observe({
      permissions: [mayForward.links],
      scope: id,
      ask: async (azure, each) =>
        each(
          await azure.list(`${id}/virtualNetworkLinks`, resolverApiVersion),
          (body) => read('a link of a DNS forwarding ruleset', linkWire, body).properties.virtualNetwork.id,
        ),
    }),
  ]);
  return { id, rules, networks };
}

/** Rules for a parent of the registries' names, for one of them, or for every name. */
function concerns(domain: string, registrySuffix: string): boolean {
  const [rule, names] = [`.${domain.replace(/\.$/, '')}`, `.${registrySuffix}`];
  return rule === '.' || rule.endsWith(names) || names.endsWith(rule);
}

/**
 * An address that two resolvers have, in networks that do not know each other, tells nothing. A resolver that could not
 * be read may have it where it is in the subscription of the ruleset or of a network that this is linked to.
 */
function withNetworks({ id, rules, networks }: Ruleset, answering: readonly Answering[]): ForwardingRuleset['rules'] {
  if (rules.state !== 'observed') return rules;
  const near = [id, ...(networks.state === 'observed' ? networks.value : [])].map(subscriptionOf);
  const known = answering.flatMap(({ inbound }) => (inbound.state === 'observed' ? inbound.value : []));
  const [unread] = answering
    .filter(({ subscription }) => near.some((one) => sameId(one, subscription)))
    .flatMap(({ inbound }) => (inbound.state === 'observed' ? [] : [inbound]));
  const networkAt = (ip: string): Evidence<string | null> => {
    const [found, another] = known.filter((one) => one.ip === ip);
    if (found) return observed(another ? null : found.network);
    return unread ?? observed(null);
  };
  return {
    ...rules,
    value: rules.value.map(({ servers, ...rule }) => ({
      ...rule,
      targets: servers.map((ip) => ({ ip, network: networkAt(ip) })),
    })),
  };
}

/** Where private resolvers answer, and which of them could not be asked for it. */
async function inboundEndpoints(observe: Observe, subscriptions: Subscriptions): Promise<readonly Answering[]> {
  const found = await Promise.all(subscriptions.map(({ id }) => inboundIn(observe, id)));
  return found.flat();
}

async function inboundIn(observe: Observe, subscription: string): Promise<readonly Answering[]> {
  const resolvers = await observe({
    permissions: [mayForward.resolvers],
    scope: subscription,
    ask: async (azure, each) =>
      each(await azure.list(`${subscription}/providers/Microsoft.Network/dnsResolvers`, resolverApiVersion), (body) =>
        read('a DNS private resolver', resolverWire, body),
      ),
  });
  if (resolvers.state !== 'observed') return [{ subscription, inbound: resolvers }];
  const asked = resolvers.value.map(async ({ id, properties: { virtualNetwork } }) => {
    const inbound = await observe({
      permissions: [mayForward.inbound],
      scope: id,
      ask: async (azure, each) =>
        (
          await each(
            await azure.list(`${id}/inboundEndpoints`, resolverApiVersion),
            (body) => read('an inbound endpoint', inboundWire, body).properties.ipConfigurations,
          )
        )
          .flat()
          .map(({ privateIpAddress: ip }): Inbound => ({ ip, network: virtualNetwork.id })),
    });
    return { subscription, inbound };
  });
  return Promise.all(asked);
}
