import check from '../../../checks/identity/role-assignments-effective.ts';
import { roleIds } from '../../../src/facts/access/roles.ts';
import { cluster, consumers, declared } from '../../clusters.ts';
import { assigned, customRole, groupId, managementGroupId, onRepositories, roles } from '../../roles.ts';
import { acr, testCheck } from '../../support.ts';

const legacy = acr({ roleAssignmentMode: 'LegacyRegistryPermissions' });
const abac = acr({ roleAssignmentMode: 'AbacRepositoryPermissions' });
const trusting = (status: 'enabled' | 'disabled') =>
  acr({ roleAssignmentMode: 'LegacyRegistryPermissions', policies: { trust: { status } } });
const cites = ['roleAssignments/assignments/0/roleId'];

testCheck(
  check,
  [
    [
      'pass',
      'AcrPull is assigned in the mode that asks for it',
      { registry: legacy, roleAssignments: roles([assigned(roleIds.acrPull)]) },
      { cites },
    ],
    [
      'fail',
      'AcrPull is assigned in ABAC mode',
      { registry: abac, roleAssignments: roles([assigned(roleIds.acrPull, { scope: groupId })]) },
      {
        cites,
        says: 'service principal ci cannot pull by AcrPull at resource group rg-acr',
        fix: "'Container Registry Repository Reader'",
      },
    ],
    [
      'fail',
      'AcrPush is assigned in ABAC mode',
      { registry: abac, roleAssignments: roles([assigned(roleIds.acrPush)]) },
      { fix: 'Writer' },
    ],
    [
      'fail',
      'AcrDelete is assigned in ABAC mode',
      { registry: abac, roleAssignments: roles([assigned(roleIds.acrDelete)]) },
      { fix: /^No built-in role of this permission mode is as narrow as AcrDelete .* would also let it pull and push/ },
    ],
    [
      'fail',
      'a person holds it: people are not given roles by a command of ours',
      { registry: abac, roleAssignments: roles([assigned(roleIds.acrPull, { principalType: 'User' })]) },
      { fix: 'Give user ci Container Registry Repository Reader in place of AcrPull' },
    ],
    [
      'pass',
      'AcrPull is dead but the principal got the new role too',
      { registry: abac, roleAssignments: roles([assigned(roleIds.acrPull), assigned(roleIds.repositoryReader)]) },
    ],
    [
      'fail',
      'Repository Reader is assigned in the older mode',
      { registry: legacy, roleAssignments: roles([assigned(roleIds.repositoryReader)]) },
      { fix: 'AcrPull' },
    ],
    [
      'fail',
      'AcrImageSigner without content trust',
      { registry: trusting('disabled'), roleAssignments: roles([assigned(roleIds.acrImageSigner)]) },
      { cites, says: 'cannot sign', fix: 'Notation' },
    ],
    [
      'pass',
      'AcrImageSigner with content trust',
      { registry: trusting('enabled'), roleAssignments: roles([assigned(roleIds.acrImageSigner)]) },
    ],
    [
      'unknown',
      'AcrImageSigner, and the trust policy is not answered',
      { registry: legacy, roleAssignments: roles([assigned(roleIds.acrImageSigner)]) },
      { says: 'content trust' },
    ],
    [
      'unknown',
      'the mode is not answered',
      { registry: acr(), roleAssignments: roles([assigned(roleIds.acrPull)]) },
      { says: 'roleAssignmentMode' },
    ],
    [
      'not-applicable',
      'only general roles are assigned, which are not meant to pull',
      { registry: abac, roleAssignments: roles([assigned(roleIds.contributor), assigned(roleIds.reader)]) },
    ],
    [
      'not-applicable',
      'the mode is not answered, and nothing depends on it',
      { registry: acr(), roleAssignments: roles([]) },
    ],
    [
      'pass',
      'AcrPull is dead at a management group, and nobody says that its holder uses this registry',
      {
        registry: abac,
        roleAssignments: roles([assigned(roleIds.acrPull, { scope: managementGroupId })]),
        consumers: consumers(),
      },
      {
        says: 'nobody says that it uses this registry',
        irrelevant: { 'consumers/searched/*/clusters': 'clusters that are not known are not known to use it' },
      },
    ],
    [
      'fail',
      'it is of the nodes of a cluster that the configuration lists',
      {
        registry: abac,
        roleAssignments: roles([assigned(roleIds.acrPull, { scope: managementGroupId, principalId: 'kubelet-aks' })]),
        consumers: declared(consumers(cluster('aks')), 'aks'),
      },
      {
        fix: "'Container Registry Repository Reader'",
        irrelevant: {
          'consumers/clusters/*/kubelet': 'without it, nobody says that the holder uses the registry',
          'consumers/clusters/*/kubelet/objectId': 'the same',
        },
      },
    ],
    [
      'fail',
      'an own role that pulls is as dead as AcrPull in ABAC mode',
      {
        registry: abac,
        roleAssignments: roles(
          [assigned('custom')],
          [customRole({ actions: ['Microsoft.ContainerRegistry/registries/pull/read'] })],
        ),
      },
      { says: 'cannot pull by Our role' },
    ],
    [
      'fail',
      'a conditioned role in the older mode: nothing there is as narrow',
      {
        registry: legacy,
        roleAssignments: roles([
          assigned(roleIds.repositoryReader, { condition: onRepositories("StringStartsWith 'team/'", 'content/read') }),
        ]),
      },
      { fix: /^No role of this permission mode is as narrow/ },
    ],
  ],
  {
    'roleAssignments/assignments/*/principalType':
      'an object id is the same principal, whatever Azure says of its type',
    'roleAssignments/definitions': 'the roles of the rows are built in',
  },
);
