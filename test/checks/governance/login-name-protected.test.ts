import check from '../../../checks/governance/login-name-protected.ts';
import { denied } from '../../../src/model/evidence.ts';
import type { Lock } from '../../../src/model/facets/locks.ts';
import { acr, registryId, subscriptionId, testCheck } from '../../support.ts';

const registry = acr();
const labelled = acr({ loginServer: 'contoso-h4ck3r5aeg1s.azurecr.io' });
const lock = (scope: string, level: Lock['level'] = 'CanNotDelete'): Lock => ({
  id: `${scope}/providers/Microsoft.Authorization/locks/keep`,
  name: 'keep',
  scope,
  level,
});
const cites = ['locks/0/level'];
const unlocked = { cites: ['registry/loginServer'], fix: '--lock-type CanNotDelete' };

testCheck(check, [
  ['pass', 'the name carries a label', { registry: labelled, locks: [] }, { cites: ['registry/loginServer'] }],
  ['pass', 'the name carries a label, and locks were not read', { registry: labelled }],
  ['pass', 'the name is bare and the registry locked', { registry, locks: [lock(registryId)] }, { cites }],
  ['pass', 'its subscription is locked', { registry, locks: [lock(subscriptionId)] }, { cites }],
  ['pass', 'the lock is ReadOnly', { registry, locks: [lock(registryId, 'ReadOnly')] }, { cites }],
  ['fail', 'the name is bare, without a lock', { registry, locks: [] }, unlocked],
  ['fail', 'it is spelt otherwise', { registry: acr({ loginServer: 'Contoso.azurecr.io' }), locks: [] }, unlocked],
  ['fail', 'it is in another cloud', { registry: acr({ loginServer: 'contoso.azurecr.cn' }), locks: [] }, unlocked],
  ['fail', 'only a replica is locked', { registry, locks: [lock(`${registryId}/replications/eastus`)] }, unlocked],
  [
    'pass',
    'the registry is locked, and another lock could not be read',
    { registry, locks: [lock(registryId)] },
    { unread: ['locks'] },
  ],
  [
    'pass',
    'the name carries a label, and a lock could not be read',
    { registry: labelled, locks: [] },
    { unread: ['locks'] },
  ],
  ['unknown', 'the only lock could not be read', { registry, locks: [] }, { unread: ['locks'] }],
  ['unknown', 'the lock has a level that is new', { registry, locks: [lock(registryId, null)] }],
  ['unknown', 'the name is bare, and the locks were denied', { registry, locks: denied('not allowed', []) }],
  ['unknown', 'Azure left the login server out', { registry: acr({ loginServer: null }), locks: [lock(registryId)] }],
]);
