import type { Emulator } from '../../src/emulator/index.ts';
import { builtInRoles } from '../../src/facts/access/roles.ts';
import { lastPart } from '../../src/model/ids.ts';

/**
 * What azure-cli asks of Azure Resource Manager for the commands that plans print, without azure-cli: hundreds of plans
 * run in the time in which az loads. The real one runs some of them too (test/az).
 */
export interface Az {
  /** `null` where Azure takes it, else what it answers. */
  readonly run: (words: readonly string[]) => string | null;
}

type Json = Record<string, unknown>;
type Options = ReadonlyMap<string, readonly string[]>;

interface Asked {
  readonly of: (name: string) => string;
  readonly all: (name: string) => readonly string[];
  readonly get: (id: string, version?: string) => Json;
  readonly list: (id: string, version?: string) => readonly Json[];
  readonly put: (id: string, body: Json, version?: string) => void;
  readonly patch: (id: string, body: Json, version?: string) => void;
  readonly drop: (id: string, version?: string) => void;
  readonly post: (id: string, body: Json) => void;
  /** The id of the registry that `--registry`, `--registry-name` or `--name` names. */
  readonly registry: () => string;
}

class Refused extends Error {}

const acr = '2025-06-01-preview';
const network = '2024-05-01';
const dns = '2024-06-01';

const within = ({ of }: Asked, type: string): string =>
  `/subscriptions/${of('--subscription')}/resourceGroups/${of('--resource-group')}/providers/${type}`;
const ofRegistry =
  (change: (asked: Asked) => Json) =>
  (asked: Asked): void =>
    asked.patch(asked.registry(), change(asked));
const policy = (name: string, change: (asked: Asked) => Json) =>
  ofRegistry((asked) => ({ properties: { policies: { [name]: change(asked) } } }));
const status = ({ of }: Asked): Json => ({ status: of('--status') });

const isOn = (value: string): boolean => value.toLowerCase() === 'true';
const settings: Readonly<Record<string, (value: string) => Json>> = {
  '--sku': (name) => ({ sku: { name } }),
  '--admin-enabled': (on) => ({ properties: { adminUserEnabled: isOn(on) } }),
  '--anonymous-pull-enabled': (on) => ({ properties: { anonymousPullEnabled: isOn(on) } }),
  '--public-network-enabled': (on) => ({ properties: { publicNetworkAccess: isOn(on) ? 'Enabled' : 'Disabled' } }),
  '--default-action': (defaultAction) => ({ properties: { networkRuleSet: { defaultAction } } }),
  '--allow-trusted-services': (on) => ({
    properties: { networkRuleBypassOptions: isOn(on) ? 'AzureServices' : 'None' },
  }),
  '--role-assignment-mode': (mode) => ({
    properties: {
      roleAssignmentMode: mode === 'rbac-abac' ? 'AbacRepositoryPermissions' : 'LegacyRegistryPermissions',
    },
  }),
  '--data-endpoint-enabled': (on) => ({ properties: { dataEndpointEnabled: isOn(on) } }),
  '--allow-exports': (on) => ({
    properties: { policies: { exportPolicy: { status: isOn(on) ? 'enabled' : 'disabled' } } },
  }),
};

const propertiesIn = (body: Json): Json => (body['properties'] ?? {}) as Json;
const listIn = (body: Json, key: string): readonly Json[] => (body[key] ?? []) as readonly Json[];

/** `--set a.b=c`, as `az resource update` and `az monitor … update` lay it over what they read. */
function laidOver(body: Json, set: string): Json {
  const at = set.indexOf('=');
  const [path, text] = [set.slice(0, at).split('.'), set.slice(at + 1)];
  const value: unknown = /^(true|false|\[.*\])$/s.test(text) ? JSON.parse(text) : text;
  const put = (from: Json, [key = '', ...rest]: readonly string[]): Json => ({
    ...from,
    [key]: rest.length === 0 ? value : put((from[key] ?? {}) as Json, rest),
  });
  return put(body, path);
}

