import check from '../../../checks/scanning/no-severe-running-images.ts';
import { roleIds } from '../../../src/facts/access/roles.ts';
import { denied, observed } from '../../../src/model/evidence.ts';
import type { DefenderPlan } from '../../../src/model/facets/defender-plans.ts';
import type { RunningImage } from '../../../src/model/facets/running-images.ts';
import { cluster, consumers } from '../../clusters.ts';
import { assigned, roles, subscriptionId } from '../../roles.ts';
import { acr, testCheck } from '../../support.ts';

const registry = acr({ loginServer: 'Contoso.azurecr.io', roleAssignmentMode: 'LegacyRegistryPermissions' });
const image = (digest: string, counts: Partial<RunningImage> = {}): RunningImage => ({
  host: 'contoso.azurecr.io',
  repository: 'payments/api',
  digest: `sha256:${digest}`,
  critical: 0,
  high: 0,
  other: 0,
  unrated: 0,
  fixable: 0,
  ...counts,
});
const spoke = '/subscriptions/00000000-0000-0000-0000-000000000002';
const running = (...findings: readonly RunningImage[]) => [
  { subscription: subscriptionId, findings: observed(findings) },
];
const elsewhere = (...findings: readonly RunningImage[]) => [{ subscription: spoke, findings: observed(findings) }];
const plan = (extension: string, enabled: boolean | null = true, name = 'Containers'): DefenderPlan[] => [
  { name, tier: 'Standard', extensions: [{ name: extension, enabled, outcome: null }], coverage: null },
];
const discovery = 'AgentlessDiscoveryForKubernetes';
const clusterPlans = (plans: DefenderPlan[]) => [{ subscription: subscriptionId, plans: observed(plans) }];
const aks = {
  consumers: consumers(cluster('aks')),
  roleAssignments: roles([assigned(roleIds.acrPull, { principalId: 'kubelet-aks' })]),
};
const noCluster = { consumers: consumers(), roleAssignments: roles([]) };
const refused = denied('no', [{ action: 'Microsoft.Security/assessments/read', scope: spoke }]);

testCheck(
  check,
  [
    [
      'pass',
      'what runs has findings of lesser severity',
      { registry, runningImages: running(image('aa', { other: 7 })), ...aks },
      { cites: ['runningImages/0/findings/value/0/critical', 'runningImages/0/findings/value/0/high'] },
    ],
    [
      'fail',
      'an image that runs in another subscription has severe findings, some of them with a fix',
      { registry, runningImages: elsewhere(image('aa', { critical: 1, high: 2, fixable: 2 })) },
      {
        cites: ['runningImages/0/findings/value/0/critical'],
        says: '1 critical and 2 high findings in 1 running image, worst payments/api@sha256:aa; 2 of them have a published fix',
      },
    ],
    [
      'fail',
      'none of them has a fix',
      { registry, runningImages: running(image('aa', { high: 1 })) },
      { says: /sha256:aa$/ },
    ],
    [
      'not-applicable',
      'agentless discovery is on where the cluster is, and Defender is silent',
      { registry, runningImages: running(), ...aks, clusterPlans: clusterPlans(plan(discovery, true, 'CloudPosture')) },
      { says: 'no running image of this registry is known to Defender' },
    ],
    [
      'not-applicable',
      'the sensor is on',
      { registry, runningImages: running(), ...aks, clusterPlans: clusterPlans(plan('ContainerSensor')) },
    ],
    [
      'not-applicable',
      'only images of another registry run',
      {
        registry,
        runningImages: running(image('aa', { host: 'fabrikam.azurecr.io', critical: 1 })),
        ...noCluster,
        defenderPlans: plan(discovery),
      },
    ],
    ['not-applicable', 'Azure China has no Defender', { registry, runningImages: [] }, { cloud: { name: 'china' } }],
    [
      'unknown',
      'neither is on where the cluster is, whatever is on where the registry is',
      {
        registry,
        runningImages: running(),
        ...aks,
        clusterPlans: clusterPlans(plan(discovery, false)),
        defenderPlans: plan(discovery),
      },
      { says: 'its silence proves nothing' },
    ],
    [
      'unknown',
      'no cluster is known, and neither is on',
      { registry, runningImages: [], ...noCluster, defenderPlans: plan('ContainerRegistriesVulnerabilityAssessments') },
      { says: 'its silence proves nothing' },
    ],
    [
      'unknown',
      'Azure does not tell whether discovery is on',
      { registry, runningImages: running(), ...aks, clusterPlans: clusterPlans(plan(discovery, null)) },
      { says: 'is not told' },
    ],
    [
      'unknown',
      'the plans where the cluster is may not be read',
      { registry, runningImages: running(), ...aks, clusterPlans: [{ subscription: subscriptionId, plans: refused }] },
      { says: 'could not be seen' },
    ],
    [
      'unknown',
      'the findings where the cluster is may not be read',
      { registry, runningImages: [{ subscription: subscriptionId, findings: refused }], ...aks },
      { says: 'could not be seen' },
    ],
    [
      'pass',
      'the findings of a subscription without a known consumer may not be read',
      {
        registry,
        runningImages: [...running(image('aa')), { subscription: spoke, findings: refused }],
        ...aks,
      },
    ],
    [
      'unknown',
      'nobody knows which clusters pull from here',
      { registry, runningImages: running(), roleAssignments: roles([]), consumers: denied('no', []) },
      { says: 'which clusters pull from here' },
    ],
    [
      'unknown',
      'Defender gives no severity',
      { registry, runningImages: running(image('aa', { unrated: 3 })), ...aks },
      { says: 'payments/api@sha256:aa' },
    ],
    ['unknown', 'ARM left the login server out', { registry: acr({ loginServer: null }), runningImages: running() }],
  ],
  {
    'registry/**': 'which clusters use the registry is told by clusters-can-pull',
    'consumers/**': 'where findings are told, who runs the images does not matter',
    'roleAssignments/**': 'the same',
  },
);
