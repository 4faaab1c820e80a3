import type { Failed } from '../pages/report.ts';
import { confirmLines, fixLines, label, undoLines } from './block-lines.ts';
import type { Paint } from './paint.ts';
import type { Style } from './reporter.ts';
import { visible } from './safe-text.ts';
import { accepted, overridden, type Row, wordsOfThings } from './view.ts';
import { columnsOf, prose } from './wrap.ts';

const most = { observations: 3, things: 5 } as const;

/** A failure with its number in the list, and the one before it that rests on the same facts. */
export interface Numbered {
  readonly number: number;
  readonly row: Row<Failed>;
  readonly same: Numbered | null;
}

/** Numbers failures, worst first; a later one whose facts all stand in an earlier one of its subject refers to it. */
export function numbered(rows: readonly Row<Failed>[]): Numbered[] {
  const all: Numbered[] = [];
  for (const row of rows) {
    const facts = factsOf(row.finding);
    const same = all.find(
      (one) => one.row.subject === row.subject && facts.every((fact) => factsOf(one.row.finding).includes(fact)),
    );
    all.push({ number: all.length + 1, row, same: facts.length > 0 ? (same ?? null) : null });
  }
  return all;
}

const factsOf = ({ observations }: Failed): string[] =>
  observations.map(({ at, saw }) => `${at} ${JSON.stringify(saw)}`);

/** One failure: what was seen, what somebody notices, how to look, what the fix breaks, the fix, and the way back. */
export function findingBlock({ number, row, same }: Numbered, paint: Paint, style: Style): string {
  const { check, severity, finding } = row;
  const title = `-- ${number} ${severity.toUpperCase()} ${visible(check.id)} `;
  const heading = paint.severity[severity](title.padEnd(columnsOf(style), '-'));
  const line = (name: string, text: string) => prose(name, text, label, style);
  const [why, other] = [accepted(finding), overridden(row)];
  const told = same
    ? [line('saw', `the same facts as ${same.number}, ${same.row.check.id}`)]
    : [
        ...seen(finding, style).map((text, index) => line(index === 0 ? 'saw' : '', text)),
        line('symptom', check.symptom),
        line('cause', check.cause),
        ...(style.full ? [line('risk', check.why)] : []),
      ];
  return [
    heading,
    ...(other === null ? [] : [line('severity', other)]),
    ...(why === null ? [] : [line('accepted', why)]),
    ...told,
    ...confirmLines(finding.confirm),
    paint.strong(line('BREAKS', finding.breaks ?? check.breaks)),
    ...fixLines(finding.fix, finding.confirm, style),
    ...undoLines(finding.fix, finding.confirm, style),
  ].join('\n');
}

/** In words: the bad things where there are several, else what was observed. */
function seen({ message, observations, things }: Failed, { full }: Style): string[] {
  const words = things && things.length > 1 ? wordsOfThings(things) : observations.map((one) => one.words);
  const limit = full ? words.length : things ? most.things : most.observations;
  const left = words.length - limit;
  return [
    // A message that only joins them would be told twice.
    ...(joins(message, things ?? observations) ? [] : [message]),
    ...words.slice(0, limit),
    ...(left > 0 ? [`and ${left} more`] : []),
  ];
}

const joins = (message: string, parts: readonly { readonly words: string }[]): boolean =>
  message === parts.map(({ words }) => words).join('; ');
