import { type Evidence, observed } from '../../model/evidence.ts';
import type { Consumers } from '../../model/facets/consumers.ts';
import type { FederatedCredentials } from '../../model/facets/federated-credentials.ts';
import type { Registry } from '../../model/facets/registry.ts';
import type { RoleAssignments } from '../../model/facets/role-assignments.ts';
import { idKey } from '../../model/ids.ts';
import type { CloudFacts } from '../../model/snapshot.ts';
import { neededRoles } from '../tasks/needed-roles.ts';
import { mayRun } from '../tasks/purges.ts';
import { accessTo } from './access.ts';
import { appsUsing } from './app-consumption.ts';
import { credentialState } from './federation.ts';
import { type AroundSwitch, type ContentRight, namesAround, rightsNeeded } from './mode-switch.ts';
import { principalsIn, principalWords } from './principals.ts';
import { kubeletsOf } from './workloads.ts';

/** Something that works today, in words, and whether it does. */
export interface Use {
  readonly what: string;
  readonly can: boolean | null;
}

/**
 * What every principal does with a registry by its roles, beside the nodes of clusters and the apps, whose pulls are
 * asked elsewhere: tasks what their steps need, pipelines and all others whatever they may pull and push.
 */
export function usesByRole(registry: Registry, roles: RoleAssignments, around: AroundSwitch): readonly Use[] {
  const names = namesAround(registry, around);
  const nodes = kubeletsOf(around.consumers?.clusters ?? []);
  const apps = appPrincipals(registry, around);
  return accessTo(registry, roles).principals.flatMap((who) => {
    const id = idKey(who.principalId);
    if (nodes.has(id)) return [];
    const wanted = needsOf(id, registry, around).filter((right) => right !== 'pull' || !apps.has(id));
    return wanted
      .filter((right) => who.rights[right] !== undefined)
      .map((right) => ({
        what: `${principalWords(who, names)} may ${right === 'push' ? 'push to' : right} ${registry.name}`,
        can: who.rights[right] === 'all' ? true : null,
      }));
  });
}

/** Whoever is a task alone needs what its steps do; of everybody else it is not known. */
function needsOf(
  id: string,
  registry: Registry,
  { tasks = [], federatedCredentials }: AroundSwitch,
): readonly ContentRight[] {
  const its = tasks.filter(
    (task) => mayRun(task) && principalsIn(task.identity).some((one) => one !== null && idKey(one) === id),
  );
  const logsIn = federatedCredentials?.identities.some(
    ({ principalId, credentials }) =>
      idKey(principalId ?? '') === id && (credentials.state !== 'observed' || credentials.value.length > 0),
  );
  if (its.length === 0 || logsIn) return ['pull', 'push'];
  const mode =
    registry.roleAssignmentMode === 'AbacRepositoryPermissions'
      ? 'AbacRepositoryPermissions'
      : 'LegacyRegistryPermissions';
  return [...new Set(its.flatMap((task) => rightsNeeded(neededRoles(task, registry), mode)))];
}

const appPrincipals = (registry: Registry, { appConsumers }: AroundSwitch): ReadonlySet<string> =>
  new Set(
    appsUsing(registry, appConsumers && observed(appConsumers)).flatMap(({ app }) =>
      principalsIn(app.identity).flatMap((id) => (id ? [idKey(id)] : [])),
    ),
  );

/** Identities as which somebody logs in without a secret: the last credential that can be used is not to go. */
export function logins(
  { identities }: FederatedCredentials,
  cloud: CloudFacts['name'],
  consumers: Evidence<Consumers>,
): readonly Use[] {
  return identities.flatMap(({ name, credentials }) => {
    if (credentials.state !== 'observed') return [];
    const works = credentials.value.some((one) => {
      const its = credentialState(one, cloud, consumers);
      return its.state !== 'flawed' || !its.flaws.some(({ kind }) => kind === 'dead');
    });
    return [{ what: `a pipeline logs in as identity ${name}`, can: works }];
  });
}
