import { checks } from '../../checks/index.ts';
import { stopsOf } from '../commands/reach-advice.ts';
import { placeholdersOf, printable } from '../engine/describe.ts';
import { type Reach, reachFacets, reachOf } from '../facts/path/reach.ts';
import type { Stop } from '../facts/path/reach-hops.ts';
import { evidenceFor, type RegistryEntry, type Snapshot } from '../model/snapshot.ts';
import { type PathPage, pathJson, renderPath } from '../report/path.ts';
import type { PageAsked } from './asked.ts';
import { declaredIn, loadConfig } from './config.ts';
import { UsageError } from './errors.ts';
import { evidence } from './evidence.ts';
import { write } from './terminal.ts';

const usage = 'acr-audit explain path NAME';

/** Says from where one registry can be pulled, and where the way is cut. 1: it is cut somewhere; 3: not all is known. */
export async function explainPath({ registry, text, asking, configFile, json, style }: PageAsked): Promise<number> {
  if (registry === undefined || text.length > 0) throw new UsageError('the path of which registry?', usage);
  const config = loadConfig(configFile, process.cwd(), checks);
  const snapshot = await evidence(asking, reachFacets, declaredIn(config));
  const [entry, ...others] = snapshot.registries;
  if (!entry) throw new UsageError(`registry '${registry}' could not be seen`, 'acr-audit scan says why', 3);
  if (others.length > 0) throw new UsageError(`${registry} is not the only one of that name`, 'give its resource id');
  const page = pathPage(snapshot, entry);
  await write(process.stdout, json ? pathJson(page) : renderPath(page, style));
  if (page.stops.some(({ can }) => can === 'no')) return 1;
  return page.stops.length > 0 || page.reach.unseen.length > 0 ? 3 : 0;
}

/** The paths of one registry of a snapshot; `null` where the registry itself was not seen. */
export const reachIn = (snapshot: Snapshot, entry: RegistryEntry): Reach | null =>
  reachOf(evidenceFor(snapshot, entry), snapshot.cloud.registrySuffix);

function pathPage(snapshot: Snapshot, entry: RegistryEntry): PathPage {
  const { registrySuffix: suffix } = snapshot.cloud;
  const reach = reachIn(snapshot, entry);
  const { registry } = entry.facets;
  if (reach === null || registry?.state !== 'observed') throw unread(entry);
  return {
    name: entry.name,
    at: snapshot.collectedAt,
    reach,
    stops: stopsWithNames(reach, entry, registry.value, suffix),
  };
}

function stopsWithNames(
  reach: Reach,
  entry: RegistryEntry,
  registry: Parameters<typeof stopsOf>[1],
  suffix: string,
): readonly Stop[] {
  const names = placeholdersOf(entry);
  const filled = (commands: readonly string[]) => commands.map((command) => printable(command, names));
  return stopsOf(reach, registry, suffix).map((stop) => ({
    ...stop,
    confirm: filled(stop.confirm),
    fix: filled(stop.fix),
  }));
}

const unread = ({ name, facets: { registry } }: RegistryEntry): UsageError =>
  new UsageError(
    `registry ${name} could not be read: ${registry && registry.state !== 'observed' ? registry.reason : 'it was not collected'}`,
    'docs/permissions.md lists what reading it takes',
    3,
  );
