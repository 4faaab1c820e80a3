import type { AppConsumers } from '../../model/facets/app-consumers.ts';
import { idKey, sameId, subscriptionOf } from '../../model/ids.ts';
import { type Observation, type Unknown, unseen, untold } from '../../model/outcome.ts';

/** A registry that an app names; or why it is not known which. */
export type Reference = {
  /** `app/shop`. */
  readonly thing: string;
  /** In words: `web app shop`. */
  readonly who: string;
} & (
  | {
      /** The login server, in lower case. */
      readonly server: string;
      readonly seen: Observation;
    }
  | { readonly server: null; readonly why: Unknown }
);

/** The registries of the cloud that apps of a subscription name; a regional name counts as its login server. */
export function referencesOf({ apps }: AppConsumers, subscription: string, suffix: string): readonly Reference[] {
  return apps.flatMap((app, index) =>
    sameId(subscriptionOf(app.id), subscription)
      ? app.pulls.flatMap(({ server: saw, login }, nth): readonly Reference[] => {
          const who = `${app.kind} ${app.name}`;
          const its = { thing: `app/${app.name}`, who };
          if (saw === null)
            return [
              {
                ...its,
                server: null,
                why:
                  login.by === 'unread'
                    ? unseen(login.containers)
                    : untold(`Azure does not tell which registry ${who} pulls from`),
              },
            ];
          const server = loginServerOf(saw, suffix);
          const at = `appConsumers/apps/${index}/pulls/${nth}/server` as const;
          return server === null ? [] : [{ ...its, server, seen: { at, saw, about: who } }];
        })
      : [],
  );
}

/** `contoso.azurecr.io` of itself and of `contoso.westeurope.geo.azurecr.io`; `null` for a host of another kind. */
function loginServerOf(host: string, suffix: string): string | null {
  const name = idKey(host);
  if (!name.endsWith(`.${suffix}`)) return null;
  const [label, ...rest] = name.slice(0, -suffix.length - 1).split('.');
  return rest.length === 0 || (rest.length === 2 && rest[1] === 'geo') ? `${label}.${suffix}` : name;
}
