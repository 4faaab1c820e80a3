import { idKey } from '../model/ids.ts';
import { isAccepted, type Report, saidBy } from '../pages/report.ts';
import { visible } from './safe-text.ts';
import { accepted, type Row, rowsOf } from './view.ts';

const columns = [
  'registry',
  'subscription',
  'check',
  'severity',
  'verdict',
  'thing',
  'message',
  'owner',
  'waived',
  'frameworks',
  'fingerprint',
] as const;
type Cells = { readonly [C in (typeof columns)[number]]: string };

/** For spreadsheets: a row for each bad thing, or for the finding where there is none. */
export function* csv(report: Report): Generator<string> {
  yield csvLine(columns);
  for (const row of rowsOf(report)) for (const cells of cellsOf(row)) yield csvLine(columns.map((name) => cells[name]));
}

/** One row. */
export const csvLine = (cells: readonly string[]): string => `${cells.map(quoted).join(',')}\n`;

/** A spreadsheet runs a cell that starts so, also in the wide letters that an East Asian one takes for the same. */
const formula = /^\s*[=+\-@＝＋－＠]/;

/** As RFC 4180 has it. The apostrophe makes a cell text in a spreadsheet. */
function quoted(cell: string): string {
  const shown = visible(cell);
  const text = formula.test(shown) ? `'${shown}` : shown;
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function cellsOf({ subject, check, severity, finding }: Row): Cells[] {
  const whole: Cells = {
    registry: subject.name,
    subscription: idKey(/^\/subscriptions\/([^/]+)/i.exec(subject.id)?.[1] ?? ''),
    check: check.id,
    severity,
    verdict: finding.verdict,
    thing: '',
    message: saidBy(finding),
    owner: subject.owner ?? '',
    waived: finding.verdict === 'fail' ? (accepted(finding) ?? '') : '',
    frameworks: check.frameworks.join('; '),
    fingerprint: finding.fingerprint,
  };
  if (finding.verdict !== 'fail' || finding.things === undefined) return [whole];
  return finding.things.map((one) => ({
    ...whole,
    thing: one.thing,
    message: one.words,
    waived: accepted(isAccepted(finding) ? finding : one) ?? '',
    fingerprint: one.fingerprint,
  }));
}
