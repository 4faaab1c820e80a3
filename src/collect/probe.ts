import { observed, type Source } from '../model/evidence.ts';
import type { Resolution, ResolvedName } from '../model/facets/resolution.ts';
import { byText } from '../model/ids.ts';
import type { RegistryEntry } from '../model/snapshot.ts';

/** How to look at a name from where this runs. Never rejects. */
export interface NameServers {
  readonly servers: readonly string[];
  look(name: string): Promise<ResolvedName>;
  /** The same without a connection to what answers: for names that are nobody's we know. Never rejects. */
  resolve(name: string): Promise<ResolvedName>;
}

/** The name servers to ask, and which names a registry has by what was read of it. */
export interface Probe {
  readonly from: NameServers;
  readonly namesOf: (facets: RegistryEntry['facets'], suffix: string) => readonly string[];
}

/** The registry with what DNS answers for each of its names here. Names follow from what was read before. */
export async function withResolution(
  entry: RegistryEntry,
  { from, namesOf }: Probe,
  suffix: string,
  now: () => string,
): Promise<RegistryEntry> {
  if (entry.facets.registry?.state !== 'observed') return entry;
  const source: Source = { kind: 'dns', servers: from.servers, at: now() };
  const resolution = observed(await probe(namesOf(entry.facets, suffix), from), [source]);
  return { ...entry, facets: { ...entry.facets, resolution } };
}

/** Looks at every name once. A name that has no address is an answer too. */
export async function probe(names: readonly string[], from: NameServers): Promise<Resolution> {
  return { servers: from.servers, answers: await Promise.all(distinctNames(names).map((name) => from.look(name))) };
}

/** Asks for every name once, and connects to none. */
export async function resolved(names: readonly string[], from: NameServers): Promise<Resolution> {
  return { servers: from.servers, answers: await Promise.all(distinctNames(names).map((name) => from.resolve(name))) };
}

const distinctNames = (names: readonly string[]): readonly string[] =>
  [...new Set(names.map((name) => name.toLowerCase()))].sort(byText);
