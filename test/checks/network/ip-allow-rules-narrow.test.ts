import check from '../../../checks/network/ip-allow-rules-narrow.ts';
import { acr, testCheck } from '../../support.ts';

const list = 'registry/networkRuleSet/ipRules';
const allowing = (...ipRules: string[]) => ({
  registry: acr({
    publicNetworkAccess: 'Enabled',
    networkRuleSet: { defaultAction: 'Deny', ipRules, virtualNetworkRules: null },
  }),
});

testCheck(check, [
  [
    'pass',
    'two small networks are listed',
    allowing('20.50.2.1', '13.64.180.0/24'),
    { cites: [list], says: 'admit 257 addresses' },
  ],
  ['pass', 'nothing is listed', allowing(), { cites: [list] }],
  ['pass', 'one network is listed twice, which counts once', allowing('20.50.0.0/17', '20.50.0.0/17', '20.50.64.0/18')],
  ['pass', 'the list holds a /16, and no more', allowing('20.50.0.0/16')],
  [
    'fail',
    'two halves add up to the whole internet',
    allowing('0.0.0.0/1', '128.0.0.0/1', '20.50.2.1'),
    {
      cites: [`${list}/0`, `${list}/1`],
      says: /0\.0\.0\.0\/1 is a \/8 or broader; .*admit 4294967296 addresses/,
      fix: /^Find the public addresses .*\naz acr network-rule add .*\n.*remove .*--ip-address 0\.0\.0\.0\/1\n.*--ip-address 128\.0\.0\.0\/1$/,
    },
  ],
  [
    'fail',
    'the whole internet is one rule, which goes only after another is listed',
    allowing('0.0.0.0/0'),
    { cites: [`${list}/0`], fix: /^Find .*\naz acr network-rule add .*\naz acr network-rule remove .*$/ },
  ],
  ['fail', 'a /8 is listed', allowing('20.0.0.0/8'), { cites: [`${list}/0`] }],
  [
    'fail',
    'narrow rules add up to too many addresses',
    allowing('20.50.0.0/16', '20.51.0.0/24'),
    { cites: [list], says: 'admit 65792 addresses' },
  ],
  [
    'fail',
    'a private range admits nobody',
    allowing('10.1.0.0/16'),
    { cites: [`${list}/0`], says: '10.1.0.0/16 holds no public address' },
  ],
  ['fail', 'a carrier-grade range does not either', allowing('100.64.3.0/24'), { cites: [`${list}/0`] }],
  [
    'not-applicable',
    'public access is off, and the rules are dormant',
    {
      registry: acr({
        publicNetworkAccess: 'Disabled',
        networkRuleSet: { defaultAction: 'Deny', ipRules: ['0.0.0.0/0'], virtualNetworkRules: null },
      }),
    },
    { says: 'would admit 1 listed ranges' },
  ],
  [
    'not-applicable',
    'every network is admitted',
    {
      registry: acr({
        publicNetworkAccess: 'Enabled',
        networkRuleSet: { defaultAction: 'Allow', ipRules: [], virtualNetworkRules: null },
      }),
    },
    { says: 'every network' },
  ],
  [
    'not-applicable',
    'Basic has no rules',
    { registry: acr({ sku: 'Basic', publicNetworkAccess: 'Enabled' }) },
    { says: 'Basic' },
  ],
  ['unknown', 'a rule is no IPv4 range', allowing('2001:db8::/32'), { says: '2001:db8::/32' }],
  ['unknown', 'a rule is cut short', allowing('20.50.2'), { says: '20.50.2' }],
  ['unknown', 'ARM left publicNetworkAccess out', { registry: acr() }],
  [
    'unknown',
    'ARM left the rules out',
    {
      registry: acr({
        publicNetworkAccess: 'Enabled',
        networkRuleSet: { defaultAction: 'Deny', ipRules: null, virtualNetworkRules: null },
      }),
    },
    { says: 'ipRules' },
  ],
]);
