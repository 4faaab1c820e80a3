import type { Report, Verdict } from '../model/report.ts';
import { hiddenFindings } from './filter.ts';
import type { Paint } from './paint.ts';
import type { Style } from './reporter.ts';
import { atMost, visible } from './safe-text.ts';
import { counted, failedChecks, gaps, missingText } from './view.ts';
import { indented } from './wrap.ts';

/** Azure's refusal is long, and the missing action below it says the same: this much of it is enough in the summary. */
const gist = 160;

/** Of what one gap is missing, the summary names this much. */
const namesMissing = 5;

const words: Readonly<Record<Verdict, string>> = {
  fail: 'fail',
  unknown: 'unknown',
  error: 'error',
  pass: 'pass',
  'not-applicable': 'not applicable',
};

const hintOfMany =
  'acr-audit scan NAME tells how to see and mend each failure of one registry, -v of all; acr-audit explain CHECK tells all about a check';

/** Last, because the end is what a terminal still shows. */
export function closing(report: Report, paint: Paint, style: Style): string {
  const { summary } = report;
  const counts = (Object.keys(words) as Verdict[])
    .filter((verdict) => summary[verdict] > 0)
    .map((verdict) => paint.verdict[verdict](`${summary[verdict]} ${words[verdict]}`));
  const registries = report.subjects.filter(({ kind }) => kind === 'registry').length;
  const hidden = hiddenFindings(report);
  const unseen = gaps(report);
  const [worst] = failedChecks(report);
  return [
    [counted(registries, 'registry', 'registries'), ...(counts.length > 0 ? counts : ['nothing was judged'])].join(
      ' · ',
    ),
    ...(hidden > 0 ? [paint.faint(`${counted(hidden, 'finding')} not shown: a filter is set`)] : []),
    ...(report.complete ? [] : incomplete(unseen, paint, style)),
    ...(worst
      ? [
          paint.faint(
            style.brief ? hintOfMany : `acr-audit explain ${visible(worst.check.id)} tells more of the worst failure`,
          ),
        ]
      : []),
  ].join('\n');
}

function incomplete(unseen: ReturnType<typeof gaps>, paint: Paint, style: Style): string[] {
  return [
    paint.verdict.unknown(
      unseen.length > 0 ? `INCOMPLETE: ${counted(unseen.length, 'thing')} could not be seen` : 'INCOMPLETE',
    ),
    ...unseen.flatMap(({ what, missing, findings }) => [
      indented(
        `${missing.length > 0 ? atMost(what, gist) : what}${findings > 1 ? ` (${findings} verdicts wait for it)` : ''}`,
        2,
        style,
      ),
      ...missing.slice(0, namesMissing).map((one) => `    ${visible(missingText(one))}`),
      ...(missing.length > namesMissing ? [`    and ${missing.length - namesMissing} more`] : []),
    ]),
  ];
}
