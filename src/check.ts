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
} from './model/access/access.ts';
export { clusterPulls } from './model/access/cluster-pull.ts';
export { consumersOf } from './model/access/consumption.ts';
export { flawsOf, issuerOf, type WayIn, waysIn } from './model/access/federation.ts';
export { generalRoles, grantWords, roleFor, seenGrant } from './model/access/grants.ts';
export { principalNames, principalWords } from './model/access/principals.ts';
export { aboutRepositories, loosePrefixes } from './model/access/repository-conditions.ts';
export { roleIds } from './model/access/roles.ts';
export {
  isGatewayMap,
  isGone,
  isSystemMap,
  mapOf,
  waysToChangeAll,
  writesWithoutReads,
} from './model/access/scope-maps.ts';
export { type TaskRole, taskRoles } from './model/access/task-roles.ts';
export {
  type Age,
  ageOf,
  credentialsOf,
  type HeldCredential,
  judgedTokens,
  neverExpires,
} from './model/access/tokens.ts';
export { type HeldRole, heldWords, workloadRoles } from './model/access/workloads.ts';
export type { Area, Check, Context, Facts, Profile, Severity } from './model/check.ts';
export { defineCheck } from './model/check.ts';
export type { Evidence, Missing, Observed, Unseen } from './model/evidence.ts';
export type { Facet, Facets } from './model/facets.ts';
export { byText, idKey, parentId, parseId, sameId } from './model/ids.ts';
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
export { judgeRules, mostAddresses } from './model/path/allow-rules.ts';
export { isRange } from './model/path/cidr.ts';
export { coverageOf } from './model/path/coverage.ts';
export { rivalriesOf } from './model/path/endpoint-networks.ts';
export { asObservation, isBroken, recordObservations, recordsOf } from './model/path/endpoint-records.ts';
export { roomOf } from './model/path/endpoint-room.ts';
export { approvedConnections, servingRegions, standing, stateOf, wantedMembers } from './model/path/endpoints.ts';
export { fallbacksOf } from './model/path/fallbacks.ts';
export { publicAccess, restrictionOf } from './model/path/public-access.ts';
export { recordsMessage } from './model/path/record-symptoms.ts';
export { namesOf, taskPaths } from './model/path/task-paths.ts';
export { zoneGroupsOf } from './model/path/zone-groups.ts';
export { askersOf, holdingZones, linkingOf, unseenConsumers } from './model/path/zone-links.ts';
export { scanningOf } from './model/posture/defender.ts';
export { findingsOf, sumOf } from './model/posture/image-findings.ts';
export { imageFindingsQuery, severeImagesQuery } from './model/posture/image-findings-query.ts';
export { dataPlaneCategories, loggingOf } from './model/posture/logging.ts';
export { announcementsOf, promotersOf } from './model/posture/quarantine.ts';
export { obstaclesToSoftDelete, obstacleWords } from './model/posture/recovery.ts';
export { hasZones, zonesAsOf } from './model/posture/regions.ts';
export { allRegions, otherRegions, regionName } from './model/posture/replicas.ts';
export { regionsOf, sameRegion } from './model/posture/serving.ts';
export { promisesOf, type RolePromise } from './model/promises.ts';
export { shellWord } from './model/shell.ts';
export { isBelowPremium } from './model/sku.ts';
export type { AzStep, Effect, KnownFacts, ManualStep, Refusal, Step } from './model/step.ts';
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
