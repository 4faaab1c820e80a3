import check from '../../../checks/resilience/delete-locked.ts';
import type { Lock } from '../../../src/model/facets/locks.ts';
import { acr, registryId, subscriptionId, testCheck } from '../../support.ts';

const registry = acr();
const lock = (scope: string, level: Lock['level'] = 'CanNotDelete'): Lock => ({
  id: `${scope}/providers/Microsoft.Authorization/locks/keep`,
  name: 'keep',
  scope,
  level,
});
const group = `${subscriptionId}/resourcegroups/RG-ACR`;
const cites = ['locks/0/level'];

testCheck(check, [
  ['pass', 'the registry is locked', { registry, locks: [lock(registryId)] }, { cites }],
  ['pass', 'its group is, spelt otherwise', { registry, locks: [lock(group)] }, { cites }],
  ['pass', 'its subscription is', { registry, locks: [lock(subscriptionId)] }, { cites }],
  ['pass', 'the lock is ReadOnly', { registry, locks: [lock(registryId, 'ReadOnly')] }, { cites, says: 'ReadOnly' }],
  ['fail', 'there is no lock', { registry, locks: [] }, { cites: ['registry/id'], fix: '--lock-type CanNotDelete' }],
  ['fail', 'another group is locked', { registry, locks: [lock(`${subscriptionId}/resourceGroups/rg-acr-2`)] }],
  ['fail', 'only a replica is locked', { registry, locks: [lock(`${registryId}/replications/eastus`)] }],
  ['unknown', 'the level is new', { registry, locks: [lock(registryId, null)] }],
]);
