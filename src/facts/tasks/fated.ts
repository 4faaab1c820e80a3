/** A tag or a manifest, and whether a purge would delete it now. */
export interface Fated {
  readonly kind: 'tag' | 'manifest';
  readonly repository: string;
  /** The tag, or the digest of a manifest without one. */
  readonly name: string;
  readonly digest: string;
  readonly updatedAt: string | null;
  /** In bytes, with layers that other images may share; `null` for a tag, or where Azure does not say. */
  readonly size: number | null;
  /** `null`: that can't be told. */
  readonly goes: boolean | null;
  readonly why: string;
}
