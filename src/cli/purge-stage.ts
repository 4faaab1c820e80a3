import type { Stage } from '../explain/purge.ts';
import { InUseError, runningIn } from '../explain/purge-in-use.ts';
import { type OwnPurges, ownPurges } from '../explain/purge-tasks.ts';
import type { PurgeCommand } from '../facts/tasks/purge-command.ts';
import { lookFor } from '../facts/tasks/rehearsal.ts';
import type { Facet } from '../model/facets.ts';
import { evidenceFor, type RegistryEntry, type Snapshot } from '../model/snapshot.ts';
import type { PageAsked } from './asked.ts';
import type { Asking } from './asking.ts';
import { UsageError } from './errors.ts';
import { evidence } from './evidence.ts';
import { textIn } from './small-file.ts';

export interface Setting {
  readonly stage: Stage;
  /** What decides which purges the registry's own tasks run; empty where its tasks were not asked for. */
  readonly own: OwnPurges;
  /** What of the registry could not be read. */
  readonly unread: readonly string[];
}

/**
 * What is to be seen of a registry before a purge is rehearsed there: the tags, and only of repositories that a command
 * names. `commands`: `null` for those of the registry's own tasks. Naming a registry is asking for its tags.
 */
export async function settingOf(
  { asking, purge }: PageAsked,
  registry: string,
  commands: readonly PurgeCommand[] | null,
): Promise<Setting> {
  const entering: Asking = { ...asking, optIns: [...asking.optIns, '--data-plane'] };
  const running = await Promise.all(purge.inUse.map(runningFrom));
  const needed: readonly Facet[] = commands === null ? ['tasks', 'roleAssignments', 'denyAssignments'] : [];
  // A file holds what it holds; of Azure the tasks are asked first, to know which repositories they name.
  const fromFile = asking.from.kind === 'snapshot';
  const first =
    fromFile || commands === null ? await evidence(entering, fromFile ? ['tagInventory', ...needed] : needed) : null;
  const known = first === null ? null : only(first, registry);
  const own = first === null || known === null ? {} : evidenceFor(first, known);
  const asked = commands ?? commandsOf(own);
  const snapshot =
    first !== null && (fromFile || asked.length === 0)
      ? first
      : await evidence(
          known === null ? entering : { ...entering, wanted: { ...entering.wanted, registries: [known.id] } },
          ['tagInventory'],
          [],
          // The clock of the collection is not known yet; a minute more or less asks for no other body.
          { look: lookFor(asked, first?.collectedAt ?? new Date().toISOString()) },
        );
  const entry = only(snapshot, registry);
  const { tagInventory: tags, registry: facts } = entry.facets;
  const seen = facts?.state === 'observed' ? facts.value : null;
  const mode = seen?.roleAssignmentMode ?? null;
  return {
    own,
    unread:
      tags?.state === 'observed' || asked.length === 0
        ? []
        : [
            `the tags of ${entry.name} could not be read: ${tags?.reason ?? 'they are not in the snapshot'}. It takes AcrPull on the registry (in ABAC mode Repository Reader and Catalog Lister) and a network it answers.`,
          ],
    stage: {
      registry: entry.name,
      loginServer: seen?.loginServer ?? null,
      inventory: tags?.state === 'observed' ? tags.value : null,
      now: snapshot.collectedAt,
      abac: mode === null ? null : mode === 'AbacRepositoryPermissions',
      running: running.flat(),
      list: purge.list,
    },
  };
}

function only({ registries }: Snapshot, registry: string): RegistryEntry {
  const [entry, ...others] = registries;
  if (!entry) throw new UsageError(`registry '${registry}' could not be seen`, 'acr-audit scan says why', 3);
  if (others.length > 0) throw new UsageError(`${registry} is not the only one of that name`, 'give its resource id');
  return entry;
}

/** The purges of a registry's own tasks that may delete. */
const commandsOf = (own: OwnPurges): readonly PurgeCommand[] =>
  (ownPurges(own)?.purges ?? [])
    .filter(({ reading }) => reading.fate.deletes !== 'never')
    .map(({ command }) => command);

const inUseAdvice = 'give what kubectl get pods -A -o json prints, or a list of images, one a line';

/** More than the pods of the largest cluster: text without end must not fill the memory. */
const mostInUse = 256 * 2 ** 20;

async function runningFrom(file: string): Promise<Stage['running']> {
  try {
    return runningIn(await textIn(file, 'the list', inUseAdvice, mostInUse));
  } catch (error) {
    const why = error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'there is no such file' : null;
    if (why === null && !(error instanceof InUseError)) throw error;
    throw new UsageError(`--in-use ${file}: ${why ?? (error as Error).message}`, inUseAdvice);
  }
}