const rules = (change: (ranges: readonly string[], range: string) => readonly string[]) => (asked: Asked) => {
  const set = (propertiesIn(asked.get(asked.registry()))['networkRuleSet'] ?? { defaultAction: 'Allow' }) as Json;
  const ranges = listIn(set, 'ipRules').map(({ value }) => String(value));
  const ipRules = change(ranges, asked.of('--ip-address')).map((value) => ({ action: 'Allow', value }));
  asked.patch(asked.registry(), { properties: { networkRuleSet: { ...set, ipRules } } });
};

const records = (change: (ips: readonly string[], ip: string) => readonly string[]) => (asked: Asked) => {
  const { of, get, put, drop } = asked;
  const id = `${within(asked, 'Microsoft.Network/privateDnsZones')}/${of('--zone-name')}/A/${of('--record-set-name')}`;
  const before = listIn(propertiesIn(get(id, dns)), 'aRecords').map(({ ipv4Address }) => String(ipv4Address));
  const after = change(before, of('--ipv4-address'));
  if (after.length === 0) drop(id, dns);
  else put(id, { properties: { ttl: 3600, aRecords: after.map((ipv4Address) => ({ ipv4Address })) } }, dns);
};

const zoneGroup = (asked: Asked): void => {
  const endpoint = `${within(asked, 'Microsoft.Network/privateEndpoints')}/${asked.of('--endpoint-name')}`;
  const id = `${endpoint}/privateDnsZoneGroups/${asked.of('--name')}`;
  const before = listIn(propertiesIn(asked.get(id, network)), 'privateDnsZoneConfigs');
  const added = { name: asked.of('--zone-name'), properties: { privateDnsZoneId: asked.of('--private-dns-zone') } };
  asked.put(id, { properties: { privateDnsZoneConfigs: [...before, added] } }, network);
};

const scopeMap = (asked: Asked): void => {
  const id = `${asked.registry()}/scopeMaps/${asked.of('--name')}`;
  const named = ([repository = '', ...operations]: readonly string[]) =>
    operations.map((operation) => `repositories/${repository}/${operation}`);
  const gone = new Set(named(asked.all('--remove-repository')));
  const before = (propertiesIn(asked.get(id))['actions'] ?? []) as readonly string[];
  const actions = [...new Set([...before, ...named(asked.all('--add-repository'))])].filter((one) => !gone.has(one));
  asked.patch(id, { properties: { actions } });
};

const roleOf = (name: string): string => {
  const id = builtInRoles.find((one) => one.name === name)?.id ?? name;
  if (!/^[0-9a-f-]{36}$/.test(id)) throw new Refused(`az knows no role ${name}`);
  return id;
};
let given = 0;

const setting = ({ of }: Asked): string =>
  `${of('--resource')}/providers/Microsoft.Insights/diagnosticSettings/${of('--name')}`;
const lock = ({ of }: Asked): string => `${of('--resource')}/providers/Microsoft.Authorization/locks/${of('--name')}`;
const insights = '2021-05-01-preview';
const authorization = '2022-04-01';

const trigger = (change: (trigger: Json, on: boolean) => Json, option: string) => (asked: Asked) => {
  const id = `${asked.registry()}/tasks/${asked.of('--name')}`;
  const before = (propertiesIn(asked.get(id, '2019-06-01-preview'))['trigger'] ?? {}) as Json;
  asked.patch(id, { properties: { trigger: change(before, isOn(asked.of(option))) } }, '2019-06-01-preview');
};

