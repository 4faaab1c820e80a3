import type { DefenderPlan } from '../../model/facets/defender-plans.ts';
import type { Observation } from '../../model/outcome.ts';

/** The extension that scans registries; it comes with either of two plans. */
const extensionName = 'ContainerRegistriesVulnerabilityAssessments';

/** Whether the Defender plans of a subscription scan the images of its registries. */
export type Scanning =
  | { readonly state: 'on'; readonly because: readonly Observation[] }
  | {
      readonly state: 'off';
      readonly because: readonly Observation[];
      /** A plan is paid for without its scan. */
      readonly paid: boolean;
      /** Azure lists a plan or an extension that would scan: another cloud need not have these. */
      readonly offered: boolean;
    }
  | { readonly state: 'unclear'; readonly reason: string };

export function scanningOf(plans: readonly DefenderPlan[]): Scanning {
  const able = plansThatScan(plans);
  const on = able.find(({ plan, extension }) => plan.tier === 'Standard' && extension?.enabled === true);
  if (on) return { state: 'on', because: [on.tier, on.extensions] };
  const strange = able.find(
    ({ plan, extension }) => plan.tier !== 'Free' && (plan.tier !== 'Standard' || extension?.enabled === null),
  );
  if (strange) return { state: 'unclear', reason: unclearWords(strange.plan) };
  return {
    state: 'off',
    because:
      able.length > 0
        ? able.map(({ tier }) => ({ ...tier, wanted: `Standard with ${extensionName}` }))
        : [{ at: 'defenderPlans', saw: plans, wanted: `plan Containers with ${extensionName}` }],
    paid: able.some(({ plan }) => plan.tier === 'Standard'),
    offered: able.some(({ plan, extension }) => plan.tier === 'Free' || extension !== null),
  };
}

/**
 * The plans that can scan registries: Containers, and Defender CSPM (CloudPosture). The plans ContainerRegistry and
 * KubernetesService were replaced by Containers and scan nothing.
 */
const plansThatScan = (plans: readonly DefenderPlan[]) =>
  plans.flatMap((plan, index) =>
    /^(containers|cloudposture)$/i.test(plan.name)
      ? [
          {
            plan,
            extension: plan.extensions.find(({ name }) => name === extensionName) ?? null,
            tier: { at: `defenderPlans/${index}/tier`, saw: plan.tier, about: plan.name } as const,
            extensions: {
              at: `defenderPlans/${index}/extensions`,
              saw: plan.extensions,
              about: `${plan.name} extensions`,
            } as const,
          },
        ]
      : [],
  );

const unclearWords = ({ name, tier }: DefenderPlan): string =>
  tier === 'Standard'
    ? `plan ${name} is paid for, and whether its registry scan is on is not in Azure's answer`
    : `plan ${name} is in tier '${tier ?? 'missing'}', which this version does not know how to judge`;
