import check from '../../../checks/identity/anonymous-pull-disabled.ts';
import { acr, testCheck } from '../../support.ts';

const cites = ['registry/anonymousPullEnabled'];

testCheck(
  check,
  [
    ['pass', 'it is off', { registry: acr({ anonymousPullEnabled: false }) }, { cites }],
    [
      'fail',
      'it is on',
      { registry: acr({ anonymousPullEnabled: true }) },
      { cites, fix: '--anonymous-pull-enabled false' },
    ],
    ['not-applicable', 'the registry is Basic', { registry: acr({ sku: 'Basic', anonymousPullEnabled: false }) }],
    ['unknown', 'the api-version did not answer it', { registry: acr() }, { says: 'anonymousPullEnabled' }],
  ],
  { 'registry/sku': 'the switch decides; the SKU only says why it cannot be on' },
);
