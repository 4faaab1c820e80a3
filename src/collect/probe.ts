import { pathFacts } from '../facts/path/facts.ts';
import { observed, type Source } from '../model/evidence.ts';
import type { Resolution, ResolvedName } from '../model/facets/resolution.ts';
import { byText } from '../model/ids.ts';
import type { RegistryEntry } from '../model/snapshot.ts';

/** How to look at a name from where this runs. Never rejects. */
export interface NameServers {
  readonly servers: readonly string[];
  look(name: string): Promise<ResolvedName>;
}

/** The registry with what DNS answers for each of its names here. Names follow from what was read before. */
export async function withResolution(
  entry: RegistryEntry,
  from: NameServers,
  suffix: string,
  now: () => string,
): Promise<RegistryEntry> {
  const { registry, replications, privateEndpoints } = entry.facets;
  if (registry?.state !== 'observed') return entry;
  const { names } = pathFacts(
    { registry: registry.value, ...(replications && { replications }), ...(privateEndpoints && { privateEndpoints }) },
    suffix,
  );
  const source: Source = { kind: 'dns', servers: from.servers, at: now() };
  return {
    ...entry,
    facets: {
      ...entry.facets,
      resolution: observed(
        await probe(
          names.map(({ fqdn }) => fqdn),
          from,
        ),
        [source],
      ),
    },
  };
}

/** Looks at every name once. A name that has no address is an answer too. */
export async function probe(names: readonly string[], from: NameServers): Promise<Resolution> {
  const distinct = [...new Set(names.map((name) => name.toLowerCase()))].sort(byText);
  return { servers: from.servers, answers: await Promise.all(distinct.map((name) => from.look(name))) };
}
