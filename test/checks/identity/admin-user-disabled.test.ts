import check from '../../../checks/identity/admin-user-disabled.ts';
import { acr, testCheck } from '../../support.ts';

const cites = ['registry/adminUserEnabled'];

testCheck(check, [
  ['pass', 'the account is off', { registry: acr({ adminUserEnabled: false }) }, { cites }],
  ['fail', 'the account is on', { registry: acr({ adminUserEnabled: true }) }, { cites, fix: '--admin-enabled false' }],
  ['unknown', 'ARM left the setting out', { registry: acr() }, { says: 'adminUserEnabled' }],
]);
