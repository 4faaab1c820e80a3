import { checks } from '../../checks/index.ts';
import { reportCheck } from '../engine/describe.ts';
import type { Query } from '../model/check.ts';
import { renderCheck } from '../report/check-page.ts';
import { UsageError } from './errors.ts';
import type { ExplainArgs } from './explain.ts';
import { nearest } from './nearest.ts';
import { styleOn, write } from './terminal.ts';

/** A topic that is no check: it says its part and gives the exit code. Loaded when it is asked for. */
type Page = (args: ExplainArgs) => Promise<number>;
const pages: Readonly<Record<string, () => Promise<Page>>> = {
  path: async () => (await import('./explain-path.ts')).explainPath,
  access: async () => (await import('./explain-access.ts')).explainAccess,
  purge: async () => (await import('./explain-purge.ts')).explainPurge,
};

export async function runExplain(args: ExplainArgs): Promise<number> {
  const page = Object.hasOwn(pages, args.topic) ? pages[args.topic] : undefined;
  if (page) return (await page())(args);
  const check = checks.find(({ id }) => id === args.topic);
  if (!check) throw unknownTopic(args.topic);
  const queries: readonly Query[] = check.queries ?? [];
  const described = reportCheck(check);
  const style = styleOn(process.stdout, args.color, process.env);
  await write(
    process.stdout,
    args.output === 'json'
      ? `${JSON.stringify({ ...described, queries }, null, 2)}\n`
      : renderCheck(described, queries, style),
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
