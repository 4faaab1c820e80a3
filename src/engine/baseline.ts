import { byText, idKey, subscriptionOf } from '../model/ids.ts';
import { type Failed, type Report, verdictsOf } from '../pages/report.ts';

export const baselineSchema = 'acr-audit/baseline@1';

/** Failures that are accepted as they are: each finding, or each thing of one, by its fingerprint. */
export interface Baseline {
  readonly schema: typeof baselineSchema;
  readonly accepted: readonly AcceptedFailure[];
}

export interface AcceptedFailure {
  readonly fingerprint: string;
  /** For people; the fingerprint decides. */
  readonly check: string;
  readonly subject: string;
  readonly thing?: string;
}

/** What fails in a report and is not waived. */
export function failuresIn({ subjects }: Report): AcceptedFailure[] {
  return subjects.flatMap(({ id: subject, findings }) =>
    findings
      .filter((finding): finding is Failed => finding.verdict === 'fail' && finding.waived === undefined)
      .flatMap(({ check, fingerprint, things }) =>
        things === undefined
          ? [{ fingerprint, check, subject }]
          : things
              .filter(({ waived }) => waived === undefined)
              .map((one) => ({ fingerprint: one.fingerprint, check, subject, thing: one.thing })),
      ),
  );
}

/** Whether a subject is no longer there: its subscription was listed, and the scan was not of some registries only. */
function goneFrom({ asked, scopes, subjects }: Report): (subject: string) => boolean {
  if ([...asked.registries, ...asked.groups, ...asked.tags].length > 0) return () => false;
  const listed = new Set(scopes.filter(({ observed }) => observed).map(({ id }) => idKey(id)));
  const there = new Set(subjects.map(({ id }) => idKey(id)));
  return (subject) => {
    const key = idKey(subject);
    return !there.has(key) && listed.has(idKey(subscriptionOf(subject))) && key !== idKey(subscriptionOf(subject));
  };
}

/**
 * The baseline after a scan: what fails now, and what the scan could not judge. What it judged and no longer fails goes,
 * so that it fails again if it comes back.
 */
export function updated(before: Baseline, report: Report): Baseline {
  const now = failuresIn(report);
  const there = new Set(now.map(({ fingerprint }) => fingerprint));
  const judged = new Set(
    report.subjects.flatMap((subject) =>
      Object.entries(verdictsOf(subject))
        .filter(([, verdict]) => verdict !== 'unknown' && verdict !== 'error')
        .map(([check]) => `${check} ${idKey(subject.id)}`),
    ),
  );
  const isGone = goneFrom(report);
  const kept = before.accepted.filter(
    ({ fingerprint, check, subject }) =>
      !there.has(fingerprint) && !judged.has(`${check} ${idKey(subject)}`) && !isGone(subject),
  );
  const accepted = [...now, ...kept].toSorted(
    (a, b) =>
      byText(idKey(a.subject), idKey(b.subject)) || byText(a.check, b.check) || byText(a.thing ?? '', b.thing ?? ''),
  );
  return { schema: baselineSchema, accepted };
}
