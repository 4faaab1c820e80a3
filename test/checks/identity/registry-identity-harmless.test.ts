import check from '../../../checks/identity/registry-identity-harmless.ts';
import { roleIds } from '../../../src/facts/access/roles.ts';
import type { ManagedIdentity } from '../../../src/model/facets/registry.ts';
import type { RoleAssignments } from '../../../src/model/facets/role-assignments.ts';
import {
  assigned,
  customRole,
  groupId,
  managementGroupId,
  roles,
  rolesWithoutDefinitions,
  subscriptionId,
} from '../../roles.ts';
import { acr, registryId, testCheck } from '../../support.ts';

const own: ManagedIdentity = { type: 'SystemAssigned', principalId: 'own', userAssigned: [] };
const user = (principalId: string | null): ManagedIdentity => ({
  type: 'UserAssigned',
  principalId: null,
  userAssigned: [{ id: '/rg/id-key', principalId, clientId: 'c' }],
});
const vault = `${subscriptionId}/resourceGroups/rg-keys/providers/Microsoft.KeyVault/vaults/kv`;
const storage = `${subscriptionId}/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/st`;
const toOwn = (roleId: string, scope: string) => assigned(roleId, { principalId: 'OWN', scope });
const judged = (roleAssignments: RoleAssignments, identity: ManagedIdentity | null = own) => ({
  registry: acr({ identity }),
  roleAssignments,
});

testCheck(
  check,
  [
    [
      'pass',
      'it holds nothing',
      judged(roles([assigned(roleIds.contributor, { scope: subscriptionId })])),
      { cites: ['registry/identity/principalId'] },
    ],
    [
      'pass',
      'it uses its key and reads its secrets',
      judged(
        roles([
          toOwn(roleIds.keyVaultCryptoServiceEncryptionUser, vault),
          toOwn(roleIds.keyVaultSecretsUser, vault),
          toOwn(roleIds.keyVaultCryptoUser, vault),
        ]),
      ),
      { cites: [0, 1, 2].map((index) => `roleAssignments/assignments/${index}/roleId`) },
    ],
    ['pass', 'it pulls from everywhere', judged(roles([toOwn(roleIds.acrPull, managementGroupId)]))],
    ['pass', 'a role on this registry is for others to judge', judged(roles([toOwn(roleIds.contributor, registryId)]))],
    ['pass', 'a user-assigned one holds nothing', judged(roles([]), user('u'))],
    [
      'fail',
      'it is Contributor of the group that its registry is in',
      judged(roles([toOwn(roleIds.contributor, groupId)])),
      { says: "the registry's own identity is Contributor at resource group rg-acr", fix: 'ask the owner of' },
    ],
    [
      'fail',
      'it writes blobs',
      judged(
        roles(
          [toOwn('custom', storage)],
          [customRole({ dataActions: ['Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write'] })],
        ),
      ),
      { says: 'Our role at st' },
    ],
    ['fail', 'it reads the whole subscription', judged(roles([toOwn(roleIds.reader, subscriptionId)]))],
    [
      'fail',
      'it pushes to another registry',
      judged(roles([toOwn(roleIds.acrPush, `${registryId}2`)])),
      { says: 'AcrPush at contoso2' },
    ],
    [
      'fail',
      'a user-assigned one does, beside its key',
      judged(
        roles([
          assigned(roleIds.keyVaultCryptoUser, { principalId: 'u', scope: vault }),
          assigned(roleIds.owner, { principalId: 'u', scope: subscriptionId }),
        ]),
        user('u'),
      ),
      { says: 'identity id-key of the registry is Owner at the subscription' },
    ],
    ['unknown', 'its role could not be read', judged(rolesWithoutDefinitions(toOwn('custom', subscriptionId)))],
    ['unknown', 'ARM does not say who the identity is', judged(roles([]), user(null))],
    ['unknown', 'ARM does not say who the system identity is', judged(roles([]), { ...own, principalId: null })],
    ['not-applicable', 'it has no identity', judged(roles([]), null)],
    [
      'not-applicable',
      'its identity was taken away',
      judged(roles([]), { type: 'None', principalId: null, userAssigned: [] }),
    ],
  ],
  {
    'roleAssignments/definitions': 'what built-in roles grant is known without them',
    'registry/identity/type': 'an identity whose object id is told needs no type',
  },
);
