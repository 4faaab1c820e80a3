import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { text as wholeOf } from 'node:stream/consumers';
import { pasted, purgePage, type Stage } from '../explain/purge.ts';
import { runningIn } from '../explain/purge-in-use.ts';
import { purgesOfTasks } from '../explain/purge-tasks.ts';
import { purgesInText } from '../facts/tasks/purge-texts.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Task } from '../model/facets/tasks.ts';
import { type PurgePage, type PurgePages, purgeSchema } from '../model/pages/purge.ts';
import { purgeJson, renderPurges } from '../report/purge.ts';
import { purgeSarif } from '../report/purge-sarif.ts';
import type { PageAsked } from './asked.ts';
import { UsageError } from './errors.ts';
import { write } from './terminal.ts';

const usage = `acr-audit explain purge "acr purge --filter 'app:^dev-.*' --ago 30d --keep 5", a file, - for standard input, or --registry NAME for its own tasks`;
const forms =
  'read are shell, task files, Bicep, ARM JSON, Terraform, pipelines of GitHub and Azure DevOps, Markdown and PowerShell';

/**
 * Says what a purge command would do, and how it destroys; offline, unless a registry is named to rehearse it in.
 * Without a command: every purge of that registry's own tasks. 1: a danger; 3: something could not be told.
 */
export async function explainPurge(asked: PageAsked): Promise<number> {
  const { text, registry, purge, json, style } = asked;
  const setting = registry === undefined ? null : await settingOf(asked, registry);
  const pages =
    setting !== null && text.length === 0
      ? purgesOfTasks(setting.tasks, setting.stage)
      : await given(asked, setting?.stage ?? null);
  await write(
    process.stdout,
    purge.sarif ? purgeSarif(pages) : json ? purgeJson(pages) : renderPurges(pages, style, purge.list),
  );
  return exitCode(pages);
}

async function given({ text: words, purge }: PageAsked, stage: Stage | null): Promise<PurgePages> {
  const { text, file } = await source(words);
  const { purges, unread } = purgesInText(text, file, valuesOf(purge.values));
  if (purges.length === 0) {
    const [why] = unread;
    throw why === undefined
      ? new UsageError(`there is no acr purge in ${file ?? 'it'}`, forms)
      : new UsageError(`${file ?? 'the command'} cannot be read: ${why}`, usage);
  }
  const commands = purges.map(({ command, line, stuck }) =>
    purgePage(command, file === null ? pasted : { ...pasted, file, line }, stage, stuck),
  );
  return { schema: purgeSchema, commands, unread };
}

interface Source {
  readonly text: string;
  readonly file: string | null;
}

async function source([first, ...rest]: readonly string[]): Promise<Source> {
  if (first === '-' || (first === undefined && !process.stdin.isTTY))
    return { text: await wholeOf(process.stdin), file: null };
  if (first === undefined) throw new UsageError('which purge?', usage);
  if (rest.length > 0 || /\s/.test(first)) return { text: [first, ...rest].join(' '), file: null };
  if (existsSync(first)) return { text: await readFile(first, 'utf8'), file: first };
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

/** Naming a registry is asking for its tags. */
async function settingOf(
  { asking, purge }: PageAsked,
  registry: string,
): Promise<{ readonly stage: Stage; readonly tasks: Evidence<readonly Task[]> | null }> {
  const { evidence } = await import('./evidence.ts');
  const snapshot = await evidence({ ...asking, optIns: ['--data-plane'] }, ['tagInventory', 'tasks']);
  const [entry] = snapshot.registries;
  const { tagInventory: tags, registry: known, tasks = null } = entry?.facets ?? {};
  if (tags?.state !== 'observed')
    throw new UsageError(
      `the tags of ${registry} could not be read: ${tags?.reason ?? 'they are not in the snapshot'}`,
      'it takes AcrPull on the registry (in ABAC mode Repository Reader and Catalog Lister) and a network it answers',
      3,
    );
  const mode = known?.state === 'observed' ? known.value.roleAssignmentMode : null;
  const running = await Promise.all(purge.inUse.map(async (file) => runningIn((await source([file])).text)));
  return {
    tasks,
    stage: {
      registry: entry?.name ?? registry,
      inventory: tags.value,
      now: snapshot.collectedAt,
      abac: mode === null ? null : mode === 'AbacRepositoryPermissions',
      running: running.flat(),
      list: purge.list,
    },
  };
}

function exitCode({ commands, unread }: PurgePages): number {
  const is = (verdict: PurgePage['verdict']): boolean => commands.some((page) => page.verdict === verdict);
  if (is('dangerous')) return 1;
  return is('unclear') || unread.length > 0 ? 3 : 0;
}
