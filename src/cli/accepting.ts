import { accept } from '../engine/acceptance.ts';
import { type Baseline, updated } from '../engine/baseline.ts';
import { sinceBaseline } from '../engine/comparison.ts';
import type { WaiverRule } from '../model/config.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Drift } from '../pages/drift.ts';
import { isAccepted, type Report } from '../pages/report.ts';
import { driftCounts } from '../report/drift.ts';
import type { AcceptingAsked } from './asked.ts';
import { readBaseline, writeBaseline } from './baseline-file.ts';

export interface Outcome {
  readonly report: Report;
  /** What a person should know of it, a line each. */
  readonly words: readonly string[];
  /** What became of what the baseline accepts; `null` without one. */
  readonly drift: Drift | null;
}

/** The report with what waivers and the baseline accept; writes the baseline anew where that is asked. */
export async function withAccepted(
  report: Report,
  snapshot: Snapshot,
  { waivers: useWaivers, baseline: asked }: AcceptingAsked,
  rules: readonly WaiverRule[],
): Promise<Outcome> {
  const waivers = useWaivers ? rules : [];
  const before = asked === null ? null : readBaseline(asked.file, asked.update);
  const fingerprints = (of: typeof before) => new Set(of?.accepted.map(({ fingerprint }) => fingerprint));
  const waived = accept(report, snapshot, { waivers, baseline: new Set() });
  const after = asked?.update && before ? updated(before, waived.report) : before;
  if (asked?.update && after) await writeBaseline(asked.file, after);
  const result = accept(report, snapshot, { waivers, baseline: fingerprints(after) });
  const { registries, groups, tags, subscriptions } = report.asked;
  const everything = [...registries, ...groups, ...tags, ...subscriptions].length === 0;
  const gone = before && !asked?.update ? goneFrom(before, waived.report) : 0;
  const drift = before && asked ? sinceBaseline(before, asked.file, waived.report) : null;
  return {
    report: result.report,
    drift,
    words: [
      ...result.expired.map((rule) => `the waiver of ${nameOf(rule)} ended on ${rule.until} and no longer holds`),
      // A scan of some registries says nothing of the waivers for others.
      ...(everything ? result.unused.map((rule) => `the waiver of ${nameOf(rule)} ${whyUnused(rule, report)}`) : []),
      ...(drift ? [`since ${drift.before}: ${driftCounts(drift)}`] : []),
      ...(gone > 0 ? [`${gone} in the baseline no longer fail: --update-baseline takes them out`] : []),
      ...(asked?.update && after ? [`${asked.file} accepts ${failures(after.accepted.length)}`] : []),
      ...acceptedWords(result.report),
    ],
  };
}

const whyUnused = ({ check, registry, group, tag }: WaiverRule, { checks }: Report): string =>
  (registry ?? group ?? tag) !== undefined && checks.some(({ id, scope }) => id === check && scope === 'subscription')
    ? 'meets no failure: that check is about subscriptions, so waive it by subscription alone'
    : 'meets no failure: take it out';

/** How many entries a new baseline would leave out. */
function goneFrom(before: Baseline, report: Report): number {
  const still = new Set(updated(before, report).accepted.map(({ fingerprint }) => fingerprint));
  return before.accepted.filter(({ fingerprint }) => !still.has(fingerprint)).length;
}

const nameOf = ({ check, thing, registry, subscription, group, tag }: WaiverRule): string =>
  [
    check,
    ...(thing ? [`(${thing})`] : []),
    'for',
    [registry, subscription, group && `group ${group}`, tag && `tag ${tag}`].filter(Boolean).join(', '),
  ].join(' ');

function acceptedWords({ subjects }: Report): string[] {
  const accepted = subjects.flatMap(({ findings }) =>
    findings.filter((finding) => finding.verdict === 'fail' && isAccepted(finding)),
  ).length;
  if (accepted === 0) return [];
  return [`${failures(accepted)} ${accepted === 1 ? 'is' : 'are'} accepted: --show-waived shows them`];
}

const failures = (count: number): string => `${count} ${count === 1 ? 'failure' : 'failures'}`;
