import type { DenyAssignment } from '../src/model/facets/deny-assignments.ts';
import { registryId } from './support.ts';

export const everybody = {
  id: '00000000-0000-0000-0000-000000000000',
  type: 'SystemDefined',
} as DenyAssignment['principals'][number];

/** A deny of everything for everybody at the registry, as a managed application makes one, unless the row says otherwise. */
export const deny = ({
  actions = ['*'],
  notActions = [],
  dataActions = ['*'],
  notDataActions = [],
  ...changes
}: Partial<DenyAssignment & DenyAssignment['permissions'][number]> = {}): DenyAssignment => ({
  id: `${changes.scope ?? registryId}/providers/Microsoft.Authorization/denyAssignments/1`,
  name: 'stack',
  scope: registryId,
  onlyAtScope: false,
  effect: null,
  condition: null,
  permissions: [{ actions, notActions, dataActions, notDataActions }],
  principals: [everybody],
  excluded: [],
  ...changes,
});
