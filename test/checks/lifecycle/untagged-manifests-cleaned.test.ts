import check from '../../../checks/lifecycle/untagged-manifests-cleaned.ts';
import type { Registry } from '../../../src/model/facets/registry.ts';
import { acr, testCheck } from '../../support.ts';

const status = 'registry/policies/retention/status';
const days = 'registry/policies/retention/days';
const retention = (state: 'enabled' | 'disabled', after: number | null, sku: Registry['sku'] = 'Premium') => ({
  registry: acr({ sku, policies: { retention: { status: state, days: after } } }),
});

testCheck(
  check,
  [
    ['pass', 'they go after a week', retention('enabled', 7), { cites: [status, days] }],
    ['pass', 'they go on the last day that is allowed', retention('enabled', 30), { cites: [status, days] }],
    ['pass', 'the limit was raised for them', retention('enabled', 90), { options: { maxDays: 90 } }],
    ['fail', 'they stay longer than a month', retention('enabled', 31), { cites: [days], says: '31 days' }],
    ['fail', 'they go at once and for good', retention('enabled', 0), { cites: [days], says: 'the moment' }],
    [
      'fail',
      'the policy is off',
      retention('disabled', 7),
      { cites: [status], says: 'rules soft delete out', fix: /Decide once.*rules soft delete out.*retention update/s },
    ],
    [
      'not-applicable',
      'soft delete is on, which excludes retention',
      {
        registry: acr({
          policies: { retention: { status: 'disabled', days: 7 }, softDelete: { status: 'enabled', retentionDays: 7 } },
        }),
      },
      { says: 'refuses retention' },
    ],
    ...[7, 0, 400].map(
      (after) =>
        [
          'not-applicable',
          `both are on, with ${after} days: which of them rules is another check's question`,
          {
            registry: acr({
              policies: {
                retention: { status: 'enabled', days: after },
                softDelete: { status: 'enabled', retentionDays: 7 },
              },
            }),
          },
          { says: 'refuses the two together' },
        ] as const,
    ),
    ['not-applicable', 'the registry is Standard', retention('disabled', 7, 'Standard'), { says: 'Standard' }],
    ['not-applicable', 'the registry is Basic', retention('disabled', 7, 'Basic'), { says: 'Basic' }],
    ['unknown', 'ARM left the policy out', { registry: acr() }],
    ['unknown', 'ARM left the days out', retention('enabled', null)],
  ],
  {
    'registry/policies/softDelete': 'older api-versions do not show it, and where retention is on Azure refuses it',
    'registry/policies/softDelete/status': 'as above',
  },
);
