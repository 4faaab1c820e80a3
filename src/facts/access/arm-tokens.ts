import type { Evidence } from '../../model/evidence.ts';
import type { AppConsumers } from '../../model/facets/app-consumers.ts';
import type { Consumers } from '../../model/facets/consumers.ts';
import type { Registry } from '../../model/facets/registry.ts';
import type { RoleAssignments } from '../../model/facets/role-assignments.ts';
import { appsUsing } from './app-consumption.ts';
import { asksArm } from './app-pull.ts';
import { consumersOf } from './consumption.ts';

/** Who is known to pull from a registry and may lose that with tokens for Azure Resource Manager; in words. */
export interface ArmTokenUsers {
  /** Microsoft documents that they stop. */
  readonly surely: readonly string[];
  /** People report that they do: clusters with old node images, and Container Apps. */
  readonly reported: readonly string[];
}

/** The known consumers that pull with tokens for Azure Resource Manager, or may. */
export function armTokenUsers(
  registry: Registry,
  apps: Evidence<AppConsumers>,
  consumers: Evidence<Consumers>,
  roles: Evidence<RoleAssignments>,
): ArmTokenUsers {
  const byIdentity = appsUsing(registry, apps).filter(({ app }) =>
    app.pulls.some(({ login }) => login.by === 'identity'),
  );
  const clusters =
    consumers.state === 'observed' && roles.state === 'observed'
      ? consumersOf(registry, consumers.value, roles.value).clusters.map(({ cluster }) => `cluster ${cluster.name}`)
      : [];
  const others = byIdentity.filter(({ app }) => app.kind === 'container app' || app.kind === 'container app job');
  return {
    surely: byIdentity.filter(({ app }) => asksArm(app)).map(({ who }) => who),
    reported: [...others.map(({ who }) => who), ...clusters],
  };
}
