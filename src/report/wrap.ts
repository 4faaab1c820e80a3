import type { Style } from './reporter.ts';
import { visible } from './safe-text.ts';

/** Prose as lines that fit the width, the first set in by `by` columns and the others by `hanging`. */
export const indented = (text: string, by: number, { width }: Style, hanging = by): string =>
  wrap(text, Math.max(30, width - hanging))
    .map((line, index) => ' '.repeat(index === 0 ? by : hanging) + line)
    .join('\n');

/** Lines of at most `width` characters, broken at spaces; a longer word is broken where it must be, never cut. */
export const wrap = (text: string, width: number): string[] =>
  (visible(text).match(new RegExp(`.{1,${width}}(?: +|$)|.{1,${width}}`, 'gu')) ?? ['']).map((line) => line.trimEnd());
