/** The public check API, `acr-audit/check`: all that a check may import. */

export type { Area, Check, Context, Facts, Profile, Severity } from './model/check.ts';
export { defineCheck } from './model/check.ts';
export { scanningExtension, scanningPlans } from './model/defender.ts';
export type { Evidence, Missing, Observed, Unseen } from './model/evidence.ts';
export type { Facet, Facets } from './model/facets.ts';
export { byText, idKey, parentId, parseId, sameId } from './model/ids.ts';
export {
  byValue,
  cannotSee,
  fail,
  must,
  notApplicable,
  type Observation,
  type Outcome,
  type Pointer,
  pass,
  unknown,
  unlessPremium,
} from './model/outcome.ts';
export { obstaclesToSoftDelete } from './model/recovery.ts';
export { allRegions, otherRegions, regionName } from './model/replicas.ts';
export type { AzStep, Effect, KnownFacts, ManualStep, Refusal, Step } from './model/step.ts';
export { acrRetention, acrSoftDelete, acrUpdate, manual, onRegistry } from './plan/az.ts';
