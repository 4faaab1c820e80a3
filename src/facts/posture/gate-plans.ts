import type { Evidence } from '../../model/evidence.ts';
import type { ClusterPlans } from '../../model/facets/cluster-plans.ts';
import type { DefenderPlan } from '../../model/facets/defender-plans.ts';
import { sameId, subscriptionGuid, subscriptionOf } from '../../model/ids.ts';
import { type Unknown, unseen, untold } from '../../model/outcome.ts';
import { type Defended, gateExtensions } from './defender.ts';

/** An extension that gated deployment rests on, in one of the subscriptions that need it. */
export interface GateExtension {
  /** `extension ContainerSensor in the subscription of the registry`. */
  readonly words: string;
  readonly its: Defended;
}

/** What the gate of a cluster rests on: in the subscription of the registry, which is scanned, and in its own. */
export function gatePlans(
  registry: { readonly id: string },
  cluster: { readonly id: string },
  plans: readonly DefenderPlan[],
  others: Evidence<readonly ClusterPlans[]>,
): readonly (GateExtension | Unknown)[] {
  const own = gateExtensions(plans, 'defenderPlans').map((one) => worded(one, 'the subscription of the registry'));
  const place = subscriptionOf(cluster.id);
  if (sameId(place, subscriptionOf(registry.id))) return own;
  if (others.state !== 'observed') return [...own, unseen(others)];
  const index = others.value.findIndex(({ subscription }) => sameId(subscription, place));
  const there = others.value[index]?.plans;
  if (there === undefined)
    return [...own, untold(`the plans of subscription ${subscriptionGuid(place)} were not read`)];
  if (there.state !== 'observed') return [...own, unseen(there)];
  const found = gateExtensions(there.value, `clusterPlans/${index}/plans/value`);
  return [...own, ...found.map((one) => worded(one, `subscription ${subscriptionGuid(place)}`))];
}

const worded = ({ name, its }: { readonly name: string; readonly its: Defended }, where: string): GateExtension => ({
  words: `extension ${name} in ${where}`,
  its,
});
