import type { ClusterPlans } from '../model/facets/cluster-plans.ts';
import { idKey } from '../model/ids.ts';
import type { Azure } from './azure.ts';
import type { KnownSoFar, SharedCollector } from './collector.ts';
import { defenderPlans } from './defender-plans.ts';
import type { Observe } from './observe.ts';

export const clusterPlans: SharedCollector<'clusterPlans'> = {
  facet: 'clusterPlans',
  scope: 'shared',
  permissions: defenderPlans.permissions,
  from: ['defenderPlans', 'consumers'],
  collect: (_azure: Azure, known, asking) =>
    Promise.all(
      placesOfClusters(known).map(async (subscription) => ({
        subscription,
        plans: plansKnown(known, subscription) ?? (await ask(asking.observe, subscription, asking)),
      })),
    ),
};

const ask = (
  observe: Observe,
  subscription: string,
  asking: Parameters<typeof defenderPlans.collect>[2],
): Promise<ClusterPlans['plans']> =>
  observe({
    permissions: defenderPlans.permissions,
    scope: subscription,
    ask: (azure, each) => defenderPlans.collect(azure, { id: subscription }, { ...asking, each }),
  });

/** Plans that were read for the registries of the subscription are not asked for again. */
const plansKnown = ({ subscriptions }: KnownSoFar, subscription: string): ClusterPlans['plans'] | undefined =>
  subscriptions.find(({ id }) => idKey(id) === idKey(subscription))?.facets.defenderPlans;

/** The subscriptions in which clusters were found. */
export const placesOfClusters = ({ shared: { consumers } }: KnownSoFar): readonly string[] =>
  consumers?.state === 'observed'
    ? consumers.value.searched.flatMap(({ subscription, clusters }) =>
        clusters.state === 'observed' && clusters.value.length > 0 ? [subscription] : [],
      )
    : [];
