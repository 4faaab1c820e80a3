import check from '../../../checks/lifecycle/deletes-recoverable.ts';
import { registryApiVersions } from '../../../src/collect/registry.ts';
import type { RegistryPolicies } from '../../../src/model/facets/registry.ts';
import { acr, cacheRule, replica, testCheck } from '../../support.ts';

const status = 'registry/policies/softDelete/status';
const off = { status: 'disabled', retentionDays: 7 } as const;
const on = { status: 'enabled', retentionDays: 7 } as const;
const facts = (
  policies: Partial<RegistryPolicies>,
  replications = [replica('westeurope')],
  cacheRules = [] as ReturnType<typeof cacheRule>[],
) => ({
  registry: acr({ policies }),
  replications,
  cacheRules,
});

testCheck(check, [
  ['pass', 'soft delete is on', facts({ softDelete: on }), { cites: [status] }],
  [
    'pass',
    'soft delete is on, and a replica could not be read',
    facts({ softDelete: on }),
    { unread: ['replications', 'cacheRules'] },
  ],
  [
    'unknown',
    'it is off, and a replica that could not be read may stand in its way',
    facts({ softDelete: off }),
    { unread: ['replications'] },
  ],
  [
    'fail',
    'it is off and nothing stands in its way',
    facts({ softDelete: off }),
    {
      cites: [status],
      says: 'rules out retention, a second region and cache rules',
      fix: /Decide once.*rules out the retention policy, a second region and cache rules.*soft-delete update/s,
    },
  ],
  [
    'fail',
    'only the home region is listed as a replica',
    facts({ softDelete: off }, [replica('West Europe')]),
    { cites: [status] },
  ],
  [
    'not-applicable',
    'the registry is geo-replicated',
    facts({ softDelete: off }, [replica('westeurope'), replica('eastasia')]),
    { says: 'eastasia' },
  ],
  [
    'not-applicable',
    'it has cache rules',
    facts({ softDelete: off }, [], [cacheRule('hub')]),
    { says: '1 artifact cache rule' },
  ],
  [
    'not-applicable',
    'retention is on',
    facts({ softDelete: off, retention: { status: 'enabled', days: 7 } }),
    { says: 'retention policy is on' },
  ],
  ['unknown', 'ARM left the policy out', facts({}), { says: `api-version ${registryApiVersions[0]}` }],
]);
