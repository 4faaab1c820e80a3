import { stat } from 'node:fs/promises';
import { checks } from '../../checks/index.ts';
import { AzureError } from '../collect/azure.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { CollectAsked } from './asked.ts';
import type { Asking } from './asking.ts';
import { declaredIn, loadConfig } from './config.ts';
import { UsageError } from './errors.ts';
import { everyFacet, evidence } from './evidence.ts';
import { readHeld } from './snapshot/file.ts';
import type { Held } from './snapshot/reading.ts';
import { snapshotWriter } from './snapshot/writer.ts';

/** Collects into a file. 3: a subscription would not list its registries, or there is no registry at all. */
export async function runCollect(asked: CollectAsked): Promise<number> {
  const { file, resume, allowIncomplete, allowEmpty, configFile } = asked;
  const config = loadConfig(configFile, process.cwd(), checks);
  const before = resume === null ? null : await interruptedIn(resume);
  const asking = before === null ? asked.asking : resumed(asked.asking, before);
  const writer = await snapshotWriter(file);
  try {
    const collecting = { keep: writer.keep, ...(before ? { before: { ...before, ...before.opening } } : {}) };
    const snapshot = await evidence(asking, everyFacet, declaredIn(config), collecting);
    await writer.finish('whole');
    if (asking.voice !== 'silent') process.stderr.write(await summary(snapshot, file));
    const hidden = snapshot.subscriptions.some(({ registries }) => registries.state !== 'observed');
    const empty = snapshot.registries.length === 0;
    return (hidden && !allowIncomplete) || (empty && !allowEmpty) ? 3 : 0;
  } catch (error) {
    if (!(error instanceof AzureError) || error.kind !== 'aborted' || file === null || writer.registries() === 0) {
      await writer.discard();
      throw error;
    }
    await writer.finish('interrupted');
    throw new UsageError(
      `interrupted: ${file} holds the ${writer.registries()} registries that were read, and is marked incomplete`,
      `go on with: acr-audit collect --resume ${file}`,
      130,
    );
  }
}

async function interruptedIn(file: string): Promise<Held> {
  const held = await readHeld(file);
  if (held.end === null) return held;
  throw new UsageError(`${file} is no interrupted collection: it is whole`, `acr-audit scan --snapshot ${file}`);
}

/** The scope and the switches of the collection that was interrupted. */
function resumed({ from, ...asking }: Asking, { opening }: Held): Asking {
  const { registries, groups, tags, subscriptions, managementGroup, optIns } = opening.asked;
  if (from.kind === 'snapshot') throw new Error('a file is not collected from');
  return {
    ...asking,
    from: { ...from, scope: { subscriptions, managementGroup } },
    wanted: { registries, groups, tags },
    optIns,
  };
}

/** What was read, where it is, and what could not be read. */
async function summary({ registries, subscriptions }: Snapshot, file: string | null): Promise<string> {
  const count = (number: number, one: string, many: string) => `${number} ${number === 1 ? one : many}`;
  const read = `${count(registries.length, 'registry', 'registries')} in ${count(subscriptions.length, 'subscription', 'subscriptions')}`;
  const where = file === null ? '' : `: ${file}, ${size((await stat(file)).size)}`;
  const hidden = subscriptions.flatMap(({ id, name, registries: listed }) =>
    listed.state === 'observed' ? [] : [`could not list the registries of ${name ?? id}: ${listed.reason}\n`],
  );
  const unread = new Map<string, number>();
  for (const { facets } of [...subscriptions, ...registries])
    for (const [facet, evidence] of Object.entries(facets))
      if (evidence.state === 'denied' || evidence.state === 'unreadable')
        unread.set(facet, (unread.get(facet) ?? 0) + 1);
  const facets = [...unread].map(([facet, times]) => `${facet} (${times})`).sort();
  return [
    `${read}${where}\n`,
    ...hidden,
    ...(facets.length > 0 ? [`could not be read: ${facets.join(', ')}\n`] : []),
  ].join('');
}

const size = (bytes: number): string =>
  bytes < 2 ** 20 ? `${Math.ceil(bytes / 2 ** 10)} KB` : `${(bytes / 2 ** 20).toFixed(1)} MB`;
