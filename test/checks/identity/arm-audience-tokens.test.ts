import check from '../../../checks/identity/arm-audience-tokens.ts';
import { acr, testCheck } from '../../support.ts';

const registry = (status: 'enabled' | 'disabled' | null) =>
  acr({ policies: { azureAdAuthenticationAsArm: { status } } });
const cites = ['registry/policies/azureAdAuthenticationAsArm/status'];

testCheck(check, [
  ['pass', 'only tokens of the registry log in', { registry: registry('disabled') }, { cites }],
  [
    'fail',
    'tokens of Resource Manager log in too',
    { registry: registry('enabled') },
    { cites, fix: '--status disabled' },
  ],
  ['unknown', 'the status is missing', { registry: registry(null) }],
  ['unknown', 'the api-version has no such policy', { registry: acr() }],
]);
