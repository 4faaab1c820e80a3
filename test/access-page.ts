import { accessPage } from '../src/explain/access.ts';
import { observed } from '../src/model/evidence.ts';
import type { DenyAssignment } from '../src/model/facets/deny-assignments.ts';
import type { RoleAssignments } from '../src/model/facets/role-assignments.ts';
import type { Snapshot } from '../src/model/snapshot.ts';
import { cluster, consumers } from './clusters.ts';
import { assigned, subscriptionId } from './roles.ts';
import { acr, registryId } from './support.ts';

/** The page of a registry with these roles, where nothing is denied unless the row says otherwise. */
export const page = (
  roleAssignments: RoleAssignments,
  facets: Partial<Snapshot['registries'][number]['facets']> = {},
  shared: Snapshot['shared'] = {},
  subscription: Partial<Snapshot['subscriptions'][number]['facets']> = {},
) => {
  const snapshot: Snapshot = {
    schema: 'acr-audit/snapshot@1',
    tool: { name: 'acr-audit', version: '0.0.0' },
    collectedAt: '2026-11-23T02:00:00Z',
    cloud: { name: 'public', resourceManager: 'https://management.azure.com', registrySuffix: 'azurecr.io' },
    asked: { registries: [], groups: [], tags: [], subscriptions: [], managementGroup: null, optIns: [] },
    subscriptions: [
      {
        id: subscriptionId,
        name: null,
        registries: observed([]),
        facets: {
          roleAssignments: observed(roleAssignments),
          denyAssignments: observed<readonly DenyAssignment[]>([]),
          ...subscription,
        },
      },
    ],
    registries: [
      {
        id: registryId,
        name: 'contoso',
        subscription: subscriptionId,
        facets: {
          registry: observed(acr({ roleAssignmentMode: 'LegacyRegistryPermissions', adminUserEnabled: true })),
          tokens: observed([]),
          scopeMaps: observed([]),
          connectedRegistries: observed([]),
          ...facets,
        },
      },
    ],
    shared: { consumers: observed(consumers(cluster('aks'))), ...shared },
  };
  const [entry] = snapshot.registries;
  if (!entry) throw new Error('the snapshot has a registry');
  return accessPage(snapshot, entry);
};

/** A role of a person. */
export const user = (principalId: string, roleId: string, scope: string) =>
  assigned(roleId, { principalId, principalType: 'User', scope });
