/** Replicas, recovery, scanning, logging: `posture` of the check API. */

export { isBelowPremium } from '../../model/sku.ts';
export { discoveryOf, planToMend, scanningOf } from './defender.ts';
export { deletionDenial, deletionLock } from './deletion-lock.ts';
export { type GateExtension, gatePlans } from './gate-plans.ts';
export { findingsOf, runningOf, severeParts, sumOf } from './image-findings.ts';
export { severeImagesQuery, severeRunningQuery } from './image-findings-query.ts';
export { dataPlaneCategories, loggingOf } from './logging.ts';
export { promotersOf, type QuarantineWebhook, quarantineWebhooks, silentUntilPassed } from './quarantine.ts';
export { obstaclesToSoftDelete, obstacleWords } from './recovery.ts';
export { hasZones, zonesAsOf } from './regions.ts';
export { type KeyPlace, type KeyReader, keyPlace, keyReader, letsRegistriesIn } from './registry-key.ts';
export { regionName } from './replicas.ts';
export { type Region, regionsOf, sameRegion, spreadOf } from './serving.ts';
export { keepsSchedule } from './sync-schedule.ts';
export { hostOf, isOpenToAnybody, wantsLogin } from './upstreams.ts';
