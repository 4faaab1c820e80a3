import check from '../../../checks/lifecycle/lifecycle-policies-compatible.ts';
import { acr, cacheRule, replica, testCheck } from '../../support.ts';

const status = 'registry/policies/softDelete/status';
const softDelete = { status: 'enabled', retentionDays: 7 } as const;
const alone = { replications: [replica('westeurope')], cacheRules: [] };

testCheck(check, [
  [
    'pass',
    'soft delete stands alone',
    { registry: acr({ policies: { softDelete, retention: { status: 'disabled', days: 7 } } }), ...alone },
    { cites: [status, 'replications', 'cacheRules', 'registry/policies/retention/status'] },
  ],
  [
    'unknown',
    'soft delete is on, and Azure does not say whether retention is',
    { registry: acr({ policies: { softDelete } }), ...alone },
  ],
  [
    'pass',
    'soft delete is off, whatever else is on',
    {
      registry: acr({ policies: { softDelete: { status: 'disabled', retentionDays: 7 } } }),
      replications: [replica('eastasia')],
      cacheRules: [cacheRule('hub')],
    },
    { cites: [status] },
  ],
  [
    'pass',
    'soft delete is off, and a replica could not be read',
    { registry: acr({ policies: { softDelete: { status: 'disabled', retentionDays: 7 } } }), ...alone },
    { unread: ['replications'] },
  ],
  [
    'unknown',
    'soft delete is on, and a replica could not be read',
    { registry: acr({ policies: { softDelete, retention: { status: 'disabled', days: 7 } } }), ...alone },
    { unread: ['replications'] },
  ],
  [
    'fail',
    'retention is on as well',
    { registry: acr({ policies: { softDelete, retention: { status: 'enabled', days: 7 } } }), ...alone },
    { cites: [status, 'registry/policies/retention/status'] },
  ],
  [
    'fail',
    'there is a replica',
    { registry: acr({ policies: { softDelete } }), replications: [replica('eastasia')], cacheRules: [] },
    { cites: [status, 'replications'], says: 'eastasia' },
  ],
  [
    'fail',
    'there is a cache rule',
    { registry: acr({ policies: { softDelete } }), replications: [], cacheRules: [cacheRule('hub')] },
    { cites: [status, 'cacheRules'] },
  ],
  ['unknown', 'ARM left soft delete out', { registry: acr(), ...alone }],
]);
