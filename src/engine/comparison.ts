import { idKey, lastPart, subscriptionGuid } from '../model/ids.ts';
import { type Drift, type Drifted, driftSchema } from '../pages/drift.ts';
import { isAccepted, type Report, type ReportSubject, severityOf, verdictsOf } from '../pages/report.ts';
import type { Baseline } from './baseline.ts';

interface Failure extends Drifted {
  readonly accepted: boolean;
}

/** What became of each failure from one report to another, told by fingerprint: names and order may change. */
export const compare = (before: Report, after: Report): Drift => drift(failuresOf(before), before.evaluatedAt, after);

/**
 * What became of the failures that a baseline accepts. Of a check that was not run now nothing is said: a baseline
 * does not hold how bad a failure was.
 */
export function sinceBaseline({ accepted }: Baseline, name: string, after: Report): Drift {
  const byId = new Map(after.checks.map((check) => [check.id, check]));
  const old = accepted.flatMap(({ fingerprint, check: id, subject, thing }): Failure[] => {
    const check = byId.get(id);
    if (!check) return [];
    const of = { subject, name: lastPart(subject), check: id, severity: after.asked.severity[id] ?? check.severity };
    return [{ ...of, ...(thing === undefined ? {} : { thing }), words: check.problem, fingerprint, accepted: true }];
  });
  return drift(new Map(old.map((one) => [one.fingerprint, one])), name, after);
}

function drift(old: ReadonlyMap<string, Failure>, before: string, after: Report): Drift {
  const now = failuresOf(after);
  const found: Record<'new' | 'fixed' | 'still' | 'unseen', Drifted[]> = { new: [], fixed: [], still: [], unseen: [] };
  for (const [print, failure] of now) if (!old.has(print) && !failure.accepted) found.new.push(shown(failure));
  const fateOf = fatesIn(after);
  for (const [print, failure] of old) {
    const same = now.get(print);
    if (same) found.still.push(shown(same, same.accepted ? 'accepted' : undefined));
    else {
      const [fate, why] = fateOf(failure);
      found[fate].push(shown(failure, why));
    }
  }
  return { schema: driftSchema, before, after: after.evaluatedAt, ...found };
}

/** What a comparison needs of a subject: of two reports of thousands of registries nothing else is held. */
export const compared = ({ pages: _, findings, ...subject }: ReportSubject): ReportSubject => ({
  ...subject,
  findings: findings.map((finding) =>
    finding.verdict === 'fail' ? { ...finding, observations: [], confirm: [], fix: [] } : finding,
  ),
});

const shown = ({ accepted: _, ...failure }: Failure, why?: string): Drifted => ({
  ...failure,
  ...(why === undefined ? {} : { why }),
});

/** Each failing thing, or the failure where there is none, by fingerprint. */
function failuresOf({ checks, subjects }: Report): Map<string, Failure> {
  const byId = new Map(checks.map((check) => [check.id, check]));
  const found = subjects.flatMap((subject) =>
    subject.findings.flatMap((finding): Failure[] => {
      const check = byId.get(finding.check);
      if (finding.verdict !== 'fail' || !check) return [];
      const severity = severityOf(finding, check);
      const of = { subject: subject.id, name: subject.name, check: check.id, severity };
      if (finding.things === undefined)
        return [{ ...of, words: finding.message, fingerprint: finding.fingerprint, accepted: isAccepted(finding) }];
      return finding.things.map((one) => ({
        ...of,
        thing: one.thing,
        words: one.words,
        fingerprint: one.fingerprint,
        accepted: isAccepted(finding) || isAccepted(one),
      }));
    }),
  );
  return new Map(found.map((failure) => [failure.fingerprint, failure]));
}

/** What the later report lets us say of a failure that is not in it. */
function fatesIn(after: Report): (failure: Failure) => readonly ['fixed' | 'unseen', string | undefined] {
  const subjects = new Map(after.subjects.map((subject) => [`${subject.kind} ${idKey(subject.id)}`, subject]));
  const verdicts = new Map<ReportSubject, ReturnType<typeof verdictsOf>>();
  const listed = new Set(after.scopes.flatMap(({ id, observed }) => (observed ? [idKey(subscriptionGuid(id))] : [])));
  const { registries, groups, tags } = after.asked;
  const isNarrow = registries.length + groups.length + tags.length > 0;
  return ({ subject: id, check }) => {
    const subject = subjects.get(`registry ${idKey(id)}`) ?? subjects.get(`subscription ${idKey(id)}`);
    if (!subject) {
      if (isNarrow || !listed.has(idKey(subscriptionGuid(id)))) return ['unseen', 'it was not looked at'];
      return ['fixed', 'it is gone'];
    }
    const own = verdicts.get(subject) ?? verdictsOf(subject);
    verdicts.set(subject, own);
    const verdict = own[check];
    if (verdict === undefined) return ['unseen', 'the check was not run'];
    if (verdict === 'unknown' || verdict === 'error') return ['unseen', `the verdict is ${verdict}`];
    return ['fixed', undefined];
  };
}
