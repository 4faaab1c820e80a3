import type { Question } from '../emulator/answers.ts';
import { demoTenant } from '../emulator/demo.ts';
import { idKey } from '../model/ids.ts';

/**
 * The Azure Resource Manager of a company with many registries, drawn from the bodies of the demo tenant: what stands
 * around contosoprod stands around each of them, by share. Nothing is held: each answer is made when it is asked for.
 */
export interface Fleet {
  /** The body of a list or of one resource; `null` where there is none. */
  readonly answer: (question: Question) => unknown;
}

type Body = { readonly id: string } & Readonly<Record<string, unknown>>;

const model = '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-registries';
const all = demoTenant().resources as readonly Body[];
const of = (type: string): readonly Body[] =>
  all.filter(({ id }) =>
    idKey(id).startsWith(idKey(`${model}/providers/Microsoft.ContainerRegistry/registries/contosoprod/${type}`)),
  );
const named = (ending: string): readonly Body[] => all.filter(({ id }) => idKey(id).endsWith(idKey(ending)));

/** What a share of the registries has: each so many of ten, or one in so many. */
const has = {
  premium: (index: number) => index % 10 < 6,
  basic: (index: number) => index % 10 === 9,
  replicas: (index: number) => has.premium(index) && index % 2 === 0,
  endpoint: (index: number) => has.premium(index) && index % 10 < 4,
  tokens: (index: number) => index % 3 === 0,
  tasks: (index: number) => index % 4 === 1,
  cacheRules: (index: number) => index % 5 === 2,
  webhooks: (index: number) => index % 8 === 3,
  diagnosticSettings: (index: number) => index % 3 !== 1,
} as const;

const hex = (number: number): string => number.toString(16).padStart(4, '0');

const subscriptionOf = (index: number): string =>
  `/subscriptions/11111111-0000-0000-0000-${String(index).padStart(12, '0')}`;

