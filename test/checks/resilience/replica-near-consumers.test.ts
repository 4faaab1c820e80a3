import check from '../../../checks/resilience/replica-near-consumers.ts';
import { denied, observed } from '../../../src/model/evidence.ts';
import type { Cluster } from '../../../src/model/facets/consumers.ts';
import type { RoleAssignments } from '../../../src/model/facets/role-assignments.ts';
import { acr, registryId, replica, subscriptionId, testCheck } from '../../support.ts';

const kubelet = '00000000-0000-0000-0000-00000000000a';
const clusterIn = (location: string): Cluster => ({
  id: `${subscriptionId}/resourceGroups/rg-aks/providers/Microsoft.ContainerService/managedClusters/aks-1`,
  name: 'aks-1',
  location,
  provisioningState: 'Succeeded',
  kubelet: { objectId: kubelet, id: null },
  controlPlane: [],
  nodeImages: [],
  servicePrincipal: null,
  subnets: [],
  nodeResourceGroup: null,
  oidcIssuer: null,
  kubernetesVersion: null,
  defender: null,
});
const seen = [{ subscription: subscriptionId, clusters: observed([]) }];
const consumers = (...clusters: Cluster[]) => ({ clusters, searched: seen, declared: [] });
const roleAssignments: RoleAssignments = {
  assignments: [
    {
      id: `${registryId}/providers/Microsoft.Authorization/roleAssignments/1`,
      scope: registryId,
      principalId: kubelet,
      principalType: 'ServicePrincipal',
      roleId: '7f951dda-4ed3-4680-a7ca-43fe172d538d',
      condition: null,
    },
  ],
  definitions: observed([]),
};
const registry = acr({ location: 'westeurope' });
const pair = [replica('westeurope'), replica('southeastasia')];
const at = 'consumers/clusters/0/location';

testCheck(
  check,
  [
    [
      'pass',
      'the cluster is beside a replica',
      { registry, replications: pair, consumers: consumers(clusterIn('southeastasia')), roleAssignments },
      {
        cites: [at, 'replications/1/provisioningState', 'replications/1/regionEndpointEnabled'],
        irrelevant: {
          'replications/*/provisioningState': 'the home region may be in any state: the cluster is not beside it',
          'replications/*/regionEndpointEnabled': 'the same',
        },
      },
    ],
    [
      'unknown',
      'the registry came without location, and may be at home where the cluster is',
      {
        registry: acr({ location: '' }),
        replications: [replica('southeastasia')],
        consumers: consumers(clusterIn('japaneast')),
        roleAssignments,
      },
      { says: 'the home region is not told: the registry came without location' },
    ],
    ...[{ provisioningState: null }, { regionEndpointEnabled: null }].map(
      (untold) =>
        [
          'unknown',
          `Azure leaves out ${Object.keys(untold).join()} of the replica beside it`,
          {
            registry,
            replications: [replica('westeurope'), replica('southeastasia', untold)],
            consumers: consumers(clusterIn('southeastasia')),
            roleAssignments,
          },
          { says: 'southeastasia came with' },
        ] as const,
    ),
    [
      'fail',
      'its region has no replica',
      { registry, replications: pair, consumers: consumers(clusterIn('japaneast')), roleAssignments },
      { cites: [at], says: 'aks-1 in japaneast', fix: '--location japaneast' },
    ],
    [
      'fail',
      'the replica beside it is out of routing',
      {
        registry,
        replications: [replica('southeastasia', { regionEndpointEnabled: false })],
        consumers: consumers(clusterIn('southeastasia')),
        roleAssignments,
      },
      { cites: [at], fix: 'regionEndpointEnabled=true' },
    ],
    [
      'not-applicable',
      'the registry has one region',
      { registry, replications: [], consumers: consumers(clusterIn('japaneast')), roleAssignments },
    ],
    [
      'not-applicable',
      'nothing is known to pull',
      { registry, replications: pair, consumers: consumers(), roleAssignments },
    ],
    [
      'unknown',
      'Azure left the identity of a cluster out, and somebody whom nobody has seen pulls',
      {
        registry,
        replications: pair,
        consumers: consumers({ ...clusterIn('southeastasia'), kubelet: null }),
        roleAssignments,
      },
      { says: 'does not tell which identity cluster aks-1 pulls with' },
    ],
    [
      'unknown',
      'the clusters of a subscription could not be listed, and somebody whom nobody has seen pulls',
      {
        registry,
        replications: pair,
        consumers: {
          ...consumers(clusterIn('southeastasia')),
          searched: [
            {
              subscription: subscriptionId,
              clusters: denied('forbidden', [
                { action: 'Microsoft.ContainerService/managedClusters/read', scope: subscriptionId },
              ]),
            },
          ],
        },
        roleAssignments: {
          ...roleAssignments,
          assignments: roleAssignments.assignments.flatMap((one) => [one, { ...one, principalId: 'nobody' }]),
        },
      },
      { says: 'forbidden' },
    ],
    [
      'unknown',
      'the configuration names a cluster that was not found',
      {
        registry,
        replications: pair,
        consumers: { ...consumers(), declared: [{ registry: 'contoso', clusters: ['/x/aks-gone'], networks: [] }] },
        roleAssignments,
      },
      { says: 'aks-gone' },
    ],
  ],
  {
    'consumers/clusters/*/provisioningState': 'only a cluster that Azure says is being deleted is left out',
    'consumers/searched/*/clusters':
      'the clusters that are known are judged; another matters only where the registry names a puller',
    'roleAssignments/assignments/*/principalType':
      'an object id is the same principal, whatever Azure says of its type',
    'roleAssignments/definitions': 'the roles of the rows are built in',
  },
);
