/** The public check API, `acr-audit/check`: all that a check may import. */

export { clusterShow } from './commands/clusters.ts';
export {
  addRecord,
  keepPrivate,
  linkZone,
  listDnsServers,
  listFallbacks,
  listLinks,
  listRecords,
  listZoneGroups,
  someZone,
} from './commands/dns.ts';
export {
  addToZoneGroup,
  approveConnection,
  attachZoneGroup,
  deleteConnection,
  privatePath,
  someEndpoint,
} from './commands/endpoints.ts';
export { exactInstead, immutableInstead, listCredentials } from './commands/federation-steps.ts';
export { acrLock, acrLogDataPlane, acrLogIn, acrWebhookOn, deleteExportPipeline } from './commands/governance.ts';
export * as commands from './commands/index.ts';
export { manual, question } from './commands/manual.ts';
export { narrowerMap } from './commands/narrower-map.ts';
export {
  acrArmAudienceOff,
  acrContentTrustOff,
  acrFollowKey,
  acrQuarantineOff,
  acrQuarantineOn,
  acrRetention,
  acrSoftDelete,
  acrUpdate,
  addIpRule,
  removeIpRule,
  tasksBypass,
} from './commands/registry.ts';
export { acrReplicaCreate, acrReplicaServes, serveFrom } from './commands/replicas.ts';
export { insteadOf, mendCondition, withNarrowerRole } from './commands/rights-steps.ts';
export { federatedCredentialDelete, roleAssign, roleUnassign } from './commands/roles.ts';
export { acrTaskWithBaseImageTrigger, acrTaskWithoutPullRequests } from './commands/tasks.ts';
export {
  acrScopeMapAllow,
  acrScopeMapDelete,
  acrScopeMapDeny,
  acrTokenDisable,
  dropped,
  renewed,
} from './commands/tokens.ts';
export { recordPartOf, tripPart } from './commands/trip-parts.ts';
export {
  approvals,
  endpointSteps,
  mendFallback,
  mendLink,
  mendTrip,
  openSteps,
  openToSome,
} from './commands/trip-steps.ts';
export {
  type Access,
  accessTo,
  covers,
  type Extent,
  type Grant,
  mayChange,
  type RegistryAccess,
  type Right,
  type UnreadableRole,
} from './facts/access/access.ts';
export { pushersOf, rolesAround } from './facts/access/around.ts';
export { type ClusterPulls, clusterPulls } from './facts/access/cluster-pull.ts';
export { consumersOf, usersOf } from './facts/access/consumption.ts';
export { credentialState, issuerOf } from './facts/access/federation.ts';
export { grantWords, roleFor, seenGrant } from './facts/access/grants.ts';
export * as access from './facts/access/index.ts';
export { registryRoles } from './facts/access/ineffective.ts';
export { principalNames, principalWords } from './facts/access/principals.ts';
export { aboutRepositories, loosePrefixes } from './facts/access/repository-conditions.ts';
export { roleIds } from './facts/access/roles.ts';
export {
  isGatewayMap,
  isGone,
  isSystemMap,
  mapOf,
  reachOfMap,
  writesWithoutReads,
} from './facts/access/scope-maps.ts';
export { isByIds } from './facts/access/subjects.ts';
export { taskIdentities } from './facts/access/task-roles.ts';
export {
  credentialsOf,
  expiryOf,
  type HeldCredential,
  judgedTokens,
  lifeOf,
} from './facts/access/tokens.ts';
export { widthOf } from './facts/access/workloads.ts';
export { judgeRules, mostAddresses } from './facts/path/allow-rules.ts';
export { isRange } from './facts/path/cidr.ts';
export { coverageOf } from './facts/path/coverage.ts';
export { roomOf } from './facts/path/endpoint-room.ts';
export {
  approvedConnections,
  type CitedConnection,
  connectionsOf,
  endpointName,
  endpointsUnread,
  listedConnections,
  openConnections,
  servingRegions,
  stateOf,
  wantedMembers,
  whoseEndpoint,
} from './facts/path/endpoints.ts';
export { pathFacts } from './facts/path/facts.ts';
export { linkingsOf, unlinkedMaybe } from './facts/path/links.ts';
export { networksGone } from './facts/path/networks-gone.ts';
export { overlapsOf } from './facts/path/overlaps.ts';
export { publicAccess, publicSide, restrictionOf } from './facts/path/public-access.ts';
export { fallbacksOf, recordTrips } from './facts/path/records.ts';
export { namesOf, taskPaths } from './facts/path/task-paths.ts';
export {
  allWork,
  consumes,
  isForPulls,
  pullsAtAll,
  stopOf,
  type Trip,
  tripsByNetwork,
  tripsFrom,
  tripsOf,
  unknownTrips,
} from './facts/path/trips.ts';
export { problemOf } from './facts/path/words.ts';
export { zoneGroupsOf } from './facts/path/zone-groups.ts';
export { zonesOfRegistry } from './facts/path/zones.ts';
export { planToMend, scanningOf } from './facts/posture/defender.ts';
export { findingsOf, sumOf } from './facts/posture/image-findings.ts';
export * as posture from './facts/posture/index.ts';
export { dataPlaneCategories, loggingOf } from './facts/posture/logging.ts';
export { announcementsOf, promotersOf } from './facts/posture/quarantine.ts';
export { obstaclesToSoftDelete, obstacleWords } from './facts/posture/recovery.ts';
export { hasZones, zonesAsOf } from './facts/posture/regions.ts';
export { allRegions, otherRegions, regionName } from './facts/posture/replicas.ts';
export { regionsOf, sameRegion } from './facts/posture/serving.ts';
export { hostOf, isOpenToAnybody, wantsLogin } from './facts/posture/upstreams.ts';
export { trackingOf } from './facts/tasks/base-images.ts';
export { betterCommand } from './facts/tasks/better.ts';
export { buildOf } from './facts/tasks/builds.ts';
export { definitionOf } from './facts/tasks/definition.ts';
export { signsOf } from './facts/tasks/health.ts';
export * as acrTasks from './facts/tasks/index.ts';
export { neededRoles } from './facts/tasks/needed-roles.ts';
export { pushesOf } from './facts/tasks/order.ts';
export { isPatching, patchingFlaws } from './facts/tasks/patching.ts';
export { tagPattern } from './facts/tasks/patterns.ts';
export { type Ability, abilityOf, placeOf } from './facts/tasks/place.ts';
export { mayRun, purgesOf } from './facts/tasks/purges.ts';
export { countWords, lostBy, rehearse } from './facts/tasks/rehearsal.ts';
export type { Area, Check, Context, Facts, Profile, Severity } from './model/check.ts';
export { defineCheck } from './model/check.ts';
export type { Evidence, Missing, Observed, Unseen } from './model/evidence.ts';
export { imageFindingsQuery, severeImagesQuery } from './model/facets/image-findings-query.ts';
export type { Facet, Facets } from './model/facets.ts';
export { byText, idKey, nameOf, parentId, parseId, sameId } from './model/ids.ts';
export {
  byValue,
  cannotSee,
  fail,
  must,
  notApplicable,
  notSaid,
  type Observation,
  type Outcome,
  pass,
  passByOne,
  unasked,
  unlessPremium,
  unseen,
  untold,
} from './model/outcome.ts';
export { type Bad, bad, good, type Part, type Together, unclear, verdictOn } from './model/parts.ts';
export { type Pointer, segment } from './model/pointer.ts';
export { shellText, shellWord } from './model/shell.ts';
export { isBelowPremium } from './model/sku.ts';
export type { KnownFacts, Manual, Question, Refusal, Step } from './model/step.ts';
export * as verdict from './model/verdict.ts';
