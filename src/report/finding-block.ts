import { type Failed, isAccepted, type ReportStep } from '../model/report.ts';
import { type Block, blocksOf, comment } from './blocks.ts';
import type { Paint } from './paint.ts';
import type { Style } from './reporter.ts';
import { visible } from './safe-text.ts';
import type { Row } from './view.ts';
import { columnsOf, prose } from './wrap.ts';

const label = 10;
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
  const accepted = isAccepted(finding)
    ? [
        line(
          'accepted',
          finding.waived ? `${finding.waived.reason} (until ${finding.waived.until})` : 'in the baseline',
        ),
      ]
    : [];
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
    ...accepted,
    ...told,
    ...commands('check', finding.confirm),
    paint.strong(line('BREAKS', finding.breaks ?? check.breaks)),
    ...fixLines(blocksOf(finding.fix, finding.confirm), finding.confirm, style),
    ...undoLines(finding.fix, style),
  ].join('\n');
}

/** In words: the bad things where there are several, else what was observed. */
function seen({ message, observations, things }: Failed, { full }: Style): string[] {
  const words = things && things.length > 1 ? things.map((one) => one.words) : observations.map((one) => one.words);
  const limit = full ? words.length : things ? most.things : most.observations;
  const left = words.length - limit;
  return [
    message,
    ...(words.length === 1 && words[0] === message ? [] : words.slice(0, limit)),
    ...(left > 0 ? [`and ${left} more`] : []),
  ];
}

/** Commands are never wrapped, so that they can be copied. */
const commands = (name: string, steps: readonly ReportStep[]): string[] =>
  steps
    .filter(({ kind }) => kind === 'verify')
    .map(
      ({ text, expect }, index) =>
        `${labelled(index === 0 ? name : '')}${visible(text)}${expect === undefined ? '' : `   ${comment(visible(expect))}`}`,
    );

const labelled = (name: string): string => `  ${name.padEnd(label - 2)}`;

const fixLines = (blocks: readonly Block[], confirm: readonly ReportStep[], style: Style): string[] =>
  blocks.flatMap((block, index) => {
    const name = index === 0 ? 'fix' : '';
    if (block.kind === 'hand') return [prose(name, `by hand: ${block.text}`, label, style)];
    if (block.kind === 'paste')
      return [
        ...(blocks[index - 1]?.kind === 'paste' ? [''] : []),
        ...block.lines.map((line, at) => labelled(at === 0 ? name : '') + visible(line)),
      ];
    // The check stands right above.
    if (confirm.some(({ text }) => text === block.lines.join('\n')))
      return [prose(name, 'only where the check above says that it may be done:', label, style)];
    return [
      prose(name, block.expect === null ? 'look first:' : `only where this prints ${block.expect}:`, label, style),
      ...block.lines.map((line) => labelled('') + visible(line)),
    ];
  });

function undoLines(fix: readonly ReportStep[], style: Style): string[] {
  const undos = fix.flatMap(({ undo }) => (undo === undefined ? [] : [undo])).reverse();
  const finals = fix.flatMap(({ final }) => (final === undefined ? [] : [final]));
  return [
    ...undos.map((undo, index) => labelled(index === 0 ? 'undo' : '') + visible(undo)),
    ...(finals.length > 0
      ? [prose(undos.length === 0 ? 'undo' : '', `none: ${[...new Set(finals)].join('; ')}`, label, style)]
      : []),
  ];
}
