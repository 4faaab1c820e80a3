import { type Evidence, observed, type Unseen } from '../../model/evidence.ts';
import type { AppConsumer, AppConsumers } from '../../model/facets/app-consumers.ts';
import type { Consumers } from '../../model/facets/consumers.ts';
import type { DenyAssignment } from '../../model/facets/deny-assignments.ts';
import type { Registry } from '../../model/facets/registry.ts';
import type { RoleAssignments } from '../../model/facets/role-assignments.ts';
import { sameId } from '../../model/ids.ts';
import { cannotSee, type Observation, type Unknown, untold } from '../../model/outcome.ts';
import { accessTo, type RegistryAccess } from './access.ts';
import { type Identities, identitiesSeen } from './principals.ts';
import { type Pull, type Puller, pullBy, unsure } from './pull.ts';
import { unseenHolder } from './unseen-holders.ts';

/** An app that pulls from a registry with an identity, and what its roles let it do. */
export interface AppPuller {
  readonly thing: string;
  /** In words: `web app shop`. */
  readonly who: string;
  readonly pull: Pull;
  /** What shows that the registry refuses the tokens that the app asks with, whatever its roles; `null` where it does not. */
  readonly refused: readonly [Observation, Observation] | null;
}

/** Whether each app that pulls from the registry with an identity may; one that says nowhere whence it pulls is left out. */
export function appPulls(
  registry: Registry,
  { apps }: AppConsumers,
  roles: RoleAssignments,
  denies: Evidence<readonly DenyAssignment[]>,
  now: string,
): { readonly mode: RegistryAccess['mode']; readonly apps: readonly AppPuller[] } {
  const access = accessTo(registry, roles);
  return {
    mode: access.mode,
    apps: apps.flatMap((app, index) =>
      app.pulls.flatMap(({ server, login }, position): AppPuller[] => {
        if (login.by !== 'identity' || !sameId(server ?? '', registry.loginServer ?? '')) return [];
        const at = `appConsumers/apps/${index}` as const;
        const who = `${app.kind} ${app.name}`;
        const by = { at: `${at}/pulls/${position}/login/by`, saw: login.by, about: who } as const;
        const puller = identityOf(app, login.identity, at, who);
        return [
          {
            thing: `app/${app.name}`,
            who,
            ...byAudience(registry, app, by, who, pullBy(registry, puller, access, denies, now)),
          },
        ];
      }),
    ),
  };
}

/** What tells who else may pull than the apps that were seen. */
export interface AroundApps extends Omit<Identities, 'appConsumers'> {
  readonly consumers: Evidence<Consumers>;
}

/** Why somebody whom nobody has seen may be an app that pulls from the registry; `null` where nobody is known to be. */
export function unseenApp(
  registry: Registry,
  appConsumers: AppConsumers,
  roles: RoleAssignments | Unseen,
  { consumers, ...identities }: AroundApps,
): Unknown | null {
  const searched = appConsumers.searched.map(({ apps }) => apps);
  const out = searched.flatMap((apps) => (apps.state === 'observed' ? [] : [apps]));
  if (out.length === 0) return null;
  if ('state' in roles) return cannotSee('who may pull here', [roles, ...out]);
  const clusters = consumers.state === 'observed' ? consumers.value.clusters : [];
  const names = identitiesSeen(registry, clusters, { ...identities, appConsumers: observed(appConsumers) });
  return unseenHolder('pulls', registry, accessTo(registry, roles), { names, searched });
}

/** Microsoft documents that pulls of Web Apps break with the policy disabled; of others there are only reports. */
export const asksArm = ({ kind }: AppConsumer): boolean => kind === 'web app' || kind === 'web app slot';

/** The pull of an app by its roles, and by whether the registry takes the tokens it asks with. */
function byAudience(
  { policies }: Registry,
  app: AppConsumer,
  by: Observation,
  who: string,
  pull: Pull,
): Pick<AppPuller, 'pull' | 'refused'> {
  if (!asksArm(app)) return { pull, refused: null };
  const saw = policies.azureAdAuthenticationAsArm?.status ?? null;
  const seen = { at: 'registry/policies/azureAdAuthenticationAsArm/status', saw, wanted: 'enabled' } as const;
  if (saw === 'disabled') return { pull, refused: [seen, by] };
  return saw === 'enabled' || pull.can !== true
    ? { pull, refused: null }
    : { pull: unsure(`whether the registry takes the tokens that ${who} asks with is not told`), refused: null };
}

/** `login` is `system`, or the id or client id of a user-assigned identity. */
function identityOf(
  { identity }: AppConsumer,
  login: string | null,
  at: `appConsumers/apps/${number}`,
  who: string,
): Puller | Unknown {
  const hidden = untold(`Azure does not tell which identity ${who} pulls with`);
  if (identity === null || login === null) return hidden;
  if (sameId(login, 'system'))
    return identity.principalId === null
      ? hidden
      : { who, principalId: identity.principalId, at: `${at}/identity/principalId` };
  const index = identity.userAssigned.findIndex(
    ({ id, clientId }) => sameId(id, login) || (clientId !== null && sameId(clientId, login)),
  );
  const principalId = identity.userAssigned[index]?.principalId ?? null;
  return principalId === null ? hidden : { who, principalId, at: `${at}/identity/userAssigned/${index}/principalId` };
}
