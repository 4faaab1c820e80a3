import type { Evidence } from '../../model/evidence.ts';
import type { AppConsumer, AppConsumers } from '../../model/facets/app-consumers.ts';
import type { Registry } from '../../model/facets/registry.ts';
import { idKey, lastPart, parentId, sameId, subscriptionOf } from '../../model/ids.ts';
import { type Unknown, unseen, untold } from '../../model/outcome.ts';
import { lookupBy } from '../../model/places.ts';

/** An app that names the registry's login server, and how we know. */
export interface ConsumingApp {
  readonly app: AppConsumer;
  /** Where the app is in the evidence. */
  readonly at: `appConsumers/apps/${number}`;
  /** `app/shop`. */
  readonly thing: string;
  /** In words: `web app shop`. */
  readonly who: string;
}

/** The apps that pull from a registry; one that says nowhere whence it pulls is none. */
export function appsUsing(registry: Registry, apps: Evidence<AppConsumers> | undefined): readonly ConsumingApp[] {
  if (apps?.state !== 'observed' || apps.value.apps.length === 0) return [];
  const { loginServer } = registry;
  if (loginServer === null) return [];
  return byServer(apps.value.apps, [idKey(loginServer)]).map(([index, app]) => ({
    app,
    at: `appConsumers/apps/${index}`,
    thing: `app/${app.name}`,
    who: `${app.kind} ${app.name}`,
  }));
}

/** Apps by the login servers that they pull from. */
const byServer = lookupBy(({ pulls }: AppConsumer) => pulls.map(({ server }) => idKey(server ?? '')));

/** The networks that an app's image is pulled from; none where that is a network of Azure's own. */
export function networksOfApp(
  { environment, subnets, kind }: AppConsumer,
  { environments }: AppConsumers,
): readonly string[] | Unknown {
  if (kind !== 'container app' && kind !== 'container app job') return subnets.map((subnet) => parentId(subnet));
  if (environment === null) return untold(`Azure does not tell in which environment the ${kind} runs`);
  const place = environments.find(({ subscription }) => sameId(subscription, subscriptionOf(environment)));
  if (!place) return untold(`environment ${lastPart(environment)} is in a subscription that was not looked in`);
  if (place.found.state !== 'observed') return unseen(place.found);
  const found = place.found.value.find(({ id }) => idKey(id) === idKey(environment));
  if (!found) return untold(`environment ${lastPart(environment)} was not found`);
  return found.subnet === null ? [] : [parentId(found.subnet)];
}

/** Each place where apps may live, seen or not. */
export const placesOfApps = (apps: Evidence<AppConsumers> | undefined): readonly Evidence<unknown>[] =>
  apps === undefined ? [] : apps.state === 'observed' ? apps.value.searched.map((one) => one.apps) : [apps];
