import type { Evidence } from '../evidence.ts';
import type { ImageFinding } from './image-findings.ts';

/** What Microsoft Defender found in the images that run in the clusters of one subscription. */
export interface RunningImages {
  readonly subscription: string;
  readonly findings: Evidence<readonly RunningImage[]>;
}

export interface RunningImage extends ImageFinding {
  /** How many of the critical and high ones have a published fix. */
  readonly fixable: number;
}
