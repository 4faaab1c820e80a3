import * as v from 'valibot';
import type { AppConsumer, AppKind, AppLogin, AppPull } from '../model/facets/app-consumers.ts';
import { byId, distinctIds, subscriptionOf } from '../model/ids.ts';
import { type Azure, AzureError } from './azure.ts';
import type { SharedCollector } from './collector.ts';
import { identityWire, managedIdentity } from './managed-identity.ts';
import type { Observe, Permission } from './observe.ts';
import { armId, type Each, flag, listOf, listOrNone, maybe, read, text, told } from './read.ts';
import { leftOut, notLookedIn } from './scope.ts';

/** How each kind is listed in a subscription. Slots are asked of their sites. */
interface Kind {
  readonly kind: AppKind;
  readonly type: string;
  readonly apiVersion: string;
  readonly permissions: readonly Permission[];
  parse(body: unknown): AppConsumer;
}

const base = { id: armId, name: text, location: maybe(text), identity: maybe(identityWire) };

type Named = v.InferOutput<v.ObjectSchema<typeof base, undefined>>;

const app = (
  kind: AppKind,
  { id, name, location, identity }: Named,
  pulls: readonly AppPull[],
  subnets: readonly string[] = [],
): AppConsumer => ({ id, name, kind, location, identity: identity && managedIdentity(identity), subnets, pulls });

/** `contoso.azurecr.io` of `contoso.azurecr.io/app:1`; an image without host is Docker Hub's. */
function hostOf(image: string): string {
  const [first = '', ...rest] = image.split('/');
  return rest.length > 0 && (/[.:]/.test(first) || first === 'localhost') ? first.toLowerCase() : 'docker.io';
}

