import type { Query } from '../model/check.ts';
import type { ReportCheck } from '../pages/report.ts';
import { blocksOf, listing, looksOf } from './blocks.ts';
import { paintOf } from './paint.ts';
import type { Style } from './reporter.ts';
import { indented } from './wrap.ts';

/** One check in full, for a terminal. Ends in a newline. */
export function renderCheck(check: ReportCheck, queries: readonly Query[], style: Style): string {
  const paint = paintOf(style.colorLevel);
  const prose = (text: string): string => indented(text, 2, style);
  const section = (title: string, body: string): string => `${paint.strong(title)}\n${body}`;
  const lines = (texts: readonly string[]): string => texts.map((text) => `  ${text}`).join('\n');
  return `${[
    `${paint.strong(check.id)}\n${prose(check.title)}\n  ${paint.severity[check.severity](check.severity)} ${paint.faint(`· profile ${check.profile} · area ${check.area}\n  judged once a ${check.scope}`)}`,
    section('Why it matters', prose(check.why)),
    section('Symptom', prose(check.symptom)),
    section('Root cause', prose(check.cause)),
    section('Confirm', lines(looksOf(check.confirm))),
    ...queries.map(({ title, text }) => section(title, lines(text.split('\n')))),
    section('What the fix breaks', prose(check.breaks)),
    section('Fix (bash; each block may be pasted as a whole)', lines(listing(blocksOf(check.fix, check.confirm)))),
    ...(check.frameworks.length > 0 ? [section('Frameworks', prose(check.frameworks.join(', ')))] : []),
    ...(check.alsoKnownAs.length > 0 ? [section('Also known as', lines(check.alsoKnownAs))] : []),
    section('References', lines(check.refs)),
  ].join('\n\n')}\n`;
}
