import check from '../../../checks/trust/clusters-gate-images.ts';
import { roleIds } from '../../../src/facts/access/roles.ts';
import { denied, notCollected, observed } from '../../../src/model/evidence.ts';
import type { Cluster, ClusterDefender, ClusterGating } from '../../../src/model/facets/consumers.ts';
import type { DefenderPlan } from '../../../src/model/facets/defender-plans.ts';
import { cluster, consumers } from '../../clusters.ts';
import { assigned, roles, subscriptionId } from '../../roles.ts';
import { acr, registryId, testCheck } from '../../support.ts';

const registry = acr({ roleAssignmentMode: 'LegacyRegistryPermissions', loginServer: 'contoso.azurecr.io' });
const gating = (changes: Partial<ClusterGating> = {}): ClusterGating => ({
  enabled: true,
  identities: [{ registry: null, principalId: 'gate' }],
  ...changes,
});
const aks = (defender: Partial<ClusterDefender> | null = {}, changes: Partial<Cluster> = {}) =>
  consumers(
    cluster('aks', {
      kubernetesVersion: '1.33.2',
      defender: defender && { sensor: true, gating: gating(), apiVersion: '2025-10-01', ...defender },
      ...changes,
    }),
  );
const extension = (name: string, enabled: boolean | null = true) => ({ name, enabled, outcome: null });
const plans = (sensor: boolean | null = true, findings = true, tier = 'Standard'): DefenderPlan[] => [
  {
    name: 'Containers',
    tier: tier as 'Standard',
    extensions: [extension('ContainerSensor', sensor), extension('ContainerIntegrityContribution', findings)],
    coverage: null,
  },
];
const defenderPlans = plans();
const nodes = assigned(roleIds.acrPull, { principalId: 'kubelet-aks' });
const gate = assigned(roleIds.acrPull, { principalId: 'gate', id: `${registryId}/gate` });
const roleAssignments = roles([nodes, gate]);
const denyAssignments = [] as const;
const gated = 'consumers/clusters/0/defender/gating/enabled';
const version = 'consumers/clusters/0/kubernetesVersion';
const spokeId = '/subscriptions/00000000-0000-0000-0000-000000000002';
const spoke = { id: `${spokeId}/resourceGroups/rg/providers/Microsoft.ContainerService/managedClusters/aks` };
const there = (found: DefenderPlan[]) => [{ subscription: spokeId, plans: observed(found) }];

