import * as v from 'valibot';
import type { AppConsumer, AppEnvironment, AppKind, AppLogin, AppPull } from '../model/facets/app-consumers.ts';
import { distinctIds } from '../model/ids.ts';
import { identityWire, managedIdentity } from './managed-identity.ts';
import { armId, flag, listOf, listOrNone, maybe, read, text, told } from './read.ts';

const base = { id: armId, name: text, location: maybe(text), identity: maybe(identityWire) };

type Named = v.InferOutput<v.ObjectSchema<typeof base, undefined>>;

const app = (
  kind: AppKind,
  { id, name, location, identity }: Named,
  pulls: readonly AppPull[],
  place: Partial<Pick<AppConsumer, 'subnets' | 'environment'>> = {},
): AppConsumer => ({
  id,
  name,
  kind,
  location,
  identity: identity && managedIdentity(identity),
  environment: null,
  subnets: [],
  ...place,
  pulls,
});

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

/** Where the login of no registry is told: that of each image's, and that of others which the answer may lack. */
const untoldPulls = (images: readonly string[]): readonly AppPull[] =>
  [...distinctIds(images.map(hostOf)), null].map((server) => ({
    server,
    login: { by: 'untold', why: "Azure's answer has no configuration" },
  }));

const containers = maybe(v.array(v.object({ image: maybe(text) })));
const imagesIn = (list: v.InferOutput<typeof containers>): string[] => (list ?? []).flatMap(({ image }) => image ?? []);

const containerAppWire = v.object({
  ...base,
  properties: v.object({
    // Jobs have the first, apps both, the second being older.
    environmentId: told(text),
    managedEnvironmentId: told(text),
    configuration: maybe(
      v.object({
        // The password itself is in a secret of the app, which no read answers.
        registries: listOrNone(v.object({ server: text, identity: maybe(text), username: maybe(text) })),
      }),
    ),
    template: maybe(v.object({ containers, initContainers: containers })),
  }),
});

export const parseContainerApp =
  (kind: 'container app' | 'container app job') =>
  (body: unknown): AppConsumer => {
    const { properties, ...named } = read(`a ${kind}`, containerAppWire, body);
    const { configuration, template } = properties;
    const images = [...imagesIn(template?.containers ?? null), ...imagesIn(template?.initContainers ?? null)];
    const stated = configuration?.registries.map(
      ({ server, identity, username }): AppPull => ({ server: serverOf(server), login: loginBy(identity, username) }),
    );
    return app(kind, named, stated ? pullsOf(stated, images) : untoldPulls(images), {
      environment: properties.environmentId ?? properties.managedEnvironmentId,
    });
  };

const environmentWire = v.object({
  id: armId,
  properties: v.object({ vnetConfiguration: maybe(v.object({ infrastructureSubnetId: maybe(text) })) }),
});

/** An environment of container apps. */
export function parseEnvironment(body: unknown): AppEnvironment {
  const { id, properties } = read('an environment of container apps', environmentWire, body);
  return { id, subnet: properties.vnetConfiguration?.infrastructureSubnetId || null };
}

const groupWire = v.object({
  ...base,
  properties: v.object({
    containers: listOf(v.object({ properties: v.object({ image: text }) })),
    imageRegistryCredentials: listOrNone(v.object({ server: text, username: maybe(text), identity: maybe(text) })),
    subnetIds: listOrNone(v.object({ id: text })),
  }),
});

/** A container group, and how it logs in for its images. */
export function parseContainerGroup(body: unknown): AppConsumer {
  const { properties, ...named } = read('a container group', groupWire, body);
  const stated = properties.imageRegistryCredentials.map(
    ({ server, username, identity }): AppPull => ({ server: serverOf(server), login: loginBy(identity, username) }),
  );
  const images = properties.containers.map((container) => container.properties.image);
  const subnets = properties.subnetIds.map(({ id }) => id);
  return app('container group', named, pullsOf(stated, images), { subnets });
}

const siteWire = v.object({
  ...base,
  kind: told(text),
  properties: v.object({
    virtualNetworkSubnetId: maybe(text),
    // A site in a subnet pulls its image over the public network unless it is told to do so through the subnet.
    vnetImagePullEnabled: told(flag),
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
export const parseSite =
  (kind: 'web app' | 'web app slot') =>
  (body: unknown): AppConsumer => {
    const { properties, kind: siteKind, ...named } = read(`a ${kind}`, siteWire, body);
    const { virtualNetworkSubnetId: subnet, vnetImagePullEnabled } = properties;
    const subnets = subnet && vnetImagePullEnabled !== false ? [subnet] : [];
    return app(kind, named, sitePulls(siteKind, properties.siteConfig), { subnets });
  };

const siteContainers = 'it runs site containers, which were not read';

/** Whether what a site runs is a list of its own. */
export const runsSiteContainers = ({ pulls }: AppConsumer): boolean =>
  pulls.some(({ login }) => login.by === 'untold' && login.why === siteContainers);

// `passwordSecret` is the name of a setting, and nothing is read of it.
const siteContainerWire = v.object({
  properties: v.object({
    image: maybe(text),
    authType: told(text),
    userName: told(text),
    userManagedIdentityClientId: told(text),
  }),
});

/** One container of a site: whence it is pulled, and how it logs in. */
export function parseSiteContainer(body: unknown): AppPull {
  const { image, authType, userName, userManagedIdentityClientId } = read(
    'a site container',
    siteContainerWire,
    body,
  ).properties;
  const server = image === null ? null : hostOf(image);
  switch (authType?.toLowerCase()) {
    case 'anonymous':
      return { server, login: { by: 'nothing' } };
    case 'usercredentials':
      return { server, login: { by: 'password', userName } };
    case 'systemidentity':
      return { server, login: { by: 'identity', identity: 'system' } };
    case 'userassigned':
      return { server, login: { by: 'identity', identity: userManagedIdentityClientId } };
    default:
      return {
        server,
        login: { by: 'untold', why: `the authType of a site container is ${authType ? `'${authType}'` : 'not told'}` },
      };
  }
}

type SiteConfig = v.InferOutput<typeof siteWire>['properties']['siteConfig'];

function sitePulls(kind: string | null, config: SiteConfig): readonly AppPull[] {
  const stack = [config?.linuxFxVersion, config?.windowsFxVersion].find((version) => version) ?? null;
  const untold = (why: string): readonly AppPull[] => [{ server: null, login: { by: 'untold', why } }];
  if (stack === null) return /container/i.test(kind ?? '') ? untold("Azure's answer does not say what it runs") : [];
  if (/^sitecontainers(\||$)/i.test(stack)) return untold(siteContainers);
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
