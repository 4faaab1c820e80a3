import { hasTag, parseId, sameId } from '../model/ids.ts';
import type { RegistryEntry } from '../model/snapshot.ts';

/** Which registries of the scope are meant; an empty list leaves nothing out. */
export interface Wanted {
  /** Names or resource ids. */
  readonly registries: readonly string[];
  readonly groups: readonly string[];
  /** `KEY` or `KEY=VALUE`. */
  readonly tags: readonly string[];
}

type Candidate = Pick<RegistryEntry, 'id' | 'name'> & { readonly registry: RegistryEntry['facets']['registry'] };

/** Whether a registry is meant. The tags of one that could not be read are unknown: it is not. */
export function isWanted({ registries, groups, tags }: Wanted, { id, name, registry }: Candidate): boolean {
  const own: Readonly<Record<string, string>> = registry?.state === 'observed' ? registry.value.tags : {};
  return (
    (registries.length === 0 || registries.some((wanted) => sameId(wanted, id) || sameId(wanted, name))) &&
    (groups.length === 0 || groups.some((group) => sameId(group, parseId(id)?.resourceGroup ?? ''))) &&
    tags.every((tag) => hasTag(own, tag))
  );
}
