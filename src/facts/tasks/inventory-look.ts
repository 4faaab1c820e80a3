import type { RepositoryContents } from '../../model/facets/tag-inventory.ts';

/** How far an inventory is looked at. */
export interface InventoryLook {
  readonly repository: (name: string) => boolean;
  readonly manifests: boolean;
  /** The manifests whose bodies are read, by digest. */
  readonly bodies: (repository: string, contents: RepositoryContents) => readonly string[];
}
