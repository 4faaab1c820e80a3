import type { OpenEnum } from '../enums.ts';

/** What Microsoft Defender knows about the images of a subscription's registries, counted by Azure Resource Graph. */
export interface ImageFindings {
  readonly images: readonly ImageFinding[];
  readonly registries: readonly RegistryAssessment[];
}

/** One image with findings. An image without any is not in the list, and neither is one that was never scanned. */
export interface ImageFinding {
  /** Login server of the registry, lower case. */
  readonly host: string;
  readonly repository: string | null;
  readonly digest: string;
  readonly critical: number;
  readonly high: number;
  /** Of a lesser severity. */
  readonly other: number;
  /** Of a severity that Defender does not say. */
  readonly unrated: number;
}

/** Defender's word on a registry as a whole: `Healthy` proves that it was scanned, silence proves nothing. */
export interface RegistryAssessment {
  readonly registry: string;
  readonly code: OpenEnum<'assessmentCode'> | null;
}
