import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { text as wholeOf } from 'node:stream/consumers';
import { readDefinition } from '../facts/tasks/definition.ts';
import { readPurges } from '../facts/tasks/purge-command.ts';
import { type PurgePage, purgePage } from '../facts/tasks/purge-words.ts';
import { rehearse } from '../facts/tasks/rehearsal.ts';
import { purgeJson, renderPurges } from '../report/purge.ts';
import type { PageAsked } from './asked.ts';
import type { Asking } from './asking.ts';
import { UsageError } from './errors.ts';
import { write } from './terminal.ts';

const usage = `acr-audit explain purge "acr purge --filter 'app:^dev-.*' --ago 30d --keep 5", or a file, or - for standard input`;

/**
 * Says what a purge command would do, and how it destroys; offline, unless a registry is named to rehearse it in. 1: it is dangerous; 3: not all of it could be
 * judged; as a scan would exit.
 */
export async function explainPurge({ text, registry, asking, json, style }: PageAsked): Promise<number> {
  const commands = readPurges(commandsIn(await source(text)));
  if (commands === null) throw new UsageError('a quote is left open in the command', usage);
  if (commands.length === 0) throw new UsageError('there is no acr purge in it', usage);
  const there = registry === undefined ? null : await inventory(asking, registry);
  const pages = commands.map((command) =>
    purgePage(command, there && rehearse(command, there.inventory, there.collectedAt)),
  );
  await write(process.stdout, json ? purgeJson(pages) : renderPurges(pages, style));
  return exitCode(pages);
}

async function source([given, ...rest]: readonly string[]): Promise<string> {
  if (given === '-' || (given === undefined && !process.stdin.isTTY)) return wholeOf(process.stdin);
  if (given === undefined) throw new UsageError('which purge?', usage);
  if (rest.length === 0 && !/\s/.test(given) && existsSync(given)) return readFile(given, 'utf8');
  return [given, ...rest].join(' ');
}

/** The steps of a task file; anything else is taken for shell. */
function commandsIn(text: string): string {
  const reading = readDefinition(text);
  return 'definition' in reading ? reading.definition.steps.map(({ command }) => command).join('\n') : text;
}

/** Naming a registry is asking for its tags. */
async function inventory(asking: Asking, registry: string) {
  const { evidence } = await import('./evidence.ts');
  const snapshot = await evidence({ ...asking, optIns: ['--data-plane'] }, ['tagInventory']);
  const found = snapshot.registries[0]?.facets.tagInventory;
  if (found?.state === 'observed') return { inventory: found.value, collectedAt: snapshot.collectedAt };
  throw new UsageError(
    `the tags of ${registry} could not be read: ${found?.reason ?? 'they are not in the snapshot'}`,
    'it takes AcrPull on the registry (in ABAC mode Repository Reader and Catalog Lister) and a network it answers',
    3,
  );
}

function exitCode(pages: readonly PurgePage[]): number {
  const lost = ({ rehearsal: would }: PurgePage) =>
    would !== null && would.latest.length + would.newest.length + would.signatures.length > 0;
  if (pages.some((page) => page.verdict === 'dangerous' || lost(page))) return 1;
  return pages.some(({ verdict }) => verdict === 'unclear') ? 3 : 0;
}
