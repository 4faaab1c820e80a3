import check from '../../../checks/identity/role-assignments-effective.ts';
import { roleIds } from '../../../src/facts/access/roles.ts';
import { assigned, roles, subscriptionId } from '../../roles.ts';
import { acr, testCheck } from '../../support.ts';

const legacy = acr({ roleAssignmentMode: 'LegacyRegistryPermissions' });
const abac = acr({ roleAssignmentMode: 'AbacRepositoryPermissions' });
const trusting = (status: 'enabled' | 'disabled') =>
  acr({ roleAssignmentMode: 'LegacyRegistryPermissions', policies: { trust: { status } } });
const cites = ['roleAssignments/assignments/0/roleId'];

testCheck(check, [
  [
    'pass',
    'AcrPull is assigned in the mode that asks for it',
    { registry: legacy, roleAssignments: roles([assigned(roleIds.acrPull)]) },
    { cites },
  ],
  [
    'fail',
    'AcrPull is assigned in ABAC mode',
    { registry: abac, roleAssignments: roles([assigned(roleIds.acrPull, { scope: subscriptionId })]) },
    {
      cites,
      says: 'service principal ci cannot pull by AcrPull at the subscription',
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
    { fix: 'Contributor' },
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
]);
