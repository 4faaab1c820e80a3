import { existsSync } from 'node:fs';
import { pasted, purgePage } from '../explain/purge.ts';
import { purgesOfTasks } from '../explain/purge-tasks.ts';
import { purgesInText } from '../facts/tasks/purge-texts.ts';
import type { TextPurge } from '../facts/tasks/task-file-texts.ts';
import { type PurgePage, type PurgePages, purgeSchema } from '../pages/purge.ts';
import { purgeJson, renderPurges } from '../report/purge.ts';
import { purgeCsv } from '../report/purge-csv.ts';
import { purgeSarif } from '../report/purge-sarif.ts';
import type { PageAsked } from './asked.ts';
import { UsageError } from './errors.ts';
import { settingOf } from './purge-stage.ts';
import { textIn } from './small-file.ts';
import { answer } from './terminal.ts';

const usage = `acr-audit explain purge "acr purge --filter 'app:^dev-.*' --ago 30d --keep 5", a file, - for standard input, or --registry NAME for its own tasks`;
const forms =
  'what is read: shell, task files, Bicep, ARM JSON, Terraform, pipelines of GitHub and Azure DevOps, Markdown, PowerShell, make, and strings of other programs';

/**
 * Says what a purge command would do, and how it destroys; offline, unless a registry is named to rehearse it in.
 * Without a command: every purge of that registry's own tasks. 1: a danger; 3: something could not be told.
 */
export async function explainPurge(asked: PageAsked): Promise<number> {
  const { text, registry, purge, format, style } = asked;
  refuseWhatNeedsRegistry(asked);
  const pages =
    registry === undefined
      ? pagesOf(await given(asked))
      : text.length === 0
        ? await ofTasks(asked, registry)
        : await rehearsedIn(asked, registry, await given(asked));
  const written = {
    table: () => renderPurges(pages, style, purge.list),
    json: () => purgeJson(pages),
    csv: () => purgeCsv(pages),
    sarif: () => purgeSarif(pages),
  }[format];
  await answer(format, written());
  return exitCode(pages);
}

function refuseWhatNeedsRegistry({ registry, purge, text, format }: PageAsked): void {
  const option =
    (format === 'csv' && '-o csv') || (purge.list && '--list') || (purge.inUse.length > 0 && '--in-use') || null;
  if (registry === undefined && option !== null)
    throw new UsageError(`${option} tells of the tags of a registry`, 'name one: --registry NAME');
  if ([...purge.inUse, ...text].filter((one) => one === '-').length > 1)
    throw new UsageError('standard input can be read once only', 'give the other one as a file');
}

/** The purges of what the user typed or named. */
interface GivenPurges {
  readonly purges: readonly TextPurge[];
  readonly unread: readonly string[];
  readonly file: string | null;
}

async function given({ text: words, purge }: PageAsked): Promise<GivenPurges> {
  const { text, file } = await source(words);
  const { purges, unread, forms: tried } = purgesInText(text, file, valuesOf(purge.values));
  if (purges.length === 0) {
    const [why] = unread;
    throw why === undefined
      ? new UsageError(`there is no acr purge in ${file ?? 'it'}, read as ${tried.join(', ')}`, forms)
      : new UsageError(`${file ?? 'the command'} cannot be read: ${why}`, usage);
  }
  return { purges, unread, file };
}

const pagesOf = (
  { purges, unread, file }: GivenPurges,
  stage: Parameters<typeof purgePage>[2] = null,
  alsoUnread: readonly string[] = [],
): PurgePages => ({
  schema: purgeSchema,
  commands: purges.map(({ command, line, stuck }) =>
    purgePage(command, file === null ? pasted : { ...pasted, file, line }, stage, stuck),
  ),
  unread: [...unread, ...alsoUnread],
});

async function rehearsedIn(asked: PageAsked, registry: string, typed: GivenPurges): Promise<PurgePages> {
  const commands = typed.purges.filter(({ stuck }) => stuck === null).map(({ command }) => command);
  const { stage, unread } = await settingOf(asked, registry, commands);
  return pagesOf(typed, stage, unread);
}

async function ofTasks(asked: PageAsked, registry: string): Promise<PurgePages> {
  const { stage, own, unread } = await settingOf(asked, registry, null);
  const pages = purgesOfTasks(own, stage);
  return { ...pages, unread: [...pages.unread, ...unread] };
}

interface Source {
  readonly text: string;
  readonly file: string | null;
}

async function source([first, ...rest]: readonly string[]): Promise<Source> {
  if (first === '-' || (first === undefined && !process.stdin.isTTY))
    return { text: await textIn('-', 'the purge', usage), file: null };
  if (first === undefined) throw new UsageError('which purge?', usage);
  if (rest.length === 0 && existsSync(first)) return { text: await textIn(first, 'the purge', usage), file: first };
  if (rest.length > 0 || /\s/.test(first)) return { text: [first, ...rest].join(' '), file: null };
  throw new UsageError(`no such file: ${first}`, `name a file, or give a command in quotes: ${usage}`);
}

const valuesOf = (given: readonly string[]): ReadonlyMap<string, string> =>
  new Map(
    given.map((one) => {
      const at = one.indexOf('=');
      if (at < 1) throw new UsageError(`--value ${one} is not of the form NAME=VALUE`, '--value repo=app');
      return [one.slice(0, at), one.slice(at + 1)] as const;
    }),
  );

function exitCode({ commands, unread }: PurgePages): number {
  const is = (verdict: PurgePage['verdict']): boolean => commands.some((page) => page.verdict === verdict);
  if (is('dangerous')) return 1;
  return is('unclear') || unread.length > 0 ? 3 : 0;
}
