import type { Evidence } from '../../model/evidence.ts';
import type { Consumers } from '../../model/facets/consumers.ts';
import type { Registry } from '../../model/facets/registry.ts';
import type { RoleAssignments } from '../../model/facets/role-assignments.ts';
import { byIdKey, distinctIds, subscriptionOf } from '../../model/ids.ts';
import { cannotSee, type Unknown } from '../../model/outcome.ts';
import { consumersOf } from './consumption.ts';

/** The subscriptions of the clusters that are known to use a registry. */
export function placesOfClusters(
  registry: Registry,
  consumers: Evidence<Consumers>,
  roles: Evidence<RoleAssignments>,
): readonly string[] | Unknown {
  if (consumers.state !== 'observed' || roles.state !== 'observed')
    return cannotSee(
      'which clusters pull from here could not be seen',
      [consumers, roles].flatMap((one) => (one.state === 'observed' ? [] : [one])),
    );
  const { clusters } = consumersOf(registry, consumers.value, roles.value);
  return distinctIds(clusters.map(({ cluster }) => subscriptionOf(cluster.id))).sort(byIdKey);
}