testCheck(
  check,
  [
    [
      'pass',
      'the gate stands, sees findings, and may pull',
      { registry, consumers: aks(), defenderPlans, roleAssignments, denyAssignments },
      {
        cites: [
          gated,
          version,
          'defenderPlans/0/tier',
          'defenderPlans/0/extensions',
          'roleAssignments/assignments/1/roleId',
        ],
        says: 'whether its rules audit or deny is set in Defender',
      },
    ],
    [
      'pass',
      'its identity for another registry may not pull here',
      {
        registry,
        consumers: aks({
          gating: gating({
            identities: [
              { registry: 'fabrikam.azurecr.io', principalId: 'other' },
              { registry: 'Contoso.azurecr.io', principalId: 'gate' },
            ],
          }),
        }),
        defenderPlans,
        roleAssignments,
        denyAssignments,
      },
    ],
    [
      'fail',
      'gating is off',
      { registry, consumers: aks({ gating: gating({ enabled: false }) }), defenderPlans, roleAssignments },
      { cites: [gated], says: 'aks runs Defender without its gate' },
    ],
    [
      'fail',
      'it was never switched on, says a version that would tell',
      { registry, consumers: aks({ gating: null }), defenderPlans, roleAssignments },
      { cites: ['consumers/clusters/0/defender/apiVersion'] },
    ],
    [
      'fail',
      'an extension that it sees by is off',
      { registry, consumers: aks(), defenderPlans: plans(true, false), roleAssignments, denyAssignments },
      {
        cites: [gated, version, 'defenderPlans/0/tier'],
        says: 'the gate of aks stands and sees nothing: extension ContainerIntegrityContribution in the subscription of the registry is off',
      },
    ],
    [
      'fail',
      'the extensions are off where the cluster is',
      {
        registry,
        consumers: aks({}, spoke),
        defenderPlans,
        clusterPlans: there(plans(false)),
        roleAssignments,
        denyAssignments,
      },
      { says: 'ContainerSensor in subscription 00000000-0000-0000-0000-000000000002 is off' },
    ],
    [
      'pass',
      'they are on where the cluster is, too',
      {
        registry,
        consumers: aks({}, spoke),
        defenderPlans,
        clusterPlans: there(plans()),
        roleAssignments,
        denyAssignments,
      },
    ],
    [
      'fail',
      'its identity may not pull',
      { registry, consumers: aks(), defenderPlans, roleAssignments: roles([nodes]), denyAssignments },
      {
        cites: ['consumers/clusters/0/defender/gating/identities/0/principalId'],
        says: 'the gate of aks sees nothing of this registry: its identity may not pull from it',
        fix: 'az role assignment create',
      },
    ],
    [
      'fail',
      'Kubernetes is too old',
      {
        registry,
        consumers: aks({}, { kubernetesVersion: '1.30.9' }),
        defenderPlans,
        roleAssignments,
        denyAssignments,
      },
      { cites: [version], says: 'aks runs Kubernetes 1.30.9, which cannot be gated' },
    ],
    [
      'not-applicable',
      'no cluster is known to pull',
      { registry, consumers: consumers(), defenderPlans, roleAssignments: roles([]) },
    ],
    [
      'not-applicable',
      'the cluster runs without Defender',
      { registry, consumers: aks(null), defenderPlans, roleAssignments },
      { says: 'aks runs without Defender: a gate there would be one of signatures' },
    ],
    [
      'not-applicable',
      'its sensor is off',
      { registry, consumers: aks({ sensor: false, gating: null }), defenderPlans, roleAssignments },
    ],
    [
      'not-applicable',
      'a sovereign cloud has no gate',
      { registry, consumers: aks({ gating: null }), defenderPlans, roleAssignments },
      { cloud: { name: 'usgov' } },
    ],
    [
      'unknown',
      'an older version answered, which never tells',
      { registry, consumers: aks({ gating: null, apiVersion: '2024-09-01' }), defenderPlans, roleAssignments },
      { says: 'api-version 2024-09-01, which answered for aks, does not tell of gating' },
    ],
    [
      'unknown',
      'Azure does not tell whether it is on',
      { registry, consumers: aks({ gating: gating({ enabled: null }) }), defenderPlans, roleAssignments },
    ],
    [
      'unknown',
      'Azure does not tell the version of Kubernetes',
      { registry, consumers: aks({}, { kubernetesVersion: null }), defenderPlans, roleAssignments },
    ],
    [
      'unknown',
      'Azure does not tell whether an extension is on',
      { registry, consumers: aks(), defenderPlans: plans(null), roleAssignments, denyAssignments },
    ],
    [
      'unknown',
      'the plans where the cluster is may not be read',
      {
        registry,
        consumers: aks({}, spoke),
        defenderPlans,
        clusterPlans: [{ subscription: spokeId, plans: denied('no', []) }],
        roleAssignments,
        denyAssignments,
      },
    ],
    [
      'unknown',
      'a deny assignment may take the pull away',
      {
        registry,
        consumers: aks(),
        defenderPlans,
        roleAssignments,
        denyAssignments: denied('no', [
          { action: 'Microsoft.Authorization/denyAssignments/read', scope: subscriptionId },
        ]),
      },
    ],
    [
      'unknown',
      'Azure does not tell whom the gate pulls as',
      {
        registry,
        consumers: aks({ gating: gating({ identities: [{ registry: null, principalId: null }] }) }),
        defenderPlans,
        roleAssignments,
        denyAssignments,
      },
    ],
    [
      'unknown',
      'somebody pulls who may be a cluster that the user left out',
      {
        registry,
        consumers: {
          ...consumers(),
          searched: [{ subscription: spokeId, clusters: notCollected('the user left it out') }],
        },
        defenderPlans,
        roleAssignments: roles([gate]),
      },
    ],
  ],
  {
    'registry/**': 'who uses the registry, and may pull, is told by clusters-can-pull',
    'roleAssignments/definitions': 'the role is built in',
    'roleAssignments/assignments/*/principalType': 'the principal is known by its id',
    'consumers/clusters/*/provisioningState': 'only one that is being deleted is left out',
    'consumers/clusters/*/defender/gating/identities/*/registry':
      'an identity without a registry is for all, and this one may pull',
  },
);