const serverOf = (server: string): string =>
  server
    .replace(/^https?:\/\//i, '')
    .replace(/\/.*$/, '')
    .toLowerCase();

/** A user name is there with a password or without need; an identity wins, as it does in the services. */
const loginBy = (identity: string | null, userName: string | null): AppLogin =>
  identity ? { by: 'identity', identity } : userName ? { by: 'password', userName } : { by: 'nothing' };

/** Each login that is stated, and each image's registry for which none is. */
function pullsOf(stated: readonly AppPull[], images: readonly string[]): readonly AppPull[] {
  const named = new Set(stated.map(({ server }) => server));
  const others = distinctIds(images.map(hostOf)).filter((host) => !named.has(host));
  return [...stated, ...others.map((server): AppPull => ({ server, login: { by: 'nothing' } }))];
}

const containers = maybe(v.array(v.object({ image: maybe(text) })));
const imagesIn = (list: v.InferOutput<typeof containers>): string[] => (list ?? []).flatMap(({ image }) => image ?? []);

const containerAppWire = v.object({
  ...base,
  properties: v.object({
    configuration: maybe(
      v.object({
        // The password itself is in a secret of the app, which no read answers.
        registries: listOrNone(v.object({ server: text, identity: maybe(text), username: maybe(text) })),
      }),
    ),
    template: maybe(v.object({ containers, initContainers: containers })),
  }),
});

const parseContainerApp =
  (kind: 'container app' | 'container app job') =>
  (body: unknown): AppConsumer => {
    const { properties, ...named } = read(`a ${kind}`, containerAppWire, body);
    const stated = (properties.configuration?.registries ?? []).map(
      ({ server, identity, username }): AppPull => ({ server: serverOf(server), login: loginBy(identity, username) }),
    );
    const images = [
      ...imagesIn(properties.template?.containers ?? null),
      ...imagesIn(properties.template?.initContainers ?? null),
    ];
    return app(kind, named, pullsOf(stated, images));
  };

const groupWire = v.object({
  ...base,
  properties: v.object({
    containers: listOf(v.object({ properties: v.object({ image: text }) })),
    imageRegistryCredentials: listOrNone(v.object({ server: text, username: maybe(text), identity: maybe(text) })),
    subnetIds: listOrNone(v.object({ id: text })),
  }),
});

function parseContainerGroup(body: unknown): AppConsumer {
  const { properties, ...named } = read('a container group', groupWire, body);
  const stated = properties.imageRegistryCredentials.map(
    ({ server, username, identity }): AppPull => ({ server: serverOf(server), login: loginBy(identity, username) }),
  );
  const images = properties.containers.map((container) => container.properties.image);
  const subnets = properties.subnetIds.map(({ id }) => id);
  return app('container group', named, pullsOf(stated, images), subnets);
}

const siteWire = v.object({
  ...base,
  kind: told(text),
  properties: v.object({
    virtualNetworkSubnetId: maybe(text),
    siteConfig: told(
      v.object({
        linuxFxVersion: told(text),
        windowsFxVersion: told(text),
        acrUseManagedIdentityCreds: told(flag),
        acrUserManagedIdentityID: told(text),
      }),
    ),
  }),
});

/** A site or slot; one that runs code and no container pulls nothing. */
const parseSite =
  (kind: 'web app' | 'web app slot') =>
  (body: unknown): AppConsumer => {
    const { properties, kind: siteKind, ...named } = read(`a ${kind}`, siteWire, body);
    const subnets = properties.virtualNetworkSubnetId ? [properties.virtualNetworkSubnetId] : [];
    return app(kind, named, sitePulls(siteKind, properties.siteConfig), subnets);
  };

type SiteConfig = v.InferOutput<typeof siteWire>['properties']['siteConfig'];

function sitePulls(kind: string | null, config: SiteConfig): readonly AppPull[] {
  const stack = [config?.linuxFxVersion, config?.windowsFxVersion].find((version) => version) ?? null;
  const untold = (why: string): readonly AppPull[] => [{ server: null, login: { by: 'untold', why } }];
  if (stack === null) return /container/i.test(kind ?? '') ? untold("Azure's answer does not say what it runs") : [];
  if (/^sitecontainers$/i.test(stack)) return untold('it runs site containers, which were not read');
  const [, image] = /^docker\|(.+)$/i.exec(stack) ?? [];
  if (image === undefined) return /^(compose|kube)\|/i.test(stack) ? untold('its images are in a compose file') : [];
  const uses = config?.acrUseManagedIdentityCreds ?? null;
  const login: AppLogin =
    uses === null
      ? { by: 'untold', why: "Azure's answer has no acrUseManagedIdentityCreds" }
      : uses
        ? { by: 'identity', identity: config?.acrUserManagedIdentityID || 'system' }
        : // The user name is an application setting, which only an action that hands out secrets tells.
          { by: 'password', userName: null };
  return [{ server: hostOf(image), login }];
}

const may = {
  containerApps: 'Microsoft.App/containerApps/read',
  jobs: 'Microsoft.App/jobs/read',
  sites: 'Microsoft.Web/sites/read',
  slots: 'Microsoft.Web/sites/slots/read',
  groups: 'Microsoft.ContainerInstance/containerGroups/read',
} as const satisfies Record<string, Permission>;

const webVersion = '2023-12-01';

const kinds: readonly Kind[] = [
  {
    kind: 'container app',
    type: 'Microsoft.App/containerApps',
    apiVersion: '2024-03-01',
    permissions: [may.containerApps],
    parse: parseContainerApp('container app'),
  },
  {
    kind: 'container app job',
    type: 'Microsoft.App/jobs',
    apiVersion: '2024-03-01',
    permissions: [may.jobs],
    parse: parseContainerApp('container app job'),
  },
  {
    kind: 'web app',
    type: 'Microsoft.Web/sites',
    apiVersion: webVersion,
    permissions: [may.sites],
    parse: parseSite('web app'),
  },
  {
    kind: 'container group',
    type: 'Microsoft.ContainerInstance/containerGroups',
    apiVersion: '2023-05-01',
    permissions: [may.groups],
    parse: parseContainerGroup,
  },
];

export const appConsumers: SharedCollector<'appConsumers'> = {
  facet: 'appConsumers',
  scope: 'shared',
  permissions: Object.values(may),
  from: [],
  async collect(azure, { subscriptions }, { observe }) {
    const listed = await Promise.all(
      subscriptions.flatMap(({ id: subscription }) =>
        kinds.map(async (one) => ({
          subscription,
          kind: one.kind,
          apps: await observe({
            permissions: one.permissions,
            scope: subscription,
            ask: (azure, each) => listOfKind(azure, each, one, subscription),
          }),
        })),
      ),
    );
    const found = listed.flatMap(({ apps }) => (apps.state === 'observed' ? apps.value : []));
    const sites = found.filter(({ kind, pulls }) => kind === 'web app' && pulls.length > 0);
    const out = await leftOut(
      azure,
      subscriptions.map(({ id }) => id),
    );
    const slots = await Promise.all(sites.map((site) => slotsOf(observe, site)));
    return {
      apps: [...found, ...slots.flatMap(({ apps }) => (apps.state === 'observed' ? apps.value : []))]
        .filter(({ pulls }) => pulls.length > 0)
        .sort(byId),
      searched: [
        ...[...listed, ...slots].map(({ subscription, kind, apps }) => ({
          subscription,
          kind,
          apps: apps.state === 'observed' ? { ...apps, value: apps.value.map(({ id }) => id) } : apps,
        })),
        ...out.flatMap((subscription) =>
          kinds.map(({ kind }) => ({ subscription, kind, apps: notLookedIn(subscription) })),
        ),
      ],
    };
  },
};

async function listOfKind(azure: Azure, each: Each, { type, apiVersion, parse }: Kind, subscription: string) {
  try {
    return await each(await azure.list(`${subscription}/providers/${type}`, apiVersion), parse);
  } catch (error) {
    // Where the provider was never registered, nobody made such an app.
    if (error instanceof AzureError && error.code === 'MissingSubscriptionRegistration') return [];
    throw error;
  }
}

async function slotsOf(observe: Observe, { id }: AppConsumer) {
  return {
    subscription: subscriptionOf(id),
    kind: 'web app slot' as const,
    apps: await observe({
      permissions: [may.slots],
      scope: id,
      ask: async (azure, each) => each(await azure.list(`${id}/slots`, webVersion), parseSite('web app slot')),
    }),
  };
}
