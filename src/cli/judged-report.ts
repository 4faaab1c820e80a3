import { checks } from '../../checks/index.ts';
import { evaluate } from '../engine/evaluate.ts';
import type { Judging } from '../engine/judge-all.ts';
import type { AnyCheck, Profile } from '../model/check.ts';
import type { Config } from '../model/config.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Report } from '../pages/report.ts';
import type { ScanAsked } from './asked.ts';
import { declaredIn, partnersIn } from './config.ts';
import { knownRules, ofRules, selectChecks } from './select.ts';

/** Which checks are judged, by the command line and the configuration. */
export interface Chosen {
  readonly profile: Profile;
  readonly chosen: readonly AnyCheck[];
  /** Ids of checks that are newer than the rules that are asked for. */
  readonly newer: readonly string[];
}

export function chosenBy(choice: ScanAsked['choice'], config: Config): Chosen {
  const profile = choice.profile ?? config.profile ?? 'recommended';
  knownRules(checks, config.rules);
  return { profile, ...ofRules(selectChecks(checks, { ...choice, profile }), config.rules) };
}

/** By what a snapshot is judged: the checks, and what the configuration says of them. */
export const judgingBy = (
  config: Config,
  { profile, chosen }: Chosen,
  choice: Pick<ScanAsked['choice'], 'area' | 'check' | 'skip'>,
): Judging => ({
  checks: chosen,
  profile,
  ...(config.rules === undefined ? {} : { rules: config.rules }),
  ...(config.owner === undefined ? {} : { ownerTag: config.owner.replace(/^tag:/, '') }),
  skip: config.skip ?? [],
  asked: {
    areas: choice.area,
    checks: choice.check,
    skips: [...choice.skip, ...(config.skip ?? []).map(({ check, registry }) => `${check} on ${registry}`)],
    options: config.options ?? {},
    consumers: declaredIn(config),
    severity: config.severity ?? {},
    partnerRegistries: partnersIn(config),
    purposes: config.purposes ?? [],
  },
});

/** The report of a snapshot, before anything is accepted. */
export const judgedReport = (
  snapshot: Snapshot,
  config: Config,
  by: Chosen,
  { choice, full, allowEmpty }: Pick<ScanAsked, 'choice' | 'allowEmpty'> & { readonly full: boolean },
): Report => evaluate(snapshot, { ...judgingBy(config, by, choice), full, allowEmpty });
