import type { DefenderExtension, DefenderPlan } from '../../model/facets/defender-plans.ts';
import { distinct } from '../../model/ids.ts';
import { isSome, type Observation, type Observations } from '../../model/outcome.ts';
import type { Pointer } from '../../model/pointer.ts';

/** What a Defender plan does by an extension. */
interface Defence {
  /** Any of them is enough. */
  readonly extensions: readonly string[];
  /** The plans that have them, in lower case. */
  readonly plans: readonly string[];
  /** In words: `registry scan`. */
  readonly what: string;
}

/**
 * The extension that scans registries. It comes with Containers and with Defender CSPM (CloudPosture); the plans
 * ContainerRegistry and KubernetesService were replaced by Containers and scan nothing.
 */
const registryScan = {
  extensions: ['ContainerRegistriesVulnerabilityAssessments'],
  plans: ['containers', 'cloudposture'],
  what: 'registry scan',
} as const satisfies Defence;

const [extensionName] = registryScan.extensions;

/** What finds out which images run in clusters: the discovery without an agent, or the sensor on the nodes. */
const discovery: Defence = {
  extensions: ['AgentlessDiscoveryForKubernetes', 'ContainerSensor'],
  plans: ['containers', 'cloudposture'],
  what: 'discovery of what runs',
};

/** What gated deployment rests on, beside the scan itself (MicrosoftDocs enablement-guide-runtime-gated.md). */
const gate: readonly Defence[] = ['ContainerSensor', 'ContainerIntegrityContribution'].map((name) => ({
  extensions: [name],
  plans: ['containers'],
  what: name,
}));

/** Whether Defender plans do something by an extension, and what that rests on. */
export type Defended =
  | { readonly state: 'on'; readonly because: Observations }
  | {
      readonly state: 'off';
      readonly because: Observations;
      /** A plan is paid for without its extension. */
      readonly paid: boolean;
      /** The extension is on, and switching it on failed. */
      readonly failed: boolean;
      /** Azure lists a plan or an extension that would do it: another cloud need not have these. */
      readonly offered: boolean;
    }
  | { readonly state: 'unclear'; readonly reason: string };

/** Whether the Defender plans of a subscription scan the images of its registries, and what that rests on. */
export const scanningOf = (plans: readonly DefenderPlan[], at: Pointer = 'defenderPlans'): Defended =>
  defendedBy(plans, registryScan, at);

/** Whether Defender knows which images run in the clusters of a subscription. */
export const discoveryOf = (plans: readonly DefenderPlan[], at: Pointer): Defended => defendedBy(plans, discovery, at);

/** Whether each extension that gated deployment rests on is on, by its name. */
export const gateExtensions = (
  plans: readonly DefenderPlan[],
  at: Pointer,
): readonly { readonly name: string; readonly its: Defended }[] =>
  gate.map((defence) => ({ name: defence.what, its: defendedBy(plans, defence, at) }));

function defendedBy(plans: readonly DefenderPlan[], defence: Defence, at: Pointer): Defended {
  const able = ableTo(plans, defence, at);
  const on = able.find((one) => stateOf(one) === 'on');
  if (on) return { state: 'on', because: [on.tier, on.extensions] };
  const strange = able.find((one) => stateOf(one) === 'unclear');
  if (strange) return { state: 'unclear', reason: unclearWords(strange, defence.what) };
  const broken = able.find(({ plan, extension }) => plan.tier === 'Standard' && extension?.enabled === true);
  const wanted = defence.extensions.join(' or ');
  const tiers = distinct(able, ({ tier }) => tier.at).map(({ tier }) => ({
    ...tier,
    wanted: `Standard with ${wanted}`,
  }));
  return {
    state: 'off',
    because: isSome(tiers) ? tiers : [{ at, saw: plans, wanted: `plan Containers with ${wanted}` }],
    paid: able.some(({ plan }) => plan.tier === 'Standard'),
    failed: broken !== undefined,
    offered: able.some(({ plan, extension }) => plan.tier === 'Free' || extension !== null),
  };
}

/** Whether one plan does it: it must be paid for, cover every resource, and have its extension on and not failed. */
function stateOf({ plan: { tier, coverage }, extension, unnamed }: AblePlan): 'on' | 'off' | 'unclear' {
  if (tier === 'Free') return 'off';
  if (tier !== 'Standard' || (extension === null && unnamed)) return 'unclear';
  if (extension === null || extension.enabled === false || isWord(extension.outcome, 'Failed')) return 'off';
  const known = extension.outcome === null || isWord(extension.outcome, 'Succeeded');
  const whole = coverage === null || isWord(coverage, 'FullyCovered');
  return extension.enabled === true && known && whole ? 'on' : 'unclear';
}

const isWord = (said: string | null, word: string): boolean => said?.toLowerCase() === word.toLowerCase();

interface AblePlan {
  readonly plan: DefenderPlan;
  readonly extension: DefenderExtension | null;
  /** There is an extension of which Azure does not say which one it is. */
  readonly unnamed: boolean;
  readonly tier: Observation;
  readonly extensions: Observation;
}

/** The plans that have the extension, once for each that would be enough. */
const ableTo = (plans: readonly DefenderPlan[], defence: Defence, at: Pointer): readonly AblePlan[] =>
  plans.flatMap((plan, index) =>
    defence.plans.includes(plan.name.toLowerCase())
      ? defence.extensions.map((wanted) => ({
          plan,
          extension: plan.extensions.find(({ name }) => isWord(name, wanted)) ?? null,
          unnamed: plan.extensions.some(({ name }) => name === null),
          tier: { at: `${at}/${index}/tier`, saw: plan.tier, about: plan.name } as const,
          extensions: {
            at: `${at}/${index}/extensions`,
            saw: plan.extensions,
            about: `${plan.name} extensions`,
          } as const,
        }))
      : [],
  );

function unclearWords({ plan: { name, tier, coverage }, extension }: AblePlan, what: string): string {
  if (tier !== 'Standard')
    return `plan ${name} is in tier '${tier ?? 'not told'}', which this version does not know how to judge`;
  if (coverage !== null && !isWord(coverage, 'FullyCovered'))
    return `plan ${name} is ${coverage}: Azure does not say which registries it leaves out`;
  const outcome = extension?.outcome ?? null;
  return outcome !== null && !isWord(outcome, 'Succeeded')
    ? `the ${what} of plan ${name} is in state '${outcome}', which this version does not know how to judge`
    : `plan ${name} is paid for, and whether its ${what} is on is not in Azure's answer`;
}

/** The plan whose extension is to be switched on, and the extensions that must be named with it to stay on. */
export function planToMend(plans: readonly DefenderPlan[]): {
  readonly plan: string;
  readonly keep: readonly string[];
} {
  const paid = ableTo(plans, registryScan, 'defenderPlans').filter(({ plan }) => plan.tier === 'Standard');
  const chosen = paid.find(({ plan }) => isWord(plan.name, 'CloudPosture')) ?? paid[0];
  const on = chosen?.plan.extensions.filter(({ enabled }) => enabled === true) ?? [];
  return {
    plan: chosen?.plan.name ?? 'Containers',
    keep: on.flatMap(({ name }) => (name === null || isWord(name, extensionName) ? [] : [name])),
  };
}
