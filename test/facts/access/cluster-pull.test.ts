import { expect, test } from 'vitest';
import { clusterPulls } from '../../../src/facts/access/cluster-pull.ts';
import { observed } from '../../../src/model/evidence.ts';
import { cluster, consumers } from '../../clusters.ts';
import { assigned, rolesWithoutDefinitions, subscriptionId } from '../../roles.ts';
import { acr } from '../../support.ts';

test('a role of the nodes that could not be read names the action that would tell', () => {
  const roles = rolesWithoutDefinitions(assigned('custom', { principalId: 'kubelet-aks' }));
  const registry = acr({ roleAssignmentMode: 'LegacyRegistryPermissions' });
  expect(
    clusterPulls(registry, roles, consumers(cluster('aks')), {}, observed([]), '2026-11-23T02:00:00Z').clusters,
  ).toMatchObject([
    { why: { missing: [{ action: 'Microsoft.Authorization/roleDefinitions/read', scope: subscriptionId }] } },
  ]);
});
