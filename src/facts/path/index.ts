/** Who reaches a registry, and how: `path` of the check API. */
export { judgeRules, mostAddresses } from './allow-rules.ts';
export { isRange } from './cidr.ts';
export { consumes } from './consumer-networks.ts';
export { coverageOf } from './coverage.ts';
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
} from './endpoints.ts';
export { pathFacts } from './facts.ts';
export { linkingsOf, unlinkedMaybe } from './links.ts';
export { networksGone } from './networks-gone.ts';
export { overlapsOf } from './overlaps.ts';
export { probedFlaws } from './probed.ts';
export { publicAccess, publicSide, restrictionOf } from './public-access.ts';
export { fallbacksOf, hiddenConsumers } from './records.ts';
export { capacityOf } from './subnet-capacity.ts';
export { refusedWords, taskException, taskPart } from './task-parts.ts';
export { failedQuickRun, namesOf, type TaskWay, taskWays } from './task-ways.ts';
export {
  isForPulls,
  pullsAtAll,
  stopOf,
  type Trip,
  tripFacets,
  tripsByNetwork,
  tripsOf,
  unknownTrips,
} from './trips.ts';
export { problemOf } from './words.ts';
export { zoneGroupsOf } from './zone-groups.ts';
export { zonesOfRegistry } from './zones.ts';
