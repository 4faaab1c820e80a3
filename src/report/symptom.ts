import type { SymptomPage } from '../pages/symptom.ts';
import { paintOf } from './paint.ts';
import type { Style } from './reporter.ts';
import { jsonText, visible } from './safe-text.ts';
import { stepLine } from './view.ts';
import { indented } from './wrap.ts';

export const symptomJson = (page: SymptomPage): string => jsonText(page);

/** The checks that explain what somebody sees: symptom, cause, how to confirm, how to mend. Ends in a newline. */
export function renderSymptom({ text, explained }: SymptomPage, style: Style): string {
  const paint = paintOf(style.colorLevel);
  if (explained.length === 0)
    return `${indented(`No check explains "${visible(text)}". docs/symptoms.md lists what they know; acr-audit checks lists them all.`, 0, style)}\n`;
  const [first] = explained;
  const head =
    first?.sign === null ? 'Nothing names this exactly; these checks speak of the like:' : `By "${first?.sign}":`;
  const blocks = explained.map(({ check }) => {
    const named = (name: string, said: string): string => indented(`${name.padEnd(9)}${said}`, 2, style, 11);
    return [
      `${paint.strong(check.id)} ${paint.severity[check.severity](check.severity)}`,
      named('problem', check.problem),
      named('symptom', check.symptom),
      named('cause', check.cause),
      ...check.confirm.map((step) => named('confirm', stepLine(step))),
      named('BREAKS', check.breaks),
      ...check.fix.map((step) => named('fix', stepLine(step))),
    ].join('\n');
  });
  return `${[head, ...blocks, 'acr-audit explain <check> tells all about one; a scan says which of them it is.'].join('\n\n')}\n`;
}
