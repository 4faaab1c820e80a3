/** An artifact cache rule: pulls of `target` are filled from `source`. */
export interface CacheRule {
  readonly id: string;
  readonly name: string;
  readonly source: string | null;
  readonly target: string | null;
  readonly credentialSet: string | null;
}
