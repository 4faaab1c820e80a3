import type { Evidence } from '../evidence.ts';

/** What the registry itself says about the signatures of its newest images. */
export interface Signatures {
  /** Whether there are repositories beyond the ones that were looked at. */
  readonly more: boolean;
  readonly repositories: readonly SignedRepository[];
}

export interface SignedRepository {
  readonly name: string;
  /** The newest that have a tag. */
  readonly images: Evidence<readonly TaggedImage[]>;
}

/** A manifest that has a tag. */
export interface TaggedImage {
  readonly digest: string;
  readonly tags: readonly string[];
  /** The Notation signatures that refer to it. */
  readonly signatures: Evidence<readonly Signature[]>;
}

export interface Signature {
  readonly digest: string;
  /** The envelope, by the media type of its layer; `null` where the manifest of the signature does not say. */
  readonly format: 'cose' | 'jws' | null;
}