/** `registries` of them, dealt out to `subscriptions` in turn; a cluster and a pipeline's identity to every ten. */
export function fleet(registries: number, subscriptions: number): Fleet {
  const place = (index: number) => subscriptionOf(index % subscriptions);
  const inSubscription = (subscription: string): readonly number[] => {
    const first = Number(subscription.slice(-12));
    return Array.from(
      { length: Math.max(0, Math.ceil((registries - first) / subscriptions)) },
      (_, turn) => first + turn * subscriptions,
    );
  };
  /** The same body, of another registry in another subscription. */
  const drawn = (body: Body, index: number): Body =>
    JSON.parse(
      JSON.stringify(body)
        .replace(/\/subscriptions\/00000000-0000-0000-0000-00000000000\d/gi, place(index))
        .replace(/contosoprod/gi, `contoso${index}`)
        // Identities, of clusters among them, are shared by ten registries and no more.
        .replace(/(00000000-0000-0000)-0000-(0000000003\d\d)/g, `$1-${hex(Math.floor(index / 10))}-$2`)
        .replaceAll('aks-store', `aks-${Math.floor(index / 10)}`),
    );
  const registry = (index: number): Body => {
    const [body] = named('/registries/contosoprod');
    const { properties, ...rest } = drawn(body as Body, index) as Body & { properties: Record<string, unknown> };
    const name = has.premium(index) ? 'Premium' : has.basic(index) ? 'Basic' : 'Standard';
    const closed = has.endpoint(index) ? {} : { privateEndpointConnections: [], publicNetworkAccess: 'Enabled' };
    return { ...rest, sku: { name, tier: name }, properties: { ...properties, ...closed } };
  };
  const some = (wanted: boolean, type: string, index: number): readonly Body[] =>
    wanted ? of(`${type}/`).map((body) => drawn(body, index)) : [];
  const usages = (index: number) =>
    Object.entries({
      Size: 1_000_000_000,
      Webhooks: some(has.webhooks(index), 'webhooks', index).length,
      ScopeMaps: has.tokens(index) ? 5 : 0,
      Tokens: some(has.tokens(index), 'tokens', index).length,
    }).map(([name, currentValue]) => ({ name, limit: -1, currentValue, unit: 'Count' }));
  const ofRegistry: Readonly<Record<string, (index: number) => readonly unknown[]>> = {
    replications: (index) => some(has.replicas(index), 'replications', index),
    tokens: (index) => some(has.tokens(index), 'tokens', index),
    scopemaps: (index) => some(has.tokens(index), 'scopeMaps', index),
    tasks: (index) => some(has.tasks(index), 'tasks', index),
    runs: (index) => some(has.tasks(index), 'runs', index),
    cacherules: (index) => some(has.cacheRules(index), 'cacheRules', index),
    credentialsets: (index) => some(has.cacheRules(index), 'credentialSets', index),
    webhooks: (index) => some(has.webhooks(index), 'webhooks', index),
    diagnosticsettings: (index) =>
      has.diagnosticSettings(index)
        ? named('contosoprod/providers/microsoft.insights/diagnosticSettings/to-log-analytics').map((body) =>
            drawn(body, index),
          )
        : [],
    listusages: usages,
  };
  const assignment = (index: number, turn: number) => ({
    ...drawn(of('providers/Microsoft.Authorization/roleAssignments')[turn % 3] as Body, index),
    id: `${place(index)}/resourceGroups/rg-registries/providers/Microsoft.ContainerRegistry/registries/contoso${index}/providers/Microsoft.Authorization/roleAssignments/${index}-${turn}`,
  });
  const inSub: Readonly<Record<string, (subscription: string) => readonly unknown[]>> = {
    'microsoft.containerregistry/registries': (one) => inSubscription(one).map(registry),
    'microsoft.authorization/roleassignments': (one) => [
      ...inSubscription(one).flatMap((index) => [0, 1, 2].map((turn) => assignment(index, turn))),
      ...Array.from({ length: 20 }, (_, turn) => ({
        id: `${one}/providers/Microsoft.Authorization/roleAssignments/s${turn}`,
        properties: {
          scope: one,
          principalId: `22222222-0000-0000-0000-${String(turn).padStart(12, '0')}`,
          principalType: 'Group',
          roleDefinitionId: `${one}/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7`,
        },
      })),
    ],
    'microsoft.authorization/roledefinitions': () => all.filter(({ id }) => /roleDefinitions\//.test(id)),
    'microsoft.security/pricings': () =>
      all.filter(({ id }) => /0001\/providers\/Microsoft.Security\/pricings\//i.test(id)),
    'microsoft.containerservice/managedclusters': (one) =>
      inSubscription(one)
        .filter((index) => index % 10 === 0)
        .flatMap((index) => named('/managedClusters/aks-store').map((body) => drawn(body, index))),
    'microsoft.managedidentity/userassignedidentities': (one) =>
      inSubscription(one)
        .filter((index) => index % 10 === 0)
        .flatMap((index) => named('/userAssignedIdentities/id-release').map((body) => drawn(body, index))),
    'microsoft.network/privatednszones': (one) =>
      one === subscriptionOf(0) ? named('/privateDnsZones/privatelink.azurecr.io').map((body) => drawn(body, 0)) : [],
  };

  const ids = Array.from({ length: subscriptions }, (_, index) => subscriptionOf(index));
  const body = (id: string) => ({
    id,
    subscriptionId: id.slice(15),
    displayName: `sub-${Number(id.slice(-12))}`,
    state: 'Enabled',
    tenantId: '33333333-0000-0000-0000-000000000000',
  });
  return {
    answer({ url }) {
      const path = url.pathname.replace(/\/+$/, '');
      if (/^\/providers\/microsoft\.resourcegraph/i.test(path))
        return { totalRecords: 0, count: 0, data: [], resultTruncated: 'false' };
      if (/^\/subscriptions$/i.test(path)) return { value: ids.map(body) };
      const [, subscription = '', rest = ''] = /^(\/subscriptions\/[^/]+)(.*)$/i.exec(path) ?? [];
      if (rest === '') return body(subscription);
      const [, number, leaf] = /\/registries\/contoso(\d+)(?:\/providers\/[^/]+)?(?:\/([a-z]+))?$/i.exec(rest) ?? [];
      if (number !== undefined)
        return leaf === undefined
          ? registry(Number(number))
          : { value: ofRegistry[idKey(leaf)]?.(Number(number)) ?? [] };
      const [, type] = /^\/providers\/([^/]+\/[^/]+)$/i.exec(rest) ?? [];
      if (type !== undefined) return { value: inSub[idKey(type)]?.(subscription) ?? [] };
      const [, of1] = /(?:pe-contoso|contoso)(\d+)/i.exec(rest) ?? [];
      const index = Number(of1 ?? 0);
      const alike = (one: Body) => idKey(drawn(one, index).id) === idKey(path);
      const single = all.find(alike);
      if (single) return drawn(single, index);
      const below = all.filter((one) => idKey(drawn(one, index).id).replace(/\/[^/]+$/, '') === idKey(path));
      return { value: below.map((one) => drawn(one, index)) };
    },
  };
}
