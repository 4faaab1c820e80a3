import type { Irrelevant } from '../src/testing/index.ts';

/**
 * Places without which a check passes, though it read them, and which nobody has judged yet: found by the rule tester,
 * to be mended in the check or named as irrelevant in its table. Empty is the aim.
 */
const wrongPasses: Readonly<Record<string, readonly string[]>> = {
  'clusters-can-pull': [
    'consumers/clusters/*/nodeImages/*',
    'consumers/clusters/*/provisioningState',
    'consumers/searched/*/clusters',
    'registry/policies/azureAdAuthenticationAsArm',
    'registry/policies/azureAdAuthenticationAsArm/status',
    'roleAssignments/assignments/*/condition',
    'roleAssignments/assignments/*/principalType',
    'roleAssignments/definitions',
  ],
  'dedicated-data-endpoints': ['registry/dataEndpointEnabled'],
  'federated-subjects-exact': [
    'registry/roleAssignmentMode',
    'roleAssignments/assignments/*/principalType',
    'roleAssignments/definitions',
  ],
  'implicit-pull-bounded': ['roleAssignments/assignments/*/principalType', 'roleAssignments/definitions'],
  'private-endpoint-covers-every-region': [
    'privateEndpoints/*/endpointId',
    'registry/regionalEndpoints',
    'replications/*/provisioningState',
  ],
  'private-endpoint-has-room': [
    'privateEndpoints/*/endpointId',
    'registry/regionalEndpoints',
    'replications/*/provisioningState',
  ],
  'replica-near-consumers': [
    'consumers/clusters/*/provisioningState',
    'consumers/searched/*/clusters',
    'replications/*/provisioningState',
    'replications/*/regionEndpointEnabled',
    'roleAssignments/assignments/*/principalType',
    'roleAssignments/definitions',
  ],
  'repository-conditions-anchored': ['roleAssignments/assignments/*/principalType'],
  'role-assignments-effective': ['roleAssignments/assignments/*/principalType', 'roleAssignments/definitions'],
  'pull-request-builds-off': ['tasks/*/sources/*/events'],
  'purges-spare-newest': ['tagInventory/repositories/*/contents/value/manifests/*/refers'],
  'scope-maps-in-use': ['scopeMaps/*/type'],
  'service-endpoints-unused': ['registry/sku'],
  'task-identities-least-privilege': [
    'registry/roleAssignmentMode',
    'roleAssignments/assignments/*/principalType',
    'roleAssignments/definitions',
  ],
  'tasks-bypass-needed': [
    'registry/networkRuleBypassOptions',
    'tasks/*/agentPool',
    'tasks/*/identity',
    'tasks/*/identity/type',
    'tasks/*/status',
  ],
  'tasks-can-reach-registry': [
    'registry/networkRuleBypassAllowedForTasks',
    'registry/networkRuleBypassOptions',
    'tasks/*/identity',
    'tasks/*/identity/type',
    'tasks/*/status',
  ],
  'tasks-succeeding': ['tasks/*/changedAt'],
  'token-passwords-expire': ['tokens/*/passwords/*/name'],
  'token-passwords-short-lived': ['tokens/*/passwords/*/name'],
  'unlisted-networks-refused': ['registry/sku'],
  'workload-roles-least-privilege': [
    'registry/roleAssignmentMode',
    'roleAssignments/assignments/*/principalType',
    'roleAssignments/definitions',
  ],
};

export const knownWrong = (id: string): Irrelevant =>
  Object.fromEntries((wrongPasses[id] ?? []).map((at) => [at, 'not yet judged']));
