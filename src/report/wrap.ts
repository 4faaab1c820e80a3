import type { Style } from './reporter.ts';
import { visible } from './safe-text.ts';

/** Text wider than this is hard to read, however wide the terminal is. */
const widest = 100;

/** The columns that text may fill. */
export const columnsOf = ({ width }: Style): number => Math.min(width, widest);

/** Prose as lines that fit the width, the first set in by `by` columns and the others by `hanging`. */
export const indented = (text: string, by: number, style: Style, hanging = by): string =>
  wrap(text, Math.max(30, columnsOf(style) - hanging))
    .map((line, index) => ' '.repeat(index === 0 ? by : hanging) + line)
    .join('\n');

/** Prose after a label, its further lines below the first. */
export const prose = (label: string, text: string, by: number, style: Style): string =>
  `  ${label}`.padEnd(by) + indented(text, 0, style, by);

/** Lines of at most `width` characters, broken at spaces; a longer word is broken where it must be, never cut. */
export const wrap = (text: string, width: number): string[] =>
  (visible(text).match(new RegExp(`.{1,${width}}(?: +|$)|.{1,${width}}`, 'gu')) ?? ['']).map((line) => line.trimEnd());

/** One line: what is too long is cut and says so. */
export const clipped = (text: string, width: number): string => {
  const whole = visible(text);
  return whole.length <= width ? whole : `${whole.slice(0, Math.max(1, width - 3)).trimEnd()}...`;
};