/** By how the command begins; the longest that fits counts. */
const commands: Readonly<Record<string, (asked: Asked) => void>> = {
  'acr update': (asked) => {
    for (const [option, body] of Object.entries(settings))
      if (asked.all(option).length > 0) asked.patch(asked.registry(), body(asked.of(option)));
  },
  'acr config retention update': policy('retentionPolicy', (asked) => ({
    ...status(asked),
    days: Number(asked.of('--days')),
  })),
  'acr config soft-delete update': policy('softDeletePolicy', (asked) => ({
    ...status(asked),
    retentionDays: Number(asked.of('--days')),
  })),
  'acr config authentication-as-arm update': policy('azureADAuthenticationAsArmPolicy', status),
  'acr config content-trust update': policy('trustPolicy', (asked) => ({ type: 'Notary', ...status(asked) })),
  'acr encryption rotate-key': ofRegistry(({ of }) => ({
    properties: { encryption: { keyVaultProperties: { keyIdentifier: of('--key-encryption-key') } } },
  })),
  'acr network-rule add': rules((ranges, range) => [...ranges, range]),
  'acr network-rule remove': rules((ranges, range) => ranges.filter((one) => one !== range)),
  'acr replication create': (asked) =>
    asked.put(`${asked.registry()}/replications/${asked.of('--location')}`, { location: asked.of('--location') }),
  'acr replication delete': (asked) => asked.drop(`${asked.registry()}/replications/${asked.of('--name')}`),
  'acr webhook update': (asked) =>
    asked.patch(`${asked.registry()}/webhooks/${asked.of('--name')}`, { properties: status(asked) }),
  'acr token credential generate': (asked) =>
    asked.post(`${asked.registry()}/generateCredentials`, {
      tokenId: `${asked.registry()}/tokens/${asked.of('--name')}`,
      name: asked.all('--password1').length > 0 ? 'password1' : 'password2',
      expiry: new Date(Date.parse('2026-11-20T09:00:00Z') + Number(asked.of('--expiration-in-days')) * 86_400_000),
    }),
  'acr token credential delete': (asked) => {
    const id = `${asked.registry()}/tokens/${asked.of('--name')}`;
    const passwords = listIn((propertiesIn(asked.get(id))['credentials'] ?? {}) as Json, 'passwords');
    const left = passwords.filter(({ name }) => asked.all(`--${name}`).length === 0);
    asked.patch(id, { properties: { credentials: { passwords: left } } });
  },
  'acr token update': (asked) =>
    asked.patch(`${asked.registry()}/tokens/${asked.of('--name')}`, { properties: status(asked) }),
  'acr scope-map update': scopeMap,
  'acr scope-map delete': (asked) => asked.drop(`${asked.registry()}/scopeMaps/${asked.of('--name')}`),
  'acr task update': (asked) => {
    const id = `${asked.registry()}/tasks/${asked.of('--name')}`;
    const { properties } = asked.get(id, '2019-06-01-preview') as { properties: Json };
    const step = properties['step'] as Json | undefined;
    // What the real one does, with or without being asked to.
    if (step?.['type'] === 'Docker')
      asked.patch(
        id,
        { properties: { step: { ...step, isPushEnabled: asked.all('--no-push')[0] !== 'true' } } },
        '2019-06-01-preview',
      );
    if (properties['trigger'] === undefined || properties['trigger'] === null) return;
    (asked.all('--pull-request-trigger-enabled').length > 0
      ? trigger((before, on) => {
          const events = (one: Json) => (one['sourceTriggerEvents'] ?? []) as readonly string[];
          const sourceTriggers = listIn(before, 'sourceTriggers').map((one) => {
            const others = events(one).filter((event) => event !== 'pullrequest');
            return { ...one, sourceTriggerEvents: on ? [...others, 'pullrequest'] : others };
          });
          return { ...before, sourceTriggers };
        }, '--pull-request-trigger-enabled')
      : trigger((before, on) => {
          const usual = { name: 'defaultBaseimageTriggerName', baseImageTriggerType: 'Runtime' };
          const own = (before['baseImageTrigger'] ?? {}) as Json;
          return { ...before, baseImageTrigger: { ...usual, ...own, status: on ? 'Enabled' : 'Disabled' } };
        }, '--base-image-trigger-enabled'))(asked);
  },
  'acr private-endpoint-connection approve': (asked) =>
    asked.put(`${asked.registry()}/privateEndpointConnections/${asked.of('--name')}`, {
      properties: { privateLinkServiceConnectionState: { status: 'Approved' } },
    }),
  'acr private-endpoint-connection delete': (asked) =>
    asked.drop(`${asked.registry()}/privateEndpointConnections/${asked.of('--name')}`),
  'resource update': ({ of, all, get, put }) => {
    const version = all('--api-version')[0] ?? acr;
    put(of('--ids'), laidOver(get(of('--ids'), version), of('--set')), version);
  },
  rest: ({ of, patch }) => {
    if (of('--method') !== 'patch') throw new Error(`az rest --method ${of('--method')}`);
    const [id = '', version = ''] = of('--url').split('?api-version=');
    patch(id, JSON.parse(of('--body')), version);
  },
  'resource delete': ({ of, drop }) => drop(of('--ids')),
  'monitor diagnostic-settings create': (asked) => {
    const logs: unknown = JSON.parse(asked.of('--logs'));
    asked.put(setting(asked), { properties: { workspaceId: asked.of('--workspace'), logs } }, insights);
  },
  'monitor diagnostic-settings update': (asked) => {
    const { properties } = asked.get(setting(asked), insights);
    asked.put(setting(asked), { properties: laidOver(properties as Json, asked.of('--set')) }, insights);
  },
  'monitor diagnostic-settings delete': (asked) => asked.drop(setting(asked), insights),
  'lock create': (asked) => asked.put(lock(asked), { properties: { level: asked.of('--lock-type') } }, '2020-05-01'),
  'lock delete': (asked) => asked.drop(lock(asked), '2020-05-01'),
  'role assignment create': ({ of, put }) => {
    given += 1;
    const name = `00000000-0000-0000-0000-0f${String(given).padStart(10, '0')}`;
    put(
      `${of('--scope')}/providers/Microsoft.Authorization/roleAssignments/${name}`,
      {
        properties: {
          roleDefinitionId: `/subscriptions/${of('--scope').split('/')[2]}/providers/Microsoft.Authorization/roleDefinitions/${roleOf(of('--role'))}`,
          principalId: of('--assignee-object-id'),
          principalType: of('--assignee-principal-type'),
        },
      },
      authorization,
    );
  },
  'role assignment delete': ({ all, of, list, drop }) => {
    const [own] = all('--ids');
    if (own !== undefined) return drop(own, authorization);
    for (const one of list(`${of('--scope')}/providers/Microsoft.Authorization/roleAssignments`, authorization)) {
      const { principalId, roleDefinitionId } = propertiesIn(one);
      if (principalId === of('--assignee') && lastPart(String(roleDefinitionId)) === roleOf(of('--role')))
        drop(String(one['id']), authorization);
    }
  },
  'identity federated-credential delete': (asked) =>
    asked.drop(
      `${within(asked, 'Microsoft.ManagedIdentity/userAssignedIdentities')}/${asked.of('--identity-name')}/federatedIdentityCredentials/${asked.of('--name')}`,
    ),
  'network private-dns zone create': (asked) =>
    asked.put(`${within(asked, 'Microsoft.Network/privateDnsZones')}/${asked.of('--name')}`, {}, dns),
  'network private-dns zone delete': (asked) =>
    asked.drop(`${within(asked, 'Microsoft.Network/privateDnsZones')}/${asked.of('--name')}`, dns),
  'network private-dns link vnet create': (asked) =>
    asked.put(
      `${within(asked, 'Microsoft.Network/privateDnsZones')}/${asked.of('--zone-name')}/virtualNetworkLinks/${asked.of('--name')}`,
      { properties: { virtualNetwork: { id: asked.of('--virtual-network') }, registrationEnabled: false } },
      dns,
    ),
  'network private-dns link vnet delete': (asked) =>
    asked.drop(
      `${within(asked, 'Microsoft.Network/privateDnsZones')}/${asked.of('--zone-name')}/virtualNetworkLinks/${asked.of('--name')}`,
      dns,
    ),
  'network private-dns record-set a add-record': records((ips, ip) => [...new Set([...ips, ip])]),
  'network private-dns record-set a remove-record': records((ips, ip) => ips.filter((one) => one !== ip)),
  'network private-endpoint create': (asked) =>
    asked.put(
      `${within(asked, 'Microsoft.Network/privateEndpoints')}/${asked.of('--name')}`,
      {
        location: asked.of('--location'),
        properties: {
          subnet: { id: asked.of('--subnet') },
          privateLinkServiceConnections: [
            {
              name: asked.of('--connection-name'),
              properties: {
                privateLinkServiceId: asked.of('--private-connection-resource-id'),
                groupIds: [asked.of('--group-id')],
              },
            },
          ],
        },
      },
      network,
    ),
  'network private-endpoint delete': (asked) =>
    asked.drop(`${within(asked, 'Microsoft.Network/privateEndpoints')}/${asked.of('--name')}`, network),
  'network private-endpoint dns-zone-group create': zoneGroup,
  'network private-endpoint dns-zone-group add': zoneGroup,
  'security pricing create': (asked) =>
    asked.put(
      `/subscriptions/${asked.of('--subscription')}/providers/Microsoft.Security/pricings/${asked.of('--name')}`,
      {
        properties: {
          pricingTier: asked.of('--tier'),
          extensions: asked
            .all('--extensions')
            .filter((one) => one.startsWith('name='))
            .map((one) => ({ name: one.slice('name='.length), isEnabled: 'True' })),
        },
      },
      '2024-01-01',
    ),
};

