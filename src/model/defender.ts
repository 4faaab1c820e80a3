import type { DefenderExtension, DefenderPlan } from './facets/defender-plans.ts';

/** The extension that scans registries; it comes with either of two plans. */
export const scanningExtension = 'ContainerRegistriesVulnerabilityAssessments';

export interface ScanningPlan {
  readonly plan: DefenderPlan;
  /** Its place in the facet. */
  readonly index: number;
  readonly extension: DefenderExtension | null;
}

/**
 * The plans that can scan registries: Containers, and Defender CSPM (CloudPosture). The plans ContainerRegistry and
 * KubernetesService were replaced by Containers and scan nothing.
 */
export const scanningPlans = (plans: readonly DefenderPlan[]): ScanningPlan[] =>
  plans.flatMap((plan, index) =>
    /^(containers|cloudposture)$/i.test(plan.name)
      ? [{ plan, index, extension: plan.extensions.find(({ name }) => name === scanningExtension) ?? null }]
      : [],
  );
