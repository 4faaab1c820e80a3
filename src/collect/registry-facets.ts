import type { InventoryLook } from '../facts/tasks/inventory-look.ts';
import { type Evidence, observed } from '../model/evidence.ts';
import type { Registry } from '../model/facets/registry.ts';
import type { Facet, RegistryFacet } from '../model/facets.ts';
import { subscriptionOf } from '../model/ids.ts';
import type { RegistryEntry } from '../model/snapshot.ts';
import type { Common } from './collector.ts';
import { registryCollectors } from './index.ts';
import type { Observe } from './observe.ts';
import { type Probe, withResolution } from './probe.ts';
import type { Found } from './registries.ts';
import { shownEmpty } from './shown-empty.ts';

interface Probing {
  readonly probe: Probe | undefined;
  readonly suffix: string;
  readonly clock: () => string;
  readonly common: Common;
  readonly look?: InventoryLook;
}

/** Every wanted facet of one registry. */
export async function withRegistryFacets(
  observe: Observe,
  { id, name, registry }: Found,
  wanted: ReadonlySet<Facet>,
  { probe, suffix, clock, common, look }: Probing,
): Promise<RegistryEntry> {
  const subscription = subscriptionOf(id);
  const collectors = Object.values(registryCollectors).filter(({ facet }) => wanted.has(facet));
  const asked = new Map<RegistryFacet, Promise<Evidence<unknown>>>();
  const answerTo = (facet: RegistryFacet): Promise<Evidence<unknown> | undefined> => {
    const collector = collectors.find((one) => one.facet === facet);
    const answer = asked.get(facet) ?? (collector && ask(collector));
    if (answer) asked.set(facet, answer);
    return answer ?? Promise.resolve(undefined);
  };
  async function ask({ facet, permissions, collect }: (typeof collectors)[number]): Promise<Evidence<unknown>> {
    // What a facet asks depends on the registry: where that could not be read, nothing else about it can be.
    if (registry.state !== 'observed') return registry;
    const { after = [], shows } = shownEmpty[facet] ?? {};
    const before = await Promise.all(after.map(async (one) => [one, await answerTo(one)] as const));
    const shown = shows?.(Object.fromEntries(before));
    if (shown) return observed([], shown);
    return observe<unknown>({
      permissions,
      scope: id,
      ask: (azure, each) =>
        collect(azure, registry.value as Registry, { ...common, observe, each, ...(look ? { look } : {}) }),
    });
  }
  const answers = await Promise.all(collectors.map(async ({ facet }) => [facet, await answerTo(facet)] as const));
  const facets = { registry, ...Object.fromEntries(answers) };
  const entry = { id, name, subscription, facets: facets as RegistryEntry['facets'] };
  return probe ? withResolution(entry, probe, suffix, clock) : entry;
}
