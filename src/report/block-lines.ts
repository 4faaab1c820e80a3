import type { ReportStep } from '../pages/report.ts';
import { blocksOf, looksOf, noted, undoOf } from './blocks.ts';
import type { Style } from './reporter.ts';
import { visible } from './safe-text.ts';
import { prose } from './wrap.ts';

/** Where the text after a label begins. */
export const label = 10;

/** What confirms a finding. Commands are never wrapped, so that they can be copied. */
export const confirmLines = (steps: readonly ReportStep[]): string[] =>
  looksOf(steps).map((line, index) => labelled(index === 0 ? 'check' : '') + visible(line));

const labelled = (name: string): string => `  ${name.padEnd(label - 2)}`;

/** A fix in blocks that may be pasted. */
export const fixLines = (fix: readonly ReportStep[], confirm: readonly ReportStep[], style: Style): string[] =>
  blocksOf(fix, confirm).flatMap((block, index, blocks) => {
    const name = index === 0 ? 'fix' : '';
    if (block.kind === 'hand') return [prose(name, `by hand: ${block.text}`, label, style)];
    if (block.kind === 'paste')
      return [
        ...(blocks[index - 1]?.kind === 'paste' ? [''] : []),
        ...block.lines.map((line, at) => labelled(at === 0 ? name : '') + visible(line)),
      ];
    // The check stands right above.
    if (confirm.some(({ text }) => noted(text) === block.lines.join('\n')))
      return [prose(name, 'only where the check above says that it may be done:', label, style)];
    return [
      prose(name, block.expect === null ? 'look first:' : `only where this prints ${block.expect}:`, label, style),
      ...block.lines.map((line) => labelled('') + visible(line)),
    ];
  });

/** The way back, the last step first. */
export function undoLines(fix: readonly ReportStep[], confirm: readonly ReportStep[], style: Style): string[] {
  const { lines, finals } = undoOf(fix, confirm);
  return [
    ...lines.map((line, index) => labelled(index === 0 ? 'undo' : '') + visible(line)),
    ...(finals.length > 0 ? [prose(lines.length === 0 ? 'undo' : '', `none: ${finals.join(' ')}`, label, style)] : []),
  ];
}
