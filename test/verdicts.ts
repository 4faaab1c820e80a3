import { type Finding, type Report, saidBy, type Verdict, verdictsOf } from '../src/pages/report.ts';

export interface ToldVerdict {
  readonly check: string;
  /** The resource id of the subject. */
  readonly subject: string;
  readonly verdict: Verdict;
}

/** Every verdict of a report, in findings or not. */
export const toldVerdicts = (report: Report): ToldVerdict[] =>
  report.subjects.flatMap((subject) =>
    Object.entries(verdictsOf(subject)).map(([check, verdict]) => ({ check, subject: subject.id, verdict })),
  );

/** The verdicts by check id, of the last subject where there are several. */
export const verdictsByCheck = (report: Report): Readonly<Record<string, Verdict>> =>
  Object.fromEntries(toldVerdicts(report).map(({ check, verdict }) => [check, verdict]));

/** The first finding of a check. */
export const findingIn = (report: Report, check: string): Finding | undefined =>
  report.subjects.flatMap(({ findings }) => findings).find((one) => one.check === check);

/** What is said of a check, whatever its verdict, on the first subject that has one. */
export function toldOf(report: Report, check: string): string | undefined {
  const finding = findingIn(report, check);
  return finding
    ? saidBy(finding)
    : report.subjects.map(({ rest }) => rest['not-applicable'][check]).find((reason) => reason !== undefined);
}
