/** Who may do what: `access` of the check API. */
export { accessTo } from './access.ts';
export { type AppPuller, appPulls, unseenApp } from './app-pull.ts';
export { pushersOf, rolesAround } from './around.ts';
export { type ClusterPulls, clusterPulls } from './cluster-pull.ts';
export { consumersOf, usersOf } from './consumption.ts';
export { pullDenial } from './denials.ts';
export { credentialState, issuerOf } from './federation.ts';
export { grantWords, roleFor, seenGrant } from './grants.ts';
export { registryRoles } from './ineffective.ts';
export { type OwnIdentity, ownIdentities } from './own-identity.ts';
export { principalWords } from './principals.ts';
export { aboutRepositories, loosePrefixes } from './repository-conditions.ts';
export { isGatewayMap, isGone, isSystemMap, mapOf, reachOfMap, writesWithoutReads } from './scope-maps.ts';
export { covers } from './scopes.ts';
export { isByIds } from './subjects.ts';
export { taskIdentities } from './task-roles.ts';
export { credentialsOf, expiryOf, judgedTokens, lifeOf } from './tokens.ts';
export { widthOf } from './workloads.ts';
