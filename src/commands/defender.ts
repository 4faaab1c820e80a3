import type { DefenderCommand } from '../model/command.ts';
import type { DefenderPlan } from '../model/facets/defender-plans.ts';
import { sameId } from '../model/ids.ts';
import type { KnownFacts } from '../model/step.ts';
import { nothing, type Traits } from './trait.ts';
import { asking, quoted, word } from './words.ts';

/** `az security pricing create`: pays for a plan with these extensions on. Those left out are switched off. */
export const defenderPlan = (plan: string, extensions: readonly string[]): DefenderCommand => ({
  kind: 'defender.plan',
  plan,
  extensions,
});

const idOf = (plan: string): string => `/subscriptions/<subscription>/providers/Microsoft.Security/pricings/${plan}`;

const paid = (plan: string, extensions: readonly string[]): DefenderPlan => ({
  name: plan,
  tier: 'Standard',
  extensions: extensions.map((name) => ({ name, enabled: true, outcome: null })),
  coverage: null,
});

const planIn = ({ defenderPlans }: KnownFacts, plan: string): DefenderPlan | undefined =>
  defenderPlans?.find(({ name }) => sameId(name, plan));

export const defenderTraits: Traits<DefenderCommand> = {
  'defender.plan': {
    az: ({ plan, extensions }) =>
      `az security pricing create --subscription <subscription> --name ${word(plan)} --tier Standard ${extensions.map((name) => `--extensions ${word(`name=${name}`)} isEnabled=True`).join(' ')}`,
    apply: (facts, { plan, extensions }) =>
      facts.defenderPlans
        ? {
            ...facts,
            defenderPlans: [
              ...facts.defenderPlans.filter(({ name }) => !sameId(name, plan)),
              { ...planIn(facts, plan), ...paid(plan, extensions) },
            ],
          }
        : facts,
    target: ({ plan }) => idOf(plan),
    undo: ({ plan }, facts) => {
      const before = planIn(facts, plan);
      if (before?.tier !== 'Standard')
        return {
          cannot: 'Set the plan back to Free by hand, if it was: what it scanned stays on the bill until then.',
        };
      const on = before.extensions.filter(({ enabled }) => enabled === true).flatMap(({ name }) => name ?? []);
      return [defenderPlan(plan, on)];
    },
    // By `az rest`: `az security pricing show` crashes in azure-cli 2.74.
    verify: ({ plan, extensions }) => ({
      az: `az rest --method get --url ${word(`${idOf(plan)}?api-version=2024-01-01`)} ${asking(`join(' ', [properties.pricingTier, to_string(length(properties.extensions[?isEnabled=='True' && (${extensions.map((name) => `name==${quoted(name)}`).join(' || ')})]))])`)}`,
      prints: `Standard ${extensions.length}`,
    }),
    ends: nothing,
  },
};
