import { checks } from '../../checks/index.ts';
import { reportCheck } from '../engine/describe.ts';
import { explainedBy } from '../explain/symptom.ts';
import { type SymptomPage, symptomSchema } from '../pages/symptom.ts';
import { renderSymptom, symptomJson } from '../report/symptom.ts';
import type { PageAsked } from './asked.ts';
import { cloudOfPage } from './cloud.ts';
import { UsageError } from './errors.ts';
import { tell, write } from './terminal.ts';

/** From what somebody sees to the checks that explain it; offline. */
export async function explainSymptom({ text: words, asking, json, style }: PageAsked): Promise<number> {
  const text = words.join(' ').trim();
  if (text === '')
    throw new UsageError('which symptom?', 'acr-audit explain symptom "unauthorized: authentication required"');
  const cloud = cloudOfPage(asking);
  const page: SymptomPage = {
    schema: symptomSchema,
    text,
    explained: explainedBy(text, checks).map(({ check, sign }) => ({ sign, check: reportCheck(check, cloud) })),
  };
  await (json ? write(process.stdout, symptomJson(page)) : tell(renderSymptom(page, style)));
  return 0;
}
