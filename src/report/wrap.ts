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

/** Prose after a label, its further lines below the first; a label that is too long for its column has a line of its own. */
export const prose = (label: string, text: string, by: number, style: Style): string =>
  label.length + 2 < by
    ? `  ${label}`.padEnd(by) + indented(text, 0, style, by)
    : `  ${label}\n${indented(text, by, style)}`;

/** Each option of a command with its values; no quoted text is broken. */
const options = / ?(?:'[^']*'|"(?:[^"\\]|\\.)*"|\\.|(?! --)[^'"\\])+/gs;

/** A command over several lines, which a shell reads as one: every line but the last ends in a backslash. */
export function commandLines(command: string, by: number, style: Style): string {
  const width = columnsOf(style) - by - 2;
  const lines: string[] = [];
  for (const option of visible(command).match(options) ?? []) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + option.length <= width - (lines.length > 1 ? 2 : 0))
      lines[lines.length - 1] = last + option;
    else lines.push(last === undefined ? option : option.trimStart());
  }
  return lines.map((line, index) => ' '.repeat(index === 0 ? by : by + 2) + line).join(' \\\n');
}

/** What fills two columns of a terminal: letters of East Asia and pictures. */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/gu;

/** Text in which each character is a column: a mark that no text holds stands before what fills two. */
const inColumns = (text: string): string => visible(text).replace(wide, '\0$&');
const shown = (columns: string): string => columns.replaceAll('\0', '').trimEnd();

/** Lines of at most `width` columns, broken at spaces; a longer word is broken where it must be, never cut. */
export function wrap(text: string, width: number): string[] {
  const columns = inColumns(text);
  // A line may begin with the second half of what fills two.
  const most = columns.includes('\0') ? width - 1 : width;
  return (columns.match(new RegExp(`.{1,${most}}(?: +|$)|.{1,${most}}`, 'gu')) ?? ['']).map(shown);
}

/** Widths of columns that fill at most `most` together: the widest give way first. */
export function fitted(widths: readonly number[], most: number): readonly number[] {
  const excess = widths.reduce((sum, width) => sum + width, 0) - most;
  if (excess <= 0) return widths;
  const widest = Math.max(...widths);
  const next = Math.max(1, ...widths.filter((width) => width < widest));
  const count = widths.filter((width) => width === widest).length;
  const step = Math.min(widest - next, Math.ceil(excess / count));
  return step <= 0
    ? widths
    : fitted(
        widths.map((width) => (width === widest ? width - step : width)),
        most,
      );
}

/** One line: what is too long is cut and says so. */
export function clipped(text: string, width: number): string {
  const columns = [...inColumns(text)];
  return columns.length <= width ? visible(text) : `${shown(columns.slice(0, Math.max(1, width - 3)).join(''))}...`;
}

/** A cell of that many columns. */
export function cell(text: string, width: number): string {
  const line = clipped(text, width);
  return line + ' '.repeat(Math.max(0, width - [...inColumns(line)].length));
}
