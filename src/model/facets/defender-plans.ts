import type { OpenEnum } from '../enums.ts';

/** A Microsoft Defender for Cloud plan of a subscription (Microsoft.Security/pricings). */
export interface DefenderPlan {
  readonly name: string;
  readonly tier: OpenEnum<'pricingTier'> | null;
  readonly extensions: readonly DefenderExtension[];
  /** `FullyCovered`, `PartiallyCovered` or `NotCovered`: whether resources of the subscription overrule the plan. */
  readonly coverage: string | null;
}

/** `enabled` is the string ARM sends, "True" or "False", read as a boolean; anything else is `null`. */
export interface DefenderExtension {
  readonly name: string | null;
  readonly enabled: boolean | null;
  /** `Succeeded` or `Failed`: how switching it on went. */
  readonly outcome: string | null;
}
