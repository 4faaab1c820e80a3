/** A way in which a purge command destroys, or does not do what it looks like. */
export interface Danger {
  readonly kind:
    | 'every-tag'
    | 'signature-tags'
    | 'age'
    | 'misread-age'
    | 'never-deletes'
    | 'every-dangling-manifest'
    | 'dangling-manifests-at-once'
    | 'locked'
    | 'old-cli'
    | 'fails'
    | 'dry-run';
  /** What happens, in plain words. */
  readonly happens: string;
  /** What to write in its place. */
  readonly instead: string;
}

export interface PurgeReading {
  readonly dangers: readonly Danger[];
  /** What could not be judged, each with the reason. */
  readonly unreadable: readonly string[];
}

/** acr-cli refuses the command. */
export const fails = (why: string): Danger => ({
  kind: 'fails',
  happens: `It stops with an error each time, and nothing is cleaned: ${why}.`,
  instead: `Write acr purge --filter 'repository:^tags$' --ago 30d --keep 5.`,
});
