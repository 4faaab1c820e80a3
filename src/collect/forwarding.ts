import * as v from 'valibot';
import { type Evidence, observed } from '../model/evidence.ts';
import type { ForwardingRule, ForwardingRuleset } from '../model/facets/private-dns.ts';
import { byId } from '../model/ids.ts';
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

/**
 * The rulesets of the subscriptions with the rules that concern names of registries. Private resolvers are only asked
 * for where such a rule is.
 */
export async function forwardingOf(
  observe: Observe,
  subscriptions: readonly { readonly id: string }[],
  registrySuffix: string,
): Promise<Evidence<readonly ForwardingRuleset[]>> {
  const lists = await Promise.all(
    subscriptions.map(({ id }) =>
      observe({
        permissions: [mayForward.rulesets],
        scope: id,
        ask: async (azure, each) =>
          each(
            await azure.list(`${id}/providers/Microsoft.Network/dnsForwardingRulesets`, resolverApiVersion),
            (body) => read('a DNS forwarding ruleset', idWire, body).id,
          ),
      }),
    ),
  );
  const unread = lists.find((list) => list.state !== 'observed');
  const ids = lists.flatMap((list) => (list.state === 'observed' ? list.value : []));
  if (unread && ids.length === 0) return unread;
  const rulesets = await Promise.all(ids.map((id) => rulesetAt(observe, id, registrySuffix)));
  const concerned = rulesets.some(({ rules }) => rules.state !== 'observed' || rules.value.length > 0);
  const inbound = concerned ? await inboundEndpoints(observe, subscriptions) : [];
  return observed(
    rulesets
      .map((ruleset): ForwardingRuleset => ({ ...ruleset, rules: withNetworks(ruleset.rules, inbound) }))
      .sort(byId),
  );
}

async function rulesetAt(observe: Observe, id: string, registrySuffix: string) {
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

/** An address that two resolvers have, in networks that do not know each other, tells nothing. */
function withNetworks(rules: Evidence<readonly Rule[]>, inbound: readonly Inbound[]): ForwardingRuleset['rules'] {
  if (rules.state !== 'observed') return rules;
  const networkAt = (ip: string): string | null => {
    const [found, another] = inbound.filter((one) => one.ip === ip);
    return found && !another ? found.network : null;
  };
  return {
    ...rules,
    value: rules.value.map(({ servers, ...rule }) => ({
      ...rule,
      targets: servers.map((ip) => ({ ip, network: networkAt(ip) })),
    })),
  };
}

/** Where private resolvers answer. One that cannot be read is none that we know: what it answers is then not known. */
async function inboundEndpoints(
  observe: Observe,
  subscriptions: readonly { readonly id: string }[],
): Promise<readonly Inbound[]> {
  const found = await Promise.all(
    subscriptions.map(({ id }) =>
      observe({
        permissions: [mayForward.resolvers],
        scope: id,
        ask: async (azure, each) =>
          each(await azure.list(`${id}/providers/Microsoft.Network/dnsResolvers`, resolverApiVersion), (body) =>
            read('a DNS private resolver', resolverWire, body),
          ),
      }),
    ),
  );
  const resolvers = found.flatMap((list) => (list.state === 'observed' ? list.value : []));
  const endpoints = await Promise.all(
    resolvers.map(({ id, properties: { virtualNetwork } }) =>
      observe({
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
      }),
    ),
  );
  return endpoints.flatMap((list) => (list.state === 'observed' ? list.value : []));
}
