/** What a check concludes, about one thing or over many: `verdict` of the check API. */
export {
  byValue,
  cannotSee,
  fail,
  isSome,
  must,
  notApplicable,
  notSaid,
  type Observation,
  type Observations,
  type Outcome,
  pass,
  passByOne,
  unasked,
  unlessPremium,
  unseen,
  untold,
} from './outcome.ts';
export { bad, good, type Part, unclear, verdictOn as on } from './parts.ts';
export { verdictByRule as byRule } from './rule.ts';
