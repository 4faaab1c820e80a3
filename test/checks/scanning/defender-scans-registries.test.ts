import check from '../../../checks/scanning/defender-scans-registries.ts';
import type { DefenderPlan } from '../../../src/model/facets/defender-plans.ts';
import { testCheck } from '../../support.ts';

const scan = 'ContainerRegistriesVulnerabilityAssessments';
const plan = (name: string, tier: DefenderPlan['tier'], enabled?: boolean | null): DefenderPlan => ({
  name,
  tier,
  extensions: enabled === undefined ? [] : [{ name: scan, enabled, outcome: null }],
  coverage: null,
});
const bought = (...defenderPlans: DefenderPlan[]) => ({ defenderPlans });

testCheck(
  check,
  [
    [
      'pass',
      'Containers scans',
      bought(plan('Containers', 'Standard', true)),
      { cites: ['defenderPlans/0/tier', 'defenderPlans/0/extensions'] },
    ],
    [
      'pass',
      'the posture plan brings the scan',
      bought(plan('Containers', 'Free'), plan('CloudPosture', 'Standard', true)),
      {
        cites: ['defenderPlans/1/tier', 'defenderPlans/1/extensions'],
        irrelevant: { 'defenderPlans/*/tier': 'one plan that scans is enough, whatever is bought beside it' },
      },
    ],
    [
      'fail',
      'Containers is paid for without the scan',
      bought(plan('Containers', 'Standard')),
      { says: 'switched off' },
    ],
    [
      'fail',
      'the scan is switched off',
      bought(plan('Containers', 'Standard', false)),
      { says: 'switched off', fix: scan },
    ],
    [
      'fail',
      'nothing is paid for',
      bought(plan('Containers', 'Free'), plan('CloudPosture', 'Free')),
      { cites: ['defenderPlans/0/tier', 'defenderPlans/1/tier'] },
    ],
    ['fail', 'the extension is left over on a plan that is free now', bought(plan('Containers', 'Free', true))],
    [
      'fail',
      'only the retired plan is Standard',
      bought(plan('ContainerRegistry', 'Standard'), plan('Containers', 'Free')),
      { cites: ['defenderPlans/1/tier'] },
    ],
    [
      'fail',
      'no plan of the kind is listed',
      bought(plan('ContainerRegistry', 'Standard')),
      { cites: ['defenderPlans'] },
    ],
    [
      'pass',
      'it covers everything, and switching it on succeeded',
      bought({
        ...plan('Containers', 'Standard'),
        extensions: [{ name: scan, enabled: true, outcome: 'Succeeded' }],
        coverage: 'FullyCovered',
      }),
    ],
    [
      'fail',
      'the extension is on, and switching it on failed',
      bought({ ...plan('Containers', 'Standard'), extensions: [{ name: scan, enabled: true, outcome: 'Failed' }] }),
      { says: 'failed' },
    ],
    [
      'unknown',
      'some resources are left out, and Azure does not say which',
      bought({ ...plan('Containers', 'Standard', true), coverage: 'PartiallyCovered' }),
      { says: 'PartiallyCovered' },
    ],
    [
      'unknown',
      'an extension has no name: it may be the one',
      bought({ ...plan('Containers', 'Standard'), extensions: [{ name: null, enabled: true, outcome: null }] }),
    ],
    [
      'fail',
      'the posture plan is there already: its extension is the one to switch on, and what is on stays on',
      bought(plan('Containers', 'Free'), {
        ...plan('CloudPosture', 'Standard'),
        extensions: [{ name: 'AgentlessVmScanning', enabled: true, outcome: null }],
      }),
      { fix: /--name CloudPosture .*name=AgentlessVmScanning isEnabled=True .*ContainerRegistriesVulnerability/ },
    ],
    [
      'fail',
      'two plans are paid for without the scan: that of the posture plan is no new bill',
      bought(plan('Containers', 'Standard'), plan('CloudPosture', 'Standard')),
      { fix: /--name CloudPosture / },
    ],
    ['unknown', 'the extension is in a state nobody knows', bought(plan('Containers', 'Standard', null))],
    ['unknown', 'ARM left the tier out', bought(plan('Containers', null, true))],
    [
      'fail',
      'a government cloud has the scan, and it is switched off',
      bought(plan('Containers', 'Standard', false)),
      { cloud: { name: 'usgov' } },
    ],
    [
      'unknown',
      'a government cloud lists no such plan',
      bought(plan('VirtualMachines', 'Standard')),
      { cloud: { name: 'usgov' }, says: 'usgov' },
    ],
    [
      'unknown',
      'a government cloud has the plan without the scan',
      bought(plan('Containers', 'Standard'), plan('VirtualMachines', 'Free')),
      { cloud: { name: 'usgov' }, says: 'usgov' },
    ],
    [
      'not-applicable',
      'the cloud is China',
      bought(plan('Containers', 'Free', false)),
      { cloud: { name: 'china' }, says: 'China' },
    ],
  ],
  {
    'defenderPlans/*/coverage': 'older answers leave it out; it is said where resources are left out',
    'defenderPlans/*/extensions/*/outcome': 'it is said of the latest change only',
  },
);
