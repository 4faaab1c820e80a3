import type { SymptomPage } from '../pages/symptom.ts';
import { confirmLines, fixLines, label } from './block-lines.ts';
import { paintOf } from './paint.ts';
import type { Style } from './reporter.ts';
import { jsonText, visible } from './safe-text.ts';
import { indented, prose } from './wrap.ts';

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
    const named = (name: string, said: string): string => prose(name, said, label, style);
    return [
      `${paint.strong(check.id)} ${paint.severity[check.severity](check.severity)}`,
      named('problem', check.problem),
      named('symptom', check.symptom),
      named('cause', check.cause),
      ...confirmLines(check.confirm),
      paint.strong(named('BREAKS', check.breaks)),
      ...fixLines(check.fix, check.confirm, style),
    ].join('\n');
  });
  return `${[head, ...blocks, 'acr-audit explain <check> tells all about one; a scan says which of them it is.'].join('\n\n')}\n`;
}
