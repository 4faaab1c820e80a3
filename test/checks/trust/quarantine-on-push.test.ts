import check from '../../../checks/trust/quarantine-on-push.ts';
import { acr, testCheck } from '../../support.ts';

const cites = ['registry/policies/quarantine/status'];
const quarantine = (status: 'enabled' | 'disabled') => ({ policies: { quarantine: { status } } });

testCheck(check, [
  ['pass', 'quarantine is on', { registry: acr(quarantine('enabled')) }, { cites }],
  [
    'fail',
    'it is off',
    { registry: acr(quarantine('disabled')) },
    { cites, fix: /promoter first[\s\S]*"status":"enabled"/ },
  ],
  [
    'not-applicable',
    'Basic has none',
    { registry: acr({ sku: 'Basic', ...quarantine('disabled') }) },
    { says: 'Premium' },
  ],
  ['unknown', 'ARM left the policy out', { registry: acr() }],
]);