function optionsIn(words: readonly string[]): Options {
  const options = new Map<string, string[]>();
  let values: string[] = [];
  for (const word of words)
    if (word.startsWith('--')) {
      values = options.get(word) ?? [];
      if (values.length === 0) values.push('');
      options.set(word, values);
    } else values.push(word);
  // A switch has one empty value; an option with values loses that.
  return new Map([...options].map(([name, all]) => [name, all.length > 1 ? all.slice(1) : all]));
}

/** An az over an emulated tenant that takes writes. */
export function azOver({ answer }: Pick<Emulator, 'answer'>): Az {
  const ask = (method: string, id: string, version: string, body: Json | null): Json | null => {
    const url = new URL(`https://management.azure.com${encodeURI(id)}`);
    url.searchParams.set('api-version', version);
    const { status, body: text } = answer({ method, url, body: body && JSON.stringify(body) });
    if (status === 404 && method === 'GET') return null;
    if (status >= 400) throw new Refused(`${status} ${text}`);
    return text === '' ? {} : (JSON.parse(text) as Json);
  };
  const run = (words: readonly string[]): string | null => {
    const [begins] = Object.keys(commands)
      .filter((one) => words.slice(1).join(' ').startsWith(`${one} `))
      .toSorted((a, b) => b.length - a.length);
    const command = commands[begins ?? ''];
    if (begins === undefined || command === undefined) return `no such command: ${words.join(' ')}`;
    const options = optionsIn(words.slice(1 + begins.split(' ').length));
    const all = (name: string): readonly string[] => options.get(name) ?? [];
    const of = (name: string): string => {
      const [value] = all(name);
      if (value === undefined) throw new Refused(`az misses ${name}`);
      return value;
    };
    const get: Asked['get'] = (id, version = acr) => ask('GET', id, version, null) ?? {};
    const list: Asked['list'] = (id, version = acr) => listIn(get(id, version), 'value');
    const asked: Asked = {
      of,
      all,
      get,
      list,
      put: (id, body, version = acr) => void ask('PUT', id, version, body),
      patch: (id, body, version = acr) => void ask('PATCH', id, version, body),
      drop: (id, version = acr) => void ask('DELETE', id, version, null),
      post: (id, body) => void ask('POST', id, acr, body),
      registry: () => {
        const name = ['--registry', '--registry-name', '--name'].flatMap((one) => all(one))[0] ?? '';
        const found = list(`/subscriptions/${of('--subscription')}/providers/Microsoft.ContainerRegistry/registries`);
        const id = found.map((one) => String(one['id'])).find((one) => lastPart(one) === name);
        if (id === undefined) throw new Refused(`az finds no registry ${name}`);
        return id;
      },
    };
    try {
      command(asked);
      return null;
    } catch (error) {
      if (error instanceof Refused) return error.message;
      throw error;
    }
  };
  return { run };
}
