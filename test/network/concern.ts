import type { TenantDocument } from '../../src/emulator/index.ts';
import { idKey, lastPart, sameId, subscriptionOf } from '../../src/model/ids.ts';

type Resource = TenantDocument['resources'][number];

/** A read that the collectors made, by what it is about. */
export interface Read {
  /** Path and query, as they were sent. */
  readonly sent: string;
  /** The resource that was read, or in which a list was read; a subscription. */
  readonly scope: string;
  /** `privateendpoints`, `managedclusters`: of the resource, or of the list. */
  readonly type: string;
}

export function readOf(sent: string): Read {
  const path = idKey(decodeURIComponent(sent.replace(/\?.*/, '')));
  const [before = '', after = ''] = path.split(/\/providers\/(?!.*\/providers\/)/);
  const [, type = '', name] = after.split('/');
  const scope = name === undefined ? before : `${before}/providers/${after.split('/').slice(0, 3).join('/')}`;
  return { sent, scope, type };
}

/** What a registry of a tenant has to do with, told from nothing but the document. */
export function concernOf(document: TenantDocument, registry: string): (read: Read) => boolean {
  const own = idKey(registry);
  const texts = document.resources.map((one) => ({ id: idKey(one.id), text: idKey(JSON.stringify(one)), one }));
  const named = (id: string) => texts.find((one) => one.id === idKey(id));
  const label = idKey(loginServerOf(named(registry)?.one)).split('.')[0] ?? '';
  const ofType = (type: string) => texts.filter(({ id }) => new RegExp(`/${type}/[^/]+$`).test(id));
  const under = (id: string) => texts.filter((one) => one.id.startsWith(`${id}/`));

  const endpoints = ofType('privateendpoints').filter(({ text, id }) => text.includes(`"${own}"`) || connected(id));
  function connected(id: string): boolean {
    return texts.some((one) => one.id.startsWith(own) && one.text.includes(id));
  }
  const roles = ofType('roleassignments').filter(({ text }) =>
    scopesOf(own).some((at) => text.includes(`"scope":"${at}"`)),
  );
  const principals = roles.flatMap(({ text }) => /"principalid":"([^"]+)"/.exec(text)?.[1] ?? []);
  const users = ['managedclusters', 'containerapps', 'sites'].flatMap((type) =>
    ofType(type).filter(
      ({ text }) => principals.some((one) => text.includes(one)) || text.includes(`${label}.azurecr`),
    ),
  );
  const pools = under(own).filter(({ id }) => id.includes('/agentpools/'));
  const networks = ofType('virtualnetworks').filter(({ id }) =>
    [...endpoints, ...users, ...pools].some(({ text }) => text.includes(`${id}/subnets`)),
  );
  const mentions = (id: string, words: readonly string[]): boolean =>
    under(id).some(({ text }) => words.some((word) => text.includes(`"${word}"`)));
  const zones = ofType('privatednszones').filter(
    ({ id }) =>
      under(id).some((one) => lastPart(one.id).startsWith(label)) ||
      endpoints.some((endpoint) => mentions(endpoint.id, [id])) ||
      mentions(
        id,
        networks.map((one) => one.id),
      ),
  );
  const peers = networks.flatMap(({ text }) => ofType('virtualnetworks').filter(({ id }) => text.includes(id)));
  const near = [...networks, ...peers, ...zones, ...endpoints].map(({ id }) => subscriptionOf(id));
  const isOf = (list: readonly { readonly id: string }[], scope: string): boolean =>
    list.some(({ id }) => id === scope || id.startsWith(`${scope}/`));

  return ({ scope, type }) => {
    if (scope === own || scope.startsWith(`${own}/`)) return true;
    switch (type) {
      case 'registries':
        return false;
      case 'privateendpoints':
        return isOf(endpoints, scope) && scope.includes('/providers/');
      case 'networkinterfaces':
        return endpoints.some(({ text }) => text.includes(scope));
      case 'privatednszones':
        return isOf(zones, scope) || (zones.length === 0 && endpoints.length > 0);
      case 'dnsforwardingrulesets':
      case 'dnsresolvers':
        return near.some((one) => sameId(one, subscriptionOf(scope)));
      case 'virtualnetworks':
        return isOf(networks, scope) || (endpoints.length > 0 && users.length === 0 && isOf(peers, scope));
      case 'networkmanagers':
        return isOf(networks, scope);
      case 'managedclusters':
      case 'userassignedidentities':
      case 'containerapps':
      case 'sites':
        return isOf(users, scope) || principals.some((one) => !seenOutside(scope, one));
      default:
        return sameId(subscriptionOf(scope), subscriptionOf(own)) || named(own)?.text.includes(scope) === true;
    }
  };

  /** Whether an identity is that of something in another subscription. */
  function seenOutside(subscription: string, principal: string): boolean {
    return texts.some(
      ({ id, text }) =>
        !id.startsWith(`${subscriptionOf(subscription)}/`) &&
        /managedclusters|userassignedidentities|containerapps|sites/.test(id) &&
        text.includes(principal),
    );
  }
}

/** The scopes at which an assignment says that somebody uses the registry. */
const scopesOf = (registry: string): readonly string[] => [registry, registry.replace(/\/providers\/.*/, '')];

function loginServerOf(registry: Resource | undefined): string {
  const properties = registry?.['properties'];
  return typeof properties === 'object' && properties !== null && 'loginServer' in properties
    ? String(properties.loginServer)
    : '';
}
