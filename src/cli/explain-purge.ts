import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { text as wholeOf } from 'node:stream/consumers';
import { purgeJson, renderPurges } from '../report/purge.ts';
import { readPurges } from '../tasks/purge-command.ts';
import { type PurgePage, purgePage } from '../tasks/purge-words.ts';
import { UsageError } from './errors.ts';
import type { ExplainArgs } from './explain.ts';
import { colorLevel, write } from './terminal.ts';

const usage = `acr-audit explain purge "acr purge --filter 'app:^dev-.*' --ago 30d --keep 5", or a file, or - for standard input`;

/**
 * Says what a purge command would do, and how it destroys; offline. 1: it is dangerous; 3: not all of it could be
 * judged; as a scan would exit.
 */
export async function explainPurge(args: ExplainArgs): Promise<number> {
  const commands = readPurges(await source(args.text));
  if (commands === null) throw new UsageError('a quote is left open in the command', usage);
  if (commands.length === 0) throw new UsageError('there is no acr purge in it', usage);
  const pages = commands.map(purgePage);
  const style = {
    colorLevel: colorLevel(args.color, process.env, process.stdout),
    width: process.stdout.columns ?? 100,
  };
  await write(process.stdout, args.output === 'json' ? purgeJson(pages) : renderPurges(pages, style));
  return exitCode(pages);
}

async function source([given, ...rest]: readonly string[]): Promise<string> {
  if (given === '-' || (given === undefined && !process.stdin.isTTY)) return wholeOf(process.stdin);
  if (given === undefined) throw new UsageError('which purge?', usage);
  if (rest.length === 0 && !/\s/.test(given) && existsSync(given)) return readFile(given, 'utf8');
  return [given, ...rest].join(' ');
}

function exitCode(pages: readonly PurgePage[]): number {
  if (pages.some(({ verdict }) => verdict === 'dangerous')) return 1;
  return pages.some(({ verdict }) => verdict === 'unclear') ? 3 : 0;
}
