/** Steps of fixes and commands that confirm: `commands` of the check API. */
export { clusterShow } from './clusters.ts';
export { defenderPlan } from './defender.ts';
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
} from './dns.ts';
export { approvals, firstEndpointSteps } from './endpoint-steps.ts';
export {
  addToZoneGroup,
  approveConnection,
  attachZoneGroup,
  deleteConnection,
  mendWaysFirst,
  privatePath,
  someEndpoint,
} from './endpoints.ts';
export { exactInstead, immutableInstead, listCredentials } from './federation-steps.ts';
export { acrLock, acrLogDataPlane, acrLogIn, acrWebhookOn, deleteExportPipeline } from './governance.ts';
export { mendLink } from './link-steps.ts';
export { manual, moveApp } from './manual.ts';
export { byHandToRepositoryPermissions, toRepositoryPermissions } from './mode-steps.ts';
export { narrowerMap } from './narrower-map.ts';
export { openSteps, openToSome } from './opening-steps.ts';
export { probedParts } from './probed-parts.ts';
export { letPurge, tryPurge } from './purge-steps.ts';
export { announceQuarantine, givePromoter } from './quarantine-steps.ts';
export { mendFallback } from './record-steps.ts';
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
} from './registry.ts';
export { acrReplicaCreate, acrReplicaServes, repeatLastChange, serveFrom } from './replicas.ts';
export { askOwnerOfDeny, insteadOf, listDenies, mendCondition, withNarrowerRole } from './rights-steps.ts';
export { roleAssign, roleUnassign } from './roles.ts';
export { acrTaskWithBaseImageTrigger, acrTaskWithoutPullRequests } from './tasks.ts';
export { acrScopeMapAllow, acrScopeMapDelete, acrTokenDisable, dropped, renewed } from './tokens.ts';
export { recordParts, tripPart } from './trip-parts.ts';
export { mendTrip } from './trip-steps.ts';
