import check from '../../../checks/network/export-disabled.ts';
import { asMember } from '../../../src/model/enums.ts';
import { acr, registryId, testCheck } from '../../support.ts';

const status = 'registry/policies/export/status';
const exporting = (publicNetworkAccess: 'Enabled' | 'Disabled') =>
  acr({ publicNetworkAccess, policies: { export: { status: 'enabled' } } });
const pipeline = { id: `${registryId}/exportPipelines/to-partner`, name: 'to-partner', location: 'westeurope' };

testCheck(check, [
  [
    'pass',
    'exports are forbidden',
    {
      registry: acr({ publicNetworkAccess: 'Disabled', policies: { export: { status: 'disabled' } } }),
      exportPipelines: [],
    },
    { cites: [status] },
  ],
  [
    'pass',
    'exports are forbidden, and a pipeline could not be read',
    { registry: acr({ policies: { export: { status: 'disabled' } } }), exportPipelines: [] },
    { unread: ['exportPipelines'] },
  ],
  [
    'fail',
    'they are allowed, and nothing is in the way of forbidding them',
    { registry: exporting('Disabled'), exportPipelines: [] },
    { cites: [status], fix: /^az acr update [^\n]*--allow-exports false$/ },
  ],
  [
    'fail',
    'public access is on: it goes first, after the private path is there',
    { registry: exporting('Enabled'), exportPipelines: [] },
    {
      cites: [status, 'registry/publicNetworkAccess'],
      fix: /private-endpoint create.*--public-network-enabled false.*--allow-exports false/s,
    },
  ],
  [
    'fail',
    'a pipeline exports',
    { registry: exporting('Disabled'), exportPipelines: [pipeline] },
    { cites: [status, 'exportPipelines/0/id'], says: 'to-partner', fix: /^az resource delete --ids \S+to-partner\n/ },
  ],
  [
    'not-applicable',
    'Basic cannot forbid them',
    { registry: acr({ sku: 'Basic', policies: { export: { status: 'enabled' } } }), exportPipelines: [] },
    { says: 'Basic' },
  ],
  ['unknown', 'ARM left the policy out', { registry: acr(), exportPipelines: [] }, { says: 'status' }],
  [
    'unknown',
    'its status is one we do not know',
    { registry: acr({ policies: { export: { status: asMember('policyStatus', 'audit') } } }), exportPipelines: [] },
    { says: 'audit' },
  ],
]);
