/** The public check API, `acr-audit/check`: all that a check may import. */

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
} from './model/access.ts';
export { judgeRules, mostAddresses } from './model/allow-rules.ts';
export type { Area, Check, Context, Facts, Profile, Severity } from './model/check.ts';
export { defineCheck } from './model/check.ts';
export { isRange } from './model/cidr.ts';
export { clusterPulls } from './model/cluster-pull.ts';
export { consumersOf } from './model/consumption.ts';
export { coverageOf } from './model/coverage.ts';
export { scanningOf } from './model/defender.ts';
export { rivalriesOf } from './model/endpoint-networks.ts';
export { asObservation, isBroken, recordObservations, recordsOf } from './model/endpoint-records.ts';
export { roomOf } from './model/endpoint-room.ts';
export { approvedConnections, servingRegions, standing, stateOf, wantedMembers } from './model/endpoints.ts';
export type { Evidence, Missing, Observed, Unseen } from './model/evidence.ts';
export type { Facet, Facets } from './model/facets.ts';
export { fallbacksOf } from './model/fallbacks.ts';
export { flawsOf, issuerOf, type WayIn, waysIn } from './model/federation.ts';
export { generalRoles, grantWords, roleFor, seenGrant } from './model/grants.ts';
export { byText, idKey, parentId, parseId, sameId } from './model/ids.ts';
export { findingsOf, sumOf } from './model/image-findings.ts';
export { imageFindingsQuery, severeImagesQuery } from './model/image-findings-query.ts';
export { dataPlaneCategories, loggingOf } from './model/logging.ts';
export {
  byValue,
  cannotSee,
  fail,
  must,
  notApplicable,
  notSaid,
  type Observation,
  type Outcome,
  type Pointer,
  pass,
  unknown,
  unlessPremium,
} from './model/outcome.ts';
export { principalNames, principalWords } from './model/principals.ts';
export { promisesOf, type RolePromise } from './model/promises.ts';
export { publicAccess, restrictionOf } from './model/public-access.ts';
export { announcementsOf, promotersOf } from './model/quarantine.ts';
export { recordsMessage } from './model/record-symptoms.ts';
export { obstaclesToSoftDelete, obstacleWords } from './model/recovery.ts';
export { hasZones, zonesAsOf } from './model/regions.ts';
export { allRegions, otherRegions, regionName } from './model/replicas.ts';
export { aboutRepositories, loosePrefixes } from './model/repository-conditions.ts';
export { roleIds } from './model/roles.ts';
export { isGatewayMap, isGone, isSystemMap, mapOf, waysToChangeAll, writesWithoutReads } from './model/scope-maps.ts';
export { regionsOf, sameRegion } from './model/serving.ts';
export { shellWord } from './model/shell.ts';
export type { AzStep, Effect, KnownFacts, ManualStep, Refusal, Step } from './model/step.ts';
export { namesOf, taskPaths } from './model/task-paths.ts';
export { type TaskRole, taskRoles } from './model/task-roles.ts';
export { type Age, ageOf, credentialsOf, type HeldCredential, judgedTokens, neverExpires } from './model/tokens.ts';
export { type HeldRole, heldWords, workloadRoles } from './model/workloads.ts';
export { zoneGroupsOf } from './model/zone-groups.ts';
export { askersOf, holdingZones, linkingOf, unseenConsumers } from './model/zone-links.ts';
export { acrRetention, acrSoftDelete, acrUpdate, manual, onRegistry } from './plan/az.ts';
export { acrFollowKey } from './plan/encryption.ts';
export { deleteExportPipeline } from './plan/export-pipelines.ts';
export { acrLock, acrLogDataPlane, acrWebhookOn } from './plan/governance.ts';
export { acrArmAudienceOff, federatedCredentialDelete } from './plan/identity.ts';
export { linkSteps } from './plan/link-steps.ts';
export { addIpRule, removeIpRule } from './plan/network-rules.ts';
export {
  addRecord,
  addToZoneGroup,
  attachZoneGroup,
  keepPrivate,
  linkZone,
  listDnsServers,
  listFallbacks,
  listLinks,
  listRecords,
  listZoneGroups,
  someEndpoint,
  someZone,
} from './plan/private-dns.ts';
export { approveConnection, deleteConnection, privatePath } from './plan/private-endpoints.ts';
export { mendRecord, recordConfirm, recordSteps } from './plan/record-steps.ts';
export { acrReplicaCreate, acrReplicaServes, serveFrom } from './plan/replication.ts';
export { insteadOf, roleAssign, roleUnassign } from './plan/roles.ts';
export { tasksBypass } from './plan/task-bypass.ts';
export { acrTaskWithBaseImageTrigger, acrTaskWithoutPullRequests } from './plan/tasks.ts';
export {
  acrScopeMapAllow,
  acrScopeMapDelete,
  acrTokenDisable,
  dropped,
  renewed,
} from './plan/tokens.ts';
export { acrContentTrustOff, acrQuarantineOff, acrQuarantineOn } from './plan/trust.ts';
export { trackingOf } from './tasks/base-images.ts';
export { buildOf } from './tasks/builds.ts';
export { taskHealth } from './tasks/health.ts';
export { pushes, untestedPushes } from './tasks/order.ts';
export { deletesNothing, readPurge } from './tasks/purge-reading.ts';
export { mayRun, purgesOf } from './tasks/purges.ts';
export { rehearseScheduled } from './tasks/rehearsal.ts';
