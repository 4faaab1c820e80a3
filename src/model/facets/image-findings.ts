/**
 * What Microsoft Defender found in one image of a registry of the subscription. An image that was never scanned is not
 * in the list, and one without any finding may be missing too: silence proves nothing.
 */
export interface ImageFinding {
  /** Login server of the registry, lower case. */
  readonly host: string;
  readonly repository: string;
  readonly digest: string;
  readonly critical: number;
  readonly high: number;
  /** Of a lesser severity. */
  readonly other: number;
  /** Of a severity that Defender does not say. */
  readonly unrated: number;
}
