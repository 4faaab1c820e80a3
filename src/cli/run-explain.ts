import { checks } from '../../checks/index.ts';
import { reportCheck } from '../engine/describe.ts';
import type { Query } from '../model/check.ts';
import { renderCheck } from '../report/check-page.ts';
import type { PageAsked } from './asked.ts';
import { UsageError } from './errors.ts';
import { nearest } from './nearest.ts';
import { write } from './terminal.ts';

/** A topic that is no check: it says its part and gives the exit code. Loaded when it is asked for. */
type Page = (asked: PageAsked) => Promise<number>;
const pages: Readonly<Record<string, () => Promise<Page>>> = {
  path: async () => (await import('./explain-path.ts')).explainPath,
  access: async () => (await import('./explain-access.ts')).explainAccess,
  purge: async () => (await import('./explain-purge.ts')).explainPurge,
  symptom: async () => (await import('./explain-symptom.ts')).explainSymptom,
};

export async function runExplain(asked: PageAsked): Promise<number> {
  const { topic, json, style } = asked;
  const page = Object.hasOwn(pages, topic) ? pages[topic] : undefined;
  if (page) return (await page())(asked);
  const check = checks.find(({ id }) => id === topic);
  if (!check) throw unknownTopic(topic);
  const queries: readonly Query[] = check.queries ?? [];
  const described = reportCheck(check);
  await write(
    process.stdout,
    json ? `${JSON.stringify({ ...described, queries }, null, 2)}\n` : renderCheck(described, queries, style),
  );
  return 0;
}

function unknownTopic(topic: string): UsageError {
  const near = nearest(topic, [...Object.keys(pages), ...checks.map(({ id }) => id)]);
  return new UsageError(
    `there is no check '${topic}'`,
    near.length > 0 ? `did you mean ${near.join(' or ')}?` : 'acr-audit checks lists them all',
  );
}
