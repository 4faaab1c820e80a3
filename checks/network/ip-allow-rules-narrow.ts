import { commands, defineCheck, path, verdict } from '../../src/check.ts';

// Removed before another is listed, the last rule takes the way in from everybody.
const listedFirst = [
  commands.manual(
    'Find the public addresses that your clients leave from (NAT gateways, firewalls, static addresses of runners), and list each of them before any range goes.',
  ),
  commands.addIpRule('<address-range>'),
];

export default defineCheck({
  id: 'ip-allow-rules-narrow',
  title: 'The allowed address ranges are narrow and public',
  problem: 'The allowed address ranges admit far too many addresses, or none',
  severity: 'high',
  profile: 'recommended',
  profileReason: 'A list that admits half of the internet looks like a restriction and is none.',
  since: '1.0',
  article: ['Private endpoints + firewall', 'Network settings'],
  area: 'network',
  needs: ['registry'],

  why: 'Whoever has an address in an allowed range may try stolen credentials. A private range admits nobody and hides that the list is wrong.',
  symptom: 'The registry is set to selected networks, and yet `docker login` works from almost anywhere.',
  cause: 'A cloud provider or a whole region was listed to make one job work, or two halves stand in for 0.0.0.0/0.',
  confirm: [
    'az acr network-rule list --name <registry> --subscription <subscription> --query "ipRules[].ipAddressOrRange"',
  ],
  fix: {
    steps: [
      commands.manual(
        'Replace broad ranges by the addresses your networks leave from: az acr network-rule add, then remove.',
      ),
    ],
    breaks: 'Clients that were admitted by a removed range only: list the addresses they really come from first.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/container-registry-access-selected-networks'],

  evaluate({ registry }) {
    const notPremium = verdict.unlessPremium(registry, 'a list of allowed addresses');
    if (notPremium) return notPremium;
    const access = path.publicAccess(registry);
    const rules = registry.networkRuleSet?.ipRules ?? null;
    if (access === null)
      return verdict.untold("Azure's answer does not tell which networks the public endpoint answers");
    if (access === 'open')
      return verdict.notApplicable('the public endpoint answers every network, whatever the list says');
    if (access === 'disabled')
      return verdict.notApplicable(
        rules?.length === 0
          ? 'public access is off, and no range is listed'
          : `public access is off; switched back on, it would admit ${rules?.length ?? 'an unknown number of'} listed ranges`,
      );

    const at = 'registry/networkRuleSet/ipRules';
    if (rules === null) return verdict.notSaid(at, null);
    const odd = rules.find((rule) => !path.isRange(rule));
    if (odd !== undefined) return verdict.untold(`rule '${odd}' is no IPv4 address or range`);
    const { size, flawed } = path.judgeRules(rules);
    const sum = `together the rules admit ${size} addresses`;
    const seen = flawed.map((one) => one.seen);
    if (verdict.isSome(seen))
      return verdict.fail(seen, [...flawed.map(({ rule, flaw }) => `${rule} ${flaw}`), sum].join('; '), [
        ...listedFirst,
        ...flawed.map(({ rule }) => commands.removeIpRule(rule)),
      ]);
    return size > path.mostAddresses
      ? verdict.fail({ at, saw: rules, wanted: `at most ${path.mostAddresses} addresses` }, sum)
      : verdict.pass({ at, saw: rules }, sum);
  },
});
