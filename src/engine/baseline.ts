import { byText, idKey } from '../model/ids.ts';
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
  const kept = before.accepted.filter(
    ({ fingerprint, check, subject }) => !there.has(fingerprint) && !judged.has(`${check} ${idKey(subject)}`),
  );
  const accepted = [...now, ...kept].toSorted(
    (a, b) =>
      byText(idKey(a.subject), idKey(b.subject)) || byText(a.check, b.check) || byText(a.thing ?? '', b.thing ?? ''),
  );
  return { schema: baselineSchema, accepted };
}
