import type { DefenderExtension, DefenderPlan } from '../../model/facets/defender-plans.ts';
import { isSome, type Observation, type Observations } from '../../model/outcome.ts';

/** The extension that scans registries; it comes with either of two plans. */
const extensionName = 'ContainerRegistriesVulnerabilityAssessments';

/** Whether the Defender plans of a subscription scan the images of its registries. */
export type Scanning =
  | { readonly state: 'on'; readonly because: Observations }
  | {
      readonly state: 'off';
      readonly because: Observations;
      /** A plan is paid for without its scan. */
      readonly paid: boolean;
      /** The extension is on, and switching it on failed. */
      readonly failed: boolean;
      /** Azure lists a plan or an extension that would scan: another cloud need not have these. */
      readonly offered: boolean;
    }
  | { readonly state: 'unclear'; readonly reason: string };

/** Whether the Defender plans of a subscription scan the images of its registries, and what that rests on. */
export function scanningOf(plans: readonly DefenderPlan[]): Scanning {
  const able = plansThatScan(plans);
  const on = able.find((one) => stateOf(one) === 'on');
  if (on) return { state: 'on', because: [on.tier, on.extensions] };
  const strange = able.find((one) => stateOf(one) === 'unclear');
  if (strange) return { state: 'unclear', reason: unclearWords(strange.plan) };
  const broken = able.find(({ plan, extension }) => plan.tier === 'Standard' && extension?.enabled === true);
  const tiers = able.map(({ tier }) => ({ ...tier, wanted: `Standard with ${extensionName}` }));
  return {
    state: 'off',
    because: isSome(tiers)
      ? tiers
      : [{ at: 'defenderPlans', saw: plans, wanted: `plan Containers with ${extensionName}` }],
    paid: able.some(({ plan }) => plan.tier === 'Standard'),
    failed: broken !== undefined,
    offered: able.some(({ plan, extension }) => plan.tier === 'Free' || extension !== null),
  };
}

/** Whether one plan scans: it must be paid for, cover every resource, and have its extension on and not failed. */
function stateOf({ plan: { tier, coverage }, extension, unnamed }: ScanningPlan): 'on' | 'off' | 'unclear' {
  if (tier === 'Free') return 'off';
  if (tier !== 'Standard' || (extension === null && unnamed)) return 'unclear';
  if (extension === null || extension.enabled === false || isWord(extension.outcome, 'Failed')) return 'off';
  const known = extension.outcome === null || isWord(extension.outcome, 'Succeeded');
  const whole = coverage === null || isWord(coverage, 'FullyCovered');
  return extension.enabled === true && known && whole ? 'on' : 'unclear';
}

const isWord = (said: string | null, word: string): boolean => said?.toLowerCase() === word.toLowerCase();

interface ScanningPlan {
  readonly plan: DefenderPlan;
  readonly extension: DefenderExtension | null;
  /** There is an extension of which Azure does not say which one it is. */
  readonly unnamed: boolean;
  readonly tier: Observation;
  readonly extensions: Observation;
}

/**
 * The plans that can scan registries: Containers, and Defender CSPM (CloudPosture). The plans ContainerRegistry and
 * KubernetesService were replaced by Containers and scan nothing.
 */
const plansThatScan = (plans: readonly DefenderPlan[]): readonly ScanningPlan[] =>
  plans.flatMap((plan, index) =>
    /^(containers|cloudposture)$/i.test(plan.name)
      ? [
          {
            plan,
            extension: plan.extensions.find(({ name }) => isWord(name, extensionName)) ?? null,
            unnamed: plan.extensions.some(({ name }) => name === null),
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

function unclearWords({ name, tier, coverage, extensions }: DefenderPlan): string {
  if (tier !== 'Standard')
    return `plan ${name} is in tier '${tier ?? 'not told'}', which this version does not know how to judge`;
  if (coverage !== null && !isWord(coverage, 'FullyCovered'))
    return `plan ${name} is ${coverage}: Azure does not say which registries it leaves out`;
  const outcome = extensions.find((one) => isWord(one.name, extensionName))?.outcome ?? null;
  return outcome !== null && !isWord(outcome, 'Succeeded')
    ? `the registry scan of plan ${name} is in state '${outcome}', which this version does not know how to judge`
    : `plan ${name} is paid for, and whether its registry scan is on is not in Azure's answer`;
}

/** The plan whose extension is to be switched on, and the extensions that must be named with it to stay on. */
export function planToMend(plans: readonly DefenderPlan[]): {
  readonly plan: string;
  readonly keep: readonly string[];
} {
  const paid = plansThatScan(plans).filter(({ plan }) => plan.tier === 'Standard');
  const chosen = paid.find(({ plan }) => isWord(plan.name, 'CloudPosture')) ?? paid[0];
  const on = chosen?.plan.extensions.filter(({ enabled }) => enabled === true) ?? [];
  return {
    plan: chosen?.plan.name ?? 'Containers',
    keep: on.flatMap(({ name }) => (name === null || isWord(name, extensionName) ? [] : [name])),
  };
}
