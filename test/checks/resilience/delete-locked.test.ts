import check from '../../../checks/resilience/delete-locked.ts';
import { denied } from '../../../src/model/evidence.ts';
import type { Lock } from '../../../src/model/facets/locks.ts';
import { deny } from '../../denies.ts';
import { groupId } from '../../roles.ts';
import { acr, registryId, subscriptionId, testCheck } from '../../support.ts';

const registry = acr();
const unread = denied('AuthorizationFailed', [
  { action: 'Microsoft.Authorization/denyAssignments/read', scope: subscriptionId },
]);
const lock = (scope: string, level: Lock['level'] = 'CanNotDelete'): Lock => ({
  id: `${scope}/providers/Microsoft.Authorization/locks/keep`,
  name: 'keep',
  scope,
  level,
});
const group = `${subscriptionId}/resourcegroups/RG-ACR`;
const cites = ['locks/0/level'];

testCheck(
  check,
  [
    ['pass', 'the registry is locked', { registry, locks: [lock(registryId)] }, { cites }],
    ['pass', 'its group is, spelt otherwise', { registry, locks: [lock(group)] }, { cites }],
    ['pass', 'its subscription is', { registry, locks: [lock(subscriptionId)] }, { cites }],
    ['pass', 'the lock is ReadOnly', { registry, locks: [lock(registryId, 'ReadOnly')] }, { cites, says: 'ReadOnly' }],
    [
      'fail',
      'there is no lock',
      { registry, locks: [], denyAssignments: [] },
      { cites: ['registry/id'], fix: '--lock-type CanNotDelete' },
    ],
    [
      'fail',
      'another group is locked',
      { registry, locks: [lock(`${subscriptionId}/resourceGroups/rg-acr-2`)], denyAssignments: [] },
    ],
    [
      'fail',
      'only a replica is locked',
      { registry, locks: [lock(`${registryId}/replications/eastus`)], denyAssignments: [] },
    ],
    ['pass', 'another lock could not be read', { registry, locks: [lock(registryId)] }, { unread: ['locks'], cites }],
    ['unknown', 'the only lock could not be read', { registry, locks: [], denyAssignments: [] }, { unread: ['locks'] }],
    [
      'pass',
      'a deployment stack denies it, and another deny could not be read',
      { registry, locks: [], denyAssignments: [deny({ actions: ['*/delete'], dataActions: [] })] },
      { unread: ['locks', 'denyAssignments'] },
    ],
    ['unknown', 'the level is new', { registry, locks: [lock(registryId, null)], denyAssignments: [] }],
    [
      'unknown',
      'there is no lock, and deny assignments were not read',
      { registry, locks: [], denyAssignments: unread },
    ],
    [
      'pass',
      'a deployment stack denies everybody the deletion',
      { registry, locks: [], denyAssignments: [deny({ actions: ['*/delete'], dataActions: [] })] },
      { cites: ['denyAssignments/0/scope'] },
    ],
    [
      'pass',
      'it spares a group and an identity: for all others it is a lock',
      {
        registry,
        locks: [lock(registryId, null)],
        denyAssignments: [
          deny({
            scope: groupId,
            excluded: [
              { id: 'deployers', type: 'Group' },
              { id: 'stack-owner', type: 'ServicePrincipal' },
            ],
          }),
        ],
      },
      { says: 'but by the 2 that it spares' },
    ],
    [
      'fail',
      'a deny spares the deletion, is for one principal, reaches its scope alone, only audits, or is elsewhere',
      {
        registry,
        locks: [],
        denyAssignments: [
          deny({ notActions: ['Microsoft.ContainerRegistry/registries/delete'] }),
          deny({ principals: [{ id: 'someone', type: 'User' }] }),
          deny({ principals: [{ id: 'some', type: 'Group' }] }),
          deny({ scope: groupId, onlyAtScope: true }),
          deny({ effect: 'Audit' }),
          deny({ scope: `${groupId}-2` }),
        ],
      },
    ],
    [
      'unknown',
      'a deny of the deletion has a condition',
      { registry, locks: [], denyAssignments: [deny({ condition: '@Resource[x:y] StringEquals z' })] },
    ],
  ],
  {
    'denyAssignments/*/condition': 'a deny without a condition is for everything it names',
    'denyAssignments/*/effect': 'only one that Azure says audits denies nothing',
    'denyAssignments/*/onlyAtScope': 'at the registry itself it does not matter',
    'denyAssignments/*/principals/*/id': 'everybody is written by its id and by its type',
    'denyAssignments/*/principals/*/type': 'everybody is written by its id and by its type',
  },
);
