import { commands, defineCheck, verdict } from '../../src/check.ts';

const counted = /^(webhooks|tokens|scopemaps|iprules|vnetrules|privateendpointconnections)$/i;

export default defineCheck({
  id: 'limits-within-reach',
  title: 'No count of the registry has come near its limit',
  problem: 'A count of the registry is at nine tenths of its limit or more',
  severity: 'low',
  profile: 'recommended',
  profileReason: 'At the limit the next token, rule or endpoint is refused, usually in an incident.',
  since: '1.0',
  area: 'governance',
  needs: ['registry', 'usages'],

  why: 'A new network, client or region cannot be let in while the limit is reached.',
  symptom: 'Creating a token, a rule or an endpoint connection is refused with a limit.',
  cause:
    'Tokens, scope maps, rules and connections are made by scripts, and nobody deletes the ones that went out of use.',
  confirm: ['az acr show-usage --name <registry> --subscription <subscription>'],
  fix: {
    steps: [
      commands.manual('Delete the tokens, scope maps, rules, webhooks or connections that nobody uses any more.'),
    ],
    breaks: 'Whoever still uses what is deleted.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/container-registry-skus'],

  evaluate: ({ registry, usages }) =>
    verdict.on(
      usages.flatMap(({ name, currentValue, limit }, index): readonly verdict.Part[] => {
        if (!counted.test(name)) return [];
        const thing = `usage/${name}`;
        if (limit === null) return [verdict.unclear(thing, verdict.untold(`Azure's answer has no limit of ${name}`))];
        // Azure writes -1 where there is no limit.
        if (limit < 1) return [];
        if (currentValue === null)
          return [verdict.unclear(thing, verdict.untold(`Azure's answer has no count of ${name}`))];
        const seen = [
          { at: `usages/${index}/currentValue`, about: name, saw: currentValue },
          { at: `usages/${index}/limit`, about: name, saw: limit },
        ] as const;
        const words = `${name}: ${currentValue} of ${limit}`;
        if (currentValue * 10 < limit * 9) return [verdict.good(thing, seen)];
        // A Basic registry is sold with two webhooks, and whoever uses both has what was bought.
        const bought = /^webhooks$/i.test(name) && (registry.sku === 'Basic' || registry.sku === 'Standard');
        return [bought ? verdict.good(thing, seen, words) : verdict.bad(thing, seen, words)];
      }),
      'no usage with a limit is listed',
    ),
});
