import type { Member, OpenEnum } from '../../model/enums.ts';
import type { Plane } from './actions.ts';
import type { Right, Rights } from './rights.ts';

/** What gives a right: of each list of actions one. */
export interface Needed {
  readonly plane: Plane;
  readonly actions: readonly (readonly string[])[];
}

/** What gives each right; one that a mode does not have is not there. */
export type RightsTable = { readonly [R in Right]?: Needed };

/** Rights to content in each permission mode. */
export type RightsByMode = { readonly [M in Member<'roleAssignmentMode'>]: Rights };

const acr = 'Microsoft.ContainerRegistry/registries';

const control = (...actions: readonly string[]): Needed => ({ plane: 'control', actions: [actions] });

const data = (...actions: readonly string[]): Needed => ({ plane: 'data', actions: [actions] });

/** Makes a new password of a token, whatever the token may do. */
export const generating = `${acr}/generateCredentials/action`;

/** Give a token what it may do: with a new password of it, this is a way to push. */
export const settingUpTokens = [`${acr}/tokens/write`, `${acr}/scopeMaps/write`] as const;

/** The registry itself. */
export const registryItself = [`${acr}/write`, `${acr}/delete`] as const;

/**
 * What belongs to a registry and is set or deleted by itself. Tasks, pipelines and cache rules have rights of their own.
 * Source: Microsoft Learn, "Azure permissions for Containers" (Microsoft.ContainerRegistry).
 */
const partsOfRegistry = [
  'connectedRegistries',
  'credentialSets',
  'policies',
  'privateEndpointConnectionProxies',
  'privateEndpointConnections',
  'replications',
  'scopeMaps',
  'tokens',
  'webhooks',
].flatMap((part) => [`${acr}/${part}/write`, `${acr}/${part}/delete`]);

/** No operation of Azure: only a role that names everything below a registry grants it, whatever it takes away. */
const anythingElse = ['write', 'delete', 'action'].map((verb) => `${acr}/everythingElse/${verb}`);

/** Hands out roles. */
export const assigning = 'Microsoft.Authorization/roleAssignments/write';

/** The same in both modes. Whoever may schedule a run may build and push anything. */
export const always: RightsTable = {
  'edit-cache-rules': control(`${acr}/cacheRules/write`),
  import: control(`${acr}/importImage/action`),
  'edit-pipelines': control(
    `${acr}/importPipelines/write`,
    `${acr}/exportPipelines/write`,
    `${acr}/pipelineRuns/write`,
  ),
  'edit-tasks': control(`${acr}/tasks/write`, `${acr}/taskruns/write`, `${acr}/scheduleRun/action`),
  'mint-tokens': {
    plane: 'control',
    actions: [settingUpTokens, [generating]],
  },
  'read-admin-password': control(`${acr}/listCredentials/action`, `${acr}/regenerateCredential/action`),
  manage: control(
    ...registryItself,
    `${acr}/updatePolicies/write`,
    `${acr}/privateEndpointConnectionsApproval/action`,
    `${acr}/connectedRegistries/deactivate/action`,
    ...partsOfRegistry,
    ...anythingElse,
  ),
  'assign-roles': control(assigning),
};

/**
 * Rights to content by permission mode: control-plane actions in one, data actions in the other, so that AcrPull and
 * Owner have none in ABAC mode. Content trust, and with it signing, does not exist there. Sources: MicrosoftDocs
 * container-registry-rbac-abac-repository-permissions.md and container-registry-content-trust-deprecation.md.
 */
export const byMode: { readonly [M in Member<'roleAssignmentMode'>]: RightsTable } = {
  LegacyRegistryPermissions: {
    pull: control(`${acr}/pull/read`),
    push: control(`${acr}/push/write`),
    delete: control(`${acr}/artifacts/delete`),
    sign: control(`${acr}/sign/write`),
    'read-quarantined': control(`${acr}/quarantine/read`),
    promote: control(`${acr}/quarantine/write`),
  },
  AbacRepositoryPermissions: {
    pull: data(`${acr}/repositories/content/read`),
    push: data(`${acr}/repositories/content/write`),
    delete: data(`${acr}/repositories/content/delete`),
    'read-quarantined': data(`${acr}/quarantinedArtifacts/read`),
    promote: data(`${acr}/quarantinedArtifacts/write`),
  },
};

/** Whether a mode is one that we know: what depends on another is not known. */
export const isKnownMode = (mode: OpenEnum<'roleAssignmentMode'> | null): mode is Member<'roleAssignmentMode'> =>
  mode !== null && mode in byMode;

/** Whether a right is one to content, by other actions in each mode. */
export const isContentRight = (right: Right): boolean => Object.values(byMode).some((table) => table[right]);

/** What gives a right in a permission mode; in either where the mode is not known. */
export const neededFor = (right: Right, mode: OpenEnum<'roleAssignmentMode'> | null): readonly Needed[] =>
  [always, ...(isKnownMode(mode) ? [byMode[mode]] : Object.values(byMode))].flatMap((table) => table[right] ?? []);
