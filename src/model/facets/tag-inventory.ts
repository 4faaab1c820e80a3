import type { Evidence } from '../evidence.ts';

/** The tags and manifests of a registry, as far as was looked: what a purge would find there. */
export interface TagInventory {
  readonly repositories: readonly Repository[];
  /** There are more repositories than were looked at. */
  readonly cut: boolean;
}

export interface Repository {
  readonly name: string;
  readonly contents: Evidence<RepositoryContents>;
}

export interface RepositoryContents {
  /** The newest first. */
  readonly tags: readonly Tag[];
  readonly tagsCut: boolean;
  readonly manifests: readonly Manifest[];
  readonly manifestsCut: boolean;
}

export interface Tag {
  readonly name: string;
  readonly digest: string;
  /** ISO 8601: when it was last pushed, which is what `--ago` counts from. */
  readonly updatedAt: string | null;
  /** Deleting or writing it is switched off. */
  readonly locked: boolean;
  /** A push moves it. */
  readonly writeEnabled: boolean | null;
}

export interface Manifest {
  readonly digest: string;
  readonly updatedAt: string | null;
  readonly mediaType: string | null;
  readonly tags: readonly string[];
  /** The digests that an index names; empty for any other manifest, `null` where its body was not read. */
  readonly children: readonly string[] | null;
  /** The digest that it refers to, as a signature does; empty where to none, `null` where its body was not read. */
  readonly refersTo: readonly string[] | null;
  readonly locked: boolean;
  /** In bytes, with its layers, which other images may share. */
  readonly size: number | null;
}
