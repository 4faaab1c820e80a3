import { type UnreadEntry, unreadable } from '../model/evidence.ts';
import type { AppConsumer, AppConsumers, AppKind, AppPull } from '../model/facets/app-consumers.ts';
import { byId, distinctIds, subscriptionOf } from '../model/ids.ts';
import {
  parseContainerApp,
  parseContainerGroup,
  parseEnvironment,
  parseSite,
  parseSiteContainer,
  runsSiteContainers,
} from './app-wires.ts';
import { type Azure, AzureError } from './azure.ts';
import type { SharedCollector } from './collector.ts';
import type { Observe, Permission } from './observe.ts';
import type { Each } from './read.ts';
import { leftOut, notLookedIn } from './scope.ts';

const may = {
  containerApps: 'Microsoft.App/containerApps/read',
  jobs: 'Microsoft.App/jobs/read',
  sites: 'Microsoft.Web/sites/read',
  slots: 'Microsoft.Web/sites/slots/read',
  groups: 'Microsoft.ContainerInstance/containerGroups/read',
  siteContainers: 'Microsoft.Web/sites/sitecontainers/read',
  environments: 'Microsoft.App/managedEnvironments/read',
} as const satisfies Record<string, Permission>;

const webVersion = '2023-12-01';
const appsVersion = '2024-03-01';

/** How each kind is listed in a subscription. Slots are asked of their sites. */
interface Kind {
  readonly kind: AppKind;
  readonly type: string;
  readonly apiVersion: string;
  readonly permissions: readonly Permission[];
  parse(body: unknown): AppConsumer;
}

const kinds: readonly Kind[] = [
  {
    kind: 'container app',
    type: 'Microsoft.App/containerApps',
    apiVersion: appsVersion,
    permissions: [may.containerApps],
    parse: parseContainerApp('container app'),
  },
  {
    kind: 'container app job',
    type: 'Microsoft.App/jobs',
    apiVersion: appsVersion,
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
    const whole = await Promise.all(found.map((one) => withContainers(observe, one)));
    const pulling = whole.filter(({ pulls }) => pulls.length > 0);
    const slots = await Promise.all(
      pulling.filter(({ kind }) => kind === 'web app').map((site) => slotsOf(observe, site)),
    );
    const left = await leftOut(
      azure,
      subscriptions.map(({ id }) => id),
    );
    return {
      apps: [...pulling, ...slots.flatMap(({ apps }) => (apps.state === 'observed' ? apps.value : []))]
        .filter(({ pulls }) => pulls.length > 0)
        .sort(byId),
      searched: [
        ...[...listed, ...slots].map(({ subscription, kind, apps }) => ({
          subscription,
          kind,
          apps: apps.state === 'observed' ? { ...apps, value: apps.value.map(({ id }) => id) } : apps,
        })),
        ...left.flatMap((subscription) =>
          kinds.map(({ kind }) => ({ subscription, kind, apps: notLookedIn(subscription) })),
        ),
      ],
      environments: await environmentsOf(observe, pulling),
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

/** A site that runs site containers, with what they are; any other app as it is. Those of slots are not read. */
async function withContainers(observe: Observe, app: AppConsumer): Promise<AppConsumer> {
  if (app.kind !== 'web app' || !runsSiteContainers(app)) return app;
  const containers = await observe({
    permissions: [may.siteContainers],
    scope: app.id,
    ask: async (azure, each) => each(await azure.list(`${app.id}/sitecontainers`, webVersion), parseSiteContainer),
  });
  return {
    ...app,
    pulls:
      containers.state === 'observed'
        ? [...containers.value, ...(containers.unread ?? []).map(oddContainer)]
        : [{ server: null, login: { by: 'unread', containers } }],
  };
}

const oddContainer = ({ entry, reason }: UnreadEntry): AppPull => ({
  server: null,
  login: { by: 'unread', containers: unreadable(`site container ${entry}: ${reason}`) },
});

/** The environments of each subscription that container apps run in. */
const environmentsOf = (observe: Observe, apps: readonly AppConsumer[]): Promise<AppConsumers['environments']> =>
  Promise.all(
    distinctIds(apps.flatMap(({ environment }) => (environment === null ? [] : [subscriptionOf(environment)])))
      .sort()
      .map(async (subscription) => ({
        subscription,
        found: await observe({
          permissions: [may.environments],
          scope: subscription,
          ask: async (azure, each) =>
            each(
              await azure.list(`${subscription}/providers/Microsoft.App/managedEnvironments`, appsVersion),
              parseEnvironment,
            ),
        }),
      })),
  );
