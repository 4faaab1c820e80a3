import type { Evidence } from '../../model/evidence.ts';
import type { AppConsumers } from '../../model/facets/app-consumers.ts';
import type { Registry } from '../../model/facets/registry.ts';
import { sameId } from '../../model/ids.ts';
import { appsUsing } from './app-consumption.ts';

/** The apps that pull from a registry with its admin user, in words: `web app shop`. */
export interface AdminUsers {
  readonly surely: readonly string[];
  /** Those whose user name Azure does not tell. */
  readonly maybe: readonly string[];
}

/** Which known apps stop pulling when the admin user is switched off. */
export function adminUsers(registry: Registry, apps: Evidence<AppConsumers> | undefined): AdminUsers {
  const named = appsUsing(registry, apps).flatMap(({ app, who }) =>
    app.pulls.flatMap(({ server, login }) =>
      login.by === 'password' && sameId(server ?? '', registry.loginServer ?? '')
        ? [{ who, userName: login.userName }]
        : [],
    ),
  );
  const of = (wanted: (userName: string | null) => boolean): readonly string[] => [
    ...new Set(named.flatMap(({ who, userName }) => (wanted(userName) ? [who] : []))),
  ];
  const surely = of((userName) => sameId(userName ?? '', registry.name));
  return { surely, maybe: of((userName) => userName === null).filter((who) => !surely.includes(who)) };
}
