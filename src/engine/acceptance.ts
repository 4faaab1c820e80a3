import type { WaiverRule } from '../model/config.ts';
import { byText, idKey } from '../model/ids.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { type Acceptance, type Failed, type Finding, isAccepted, type Report, type Waiver } from '../pages/report.ts';
import { summarise } from './evaluate.ts';
import { globMatches } from './glob.ts';
import { isAbout, whereaboutsIn } from './whereabouts.ts';

/** What is accepted, as of the instant of the collection. */
export interface Accepting {
  readonly waivers: readonly WaiverRule[];
  /** Fingerprints of findings and of their things. */
  readonly baseline: ReadonlySet<string>;
}

export interface Accepted {
  readonly report: Report;
  /** Waivers that no longer hold. */
  readonly expired: readonly WaiverRule[];
  /** Waivers that hold, whose check was judged everywhere that they are for, and that met no failure. */
  readonly unused: readonly WaiverRule[];
}

/** The same report, in which failures (or things of them) are waived or in the baseline. No verdict changes. */
export function accept(report: Report, snapshot: Snapshot, { waivers, baseline }: Accepting): Accepted {
  const day = report.evaluatedAt.slice(0, 10);
  const expired = waivers.filter(({ until }) => until < day);
  const holding = waivers.filter(({ until }) => until >= day);
  const used = new Set<WaiverRule>();
  const where = whereaboutsIn(snapshot);
  const subjects = report.subjects.map((subject) => {
    const at = where.get(idKey(subject.id));
    const own = at ? holding.filter((rule) => isAbout(rule, at)) : [];
    const findings = subject.findings.map((finding) =>
      finding.verdict === 'fail' ? accepted(finding, own, baseline, used) : finding,
    );
    return { ...subject, findings };
  });
  const judged = new Set(report.checks.map(({ id }) => id));
  const unclear = unclearIn(report, where);
  return {
    report: { ...report, subjects, summary: summarise(subjects) },
    expired,
    unused: holding.filter((rule) => judged.has(rule.check) && !used.has(rule) && !unclear(rule)),
  };
}

/** Whether a waiver may meet a failure that nobody sees: the check could not be judged there, or a subscription not be listed. */
function unclearIn(report: Report, where: ReturnType<typeof whereaboutsIn>): (rule: WaiverRule) => boolean {
  if (report.scopes.some(({ observed }) => !observed)) return () => true;
  const unknown = report.subjects.flatMap(({ id, findings }) => {
    const at = where.get(idKey(id));
    const checks = findings.filter(({ verdict }) => verdict === 'unknown' || verdict === 'error');
    return at ? checks.map(({ check }) => ({ check, at })) : [];
  });
  return (rule) => unknown.some(({ check, at }) => check === rule.check && isAbout(rule, at));
}

/** A finding is accepted when it is as a whole, or when each of its things is: a new thing fails again. */
function accepted(
  finding: Failed,
  rules: readonly WaiverRule[],
  baseline: ReadonlySet<string>,
  used: Set<WaiverRule>,
): Finding {
  const acceptance = (fingerprint: string, thing: string | null): Acceptance => {
    const meeting = rules.filter(
      (one) =>
        one.check === finding.check && (one.thing === undefined || (thing !== null && globMatches(one.thing, thing))),
    );
    for (const one of meeting) used.add(one);
    // Of several, the one that holds the longest says until when.
    const [rule] = meeting.toSorted((a, b) => byText(b.until, a.until));
    return {
      ...(rule ? { waived: waiverOf(rule) } : {}),
      ...(baseline.has(fingerprint) ? { baseline: true as const } : {}),
    };
  };
  if (finding.things === undefined) return { ...finding, ...acceptance(finding.fingerprint, null) };
  const things = finding.things.map((one) => ({ ...one, ...acceptance(one.fingerprint, one.thing) }));
  const [first] = things;
  if (!first || !things.every(isAccepted)) return { ...finding, things };
  // Waived where any of its things is: the baseline takes what is old, a waiver says why.
  const waived = things.flatMap((one) => one.waived ?? []).toSorted((a, b) => (a.until < b.until ? -1 : 1))[0];
  return { ...finding, things, ...(waived ? { waived } : { baseline: true as const }) };
}

const waiverOf = ({ reason, until }: WaiverRule): Waiver => ({ reason, until });
