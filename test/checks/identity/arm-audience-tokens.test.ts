import check from '../../../checks/identity/arm-audience-tokens.ts';
import { roleIds } from '../../../src/facts/access/roles.ts';
import { app, apps } from '../../apps.ts';
import { cluster, consumers } from '../../clusters.ts';
import { assigned, roles } from '../../roles.ts';
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
  [
    'fail',
    'known consumers ask with such tokens: they are named before the switch',
    {
      registry: registry('enabled'),
      appConsumers: apps(
        app({ name: 'site', kind: 'web app' }),
        app({ name: 'shop' }),
        app({ name: 'old', kind: 'web app' }, { by: 'password', userName: 'contoso' }),
      ),
      consumers: consumers(cluster('aks')),
      roleAssignments: roles([assigned(roleIds.acrPull, { principalId: 'kubelet-aks' })]),
    },
    {
      cites,
      fix: /^Not before these pull another way: web app site\.[\s\S]*still pull: container app shop, cluster aks\.[\s\S]*--status disabled/,
    },
  ],
  ['unknown', 'the status is missing', { registry: registry(null) }],
  ['unknown', 'the api-version has no such policy', { registry: acr() }],
]);
