import fc from 'fast-check';
import type { Emulator } from '../../src/emulator/emulate.ts';
import { emulate } from '../../src/emulator/index.ts';
import {
  acrPull,
  acrPush,
  app,
  assigned,
  clusterOf,
  drawn,
  endpointsSubnet,
  inside,
  networkOf,
  nightly,
  registry,
  registryNamed,
  setting,
  task,
  vnet,
  workspace,
} from '../az/tenants.ts';
import { type Az, azOver } from './az.ts';

/** A tenant as a draw says it: a registry that was hardened in part, and who pulls from it. */
export interface DrawnTenant {
  readonly sku: 'Basic' | 'Standard' | 'Premium';
  readonly admin: boolean;
  readonly anonymous: boolean;
  readonly access: 'open' | 'listed' | 'nobody listed' | 'closed' | 'exports off';
  readonly kept: 'nothing' | 'retention' | 'soft delete';
  readonly policies: readonly ('trust' | 'quarantine' | 'arm off')[];
  readonly dataEndpoint: boolean;
  readonly replica: 'none' | 'serves' | 'out of routing';
  readonly cacheRule: boolean;
  /** An endpoint in the hub; its zone is linked to the hub and, in part, to the spoke. */
  readonly endpoint: 'none' | 'without a zone' | 'with a zone' | 'linked' | 'linked to the spoke';
  /** A zone of the name that another registry's records stand in, with links. */
  readonly zone: 'none' | 'empty' | 'linked to the spoke';
  readonly peered: boolean;
  readonly neighbour: 'none' | 'open' | 'open beside an endpoint';
  readonly clusters: readonly {
    readonly in: 'hub' | 'spoke';
    readonly role: 'none' | 'pull' | 'push' | 'both';
  }[];
  readonly lock: 'none' | 'registry' | 'group';
  readonly things: readonly ('token' | 'map of nobody' | 'webhook off' | 'purge' | 'app' | 'pull requests')[];
  readonly logged: 'none' | 'half' | 'all';
  readonly defender: 'Free' | 'Standard';
  readonly abac: boolean;
  readonly answers: readonly ('subnet-id' | 'workspace-id' | 'recovery' | 'address-range' | 'region')[];
  readonly recovery: 'retention' | 'soft-delete';
  readonly profile: 'recommended' | 'hardened' | 'regulated';
}

/** A Premium registry that nobody ever hardened, which nobody is known to pull from. */
export const plainTenant: DrawnTenant = {
  sku: 'Premium',
  admin: false,
  anonymous: false,
  access: 'open',
  kept: 'nothing',
  policies: [],
  dataEndpoint: false,
  replica: 'none',
  cacheRule: false,
  endpoint: 'none',
  zone: 'none',
  peered: false,
  neighbour: 'none',
  clusters: [],
  lock: 'none',
  things: [],
  logged: 'all',
  defender: 'Standard',
  abac: false,
  answers: ['subnet-id', 'workspace-id', 'recovery', 'address-range', 'region'],
  recovery: 'retention',
  profile: 'recommended',
};

const mostly = <const T>(usual: T, ...others: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(usual) }, ...others.map((one) => fc.constant(one)));

export const drawnTenant: fc.Arbitrary<DrawnTenant> = fc.record({
  sku: mostly('Premium', 'Standard', 'Basic'),
  admin: fc.boolean(),
  anonymous: mostly(false, true),
  access: mostly('open', 'open', 'listed', 'nobody listed', 'closed', 'exports off'),
  kept: mostly('nothing', 'retention', 'soft delete'),
  policies: fc.subarray(['trust', 'quarantine', 'arm off']),
  dataEndpoint: fc.boolean(),
  replica: mostly('none', 'serves', 'out of routing'),
  cacheRule: mostly(false, true),
  endpoint: fc.constantFrom('none', 'none', 'without a zone', 'with a zone', 'linked', 'linked to the spoke'),
  zone: mostly('none', 'empty', 'linked to the spoke'),
  peered: fc.boolean(),
  neighbour: mostly('none', 'open', 'open beside an endpoint'),
  clusters: fc.array(
    fc.record({ in: fc.constantFrom('hub', 'spoke'), role: fc.constantFrom('none', 'pull', 'push', 'both') }),
    { maxLength: 2 },
  ),
  lock: mostly('none', 'registry', 'group'),
  things: fc.subarray(['token', 'map of nobody', 'webhook off', 'purge', 'app', 'pull requests']),
  logged: fc.constantFrom('none', 'half', 'all'),
  defender: fc.constantFrom('Free', 'Standard'),
  abac: mostly(false, true),
  answers: fc.oneof(
    {
      weight: 3,
      arbitrary: fc.constant(['subnet-id', 'workspace-id', 'recovery', 'address-range', 'region'] as const),
    },
    fc.subarray(['subnet-id', 'workspace-id', 'recovery', 'address-range', 'region'] as const),
  ),
  recovery: fc.constantFrom('retention', 'soft-delete'),
  profile: fc.constantFrom('recommended', 'hardened', 'regulated'),
} satisfies { [K in keyof DrawnTenant]: fc.Arbitrary<DrawnTenant[K]> });

/** The answers to the questions of a plan, as far as they are drawn. */
export const answersOf = ({ answers, recovery }: DrawnTenant): Readonly<Record<string, string>> => {
  const all = {
    'subnet-id': endpointsSubnet,
    'workspace-id': workspace,
    recovery,
    'address-range': '198.51.100.7',
    region: 'northeurope',
  };
  return Object.fromEntries(answers.map((id) => [id, all[id]]));
};

const off = { status: 'disabled' };
const on = { status: 'enabled' };

/** Serves the tenant; what Azure makes by itself (endpoints, records) is made by the emulator. */
export function emulatedTenant(draw: DrawnTenant): { readonly emulator: Emulator; readonly az: Az } {
  const premium = draw.sku === 'Premium';
  const closed = premium && (draw.access === 'closed' || draw.access === 'exports off');
  const soft = draw.kept === 'soft delete' && draw.replica === 'none' && !draw.cacheRule;
  const spoke = networkOf('vnet-spoke', '10.8', draw.peered ? vnet : undefined);
  const has = (thing: DrawnTenant['things'][number]) => draw.things.includes(thing);
  const policy = (name: DrawnTenant['policies'][number]) => draw.policies.includes(name);
  const document = drawn({
    sku: draw.sku,
    defender: draw.defender,
    logged: draw.logged === 'all',
    registry: {
      adminUserEnabled: draw.admin,
      anonymousPullEnabled: draw.anonymous && draw.sku !== 'Basic',
      dataEndpointEnabled: draw.dataEndpoint && premium,
      publicNetworkAccess: closed ? 'Disabled' : 'Enabled',
      roleAssignmentMode: draw.abac ? 'AbacRepositoryPermissions' : 'LegacyRegistryPermissions',
      policies: {
        quarantinePolicy: policy('quarantine') && premium ? on : off,
        trustPolicy: { type: 'Notary', ...(policy('trust') && premium ? on : off) },
        retentionPolicy: { days: 7, ...(draw.kept === 'retention' && premium ? on : off) },
        exportPolicy: closed && draw.access === 'exports off' ? off : on,
        azureADAuthenticationAsArmPolicy: policy('arm off') ? off : on,
        softDeletePolicy: { retentionDays: 7, ...(soft ? on : off) },
      },
      ...(premium
        ? {
            networkRuleSet: {
              defaultAction: draw.access === 'open' || closed ? 'Allow' : 'Deny',
              ipRules: draw.access === 'listed' ? [{ action: 'Allow', value: '20.1.2.3' }] : [],
            },
          }
        : {}),
    },
    beside: [
      spoke,
      ...draw.clusters.flatMap(({ in: where, role }, index) => {
        const own = `00000000-0000-0000-0000-000000000b0${index}`;
        return [
          clusterOf(`aks-${index}`, own, where === 'hub' ? vnet : spoke.id),
          ...(role === 'pull' || role === 'both' ? [assigned(own, acrPull, registry, `b1${index}`)] : []),
          ...(role === 'push' || role === 'both' ? [assigned(own, acrPush, registry, `b2${index}`)] : []),
        ];
      }),
      ...(premium && draw.replica !== 'none'
        ? [
            inside('replications', 'westeurope', { regionEndpointEnabled: true, zoneRedundancy: 'Disabled' }),
            inside(
              'replications',
              'northeurope',
              { regionEndpointEnabled: draw.replica === 'serves', zoneRedundancy: 'Disabled' },
              { location: 'northeurope' },
            ),
          ]
        : []),
      ...(draw.cacheRule
        ? [inside('cacheRules', 'hub', { sourceRepository: 'docker.io/library/*', targetRepository: 'hub/*' })]
        : []),
      ...(has('token')
        ? [
            inside('scopeMaps', 'ci', { type: 'UserDefined', actions: ['repositories/app/content/read'] }),
            inside('tokens', 'ci', {
              status: 'enabled',
              scopeMapId: `${registry}/scopeMaps/ci`,
              credentials: { passwords: [{ name: 'password1', creationTime: '2025-01-01T00:00:00Z' }] },
            }),
          ]
        : []),
      ...(has('map of nobody')
        ? [inside('scopeMaps', 'old', { type: 'UserDefined', actions: ['repositories/old/content/read'] })]
        : []),
      ...(has('webhook off')
        ? [inside('webhooks', 'deploy', { status: 'disabled', scope: '', actions: ['push'] })]
        : []),
      ...(has('purge')
        ? [task('purge', "version: v1.1.0\nsteps:\n  - cmd: acr purge --filter '.*:.*' --ago 30d\n", nightly)]
        : []),
      ...(has('app') ? [app] : []),
      ...(has('pull requests')
        ? [
            task('build', 'version: v1.1.0\nsteps:\n  - build: -t $Registry/app:$ID .\n', {
              sourceTriggers: [
                {
                  name: 'pulls',
                  status: 'Enabled',
                  sourceTriggerEvents: ['commit', 'pullrequest'],
                  sourceRepository: { sourceControlType: 'Github', repositoryUrl: 'https://github.com/contoso/app' },
                },
              ],
            }),
          ]
        : []),
      ...(draw.logged === 'half' ? [setting('half', ['ContainerRegistryLoginEvents'])] : []),
      ...(draw.neighbour === 'none' ? [] : [registryNamed('contosonext')]),
      ...(draw.lock === 'none'
        ? []
        : [lockOn(draw.lock === 'registry' ? registry : (registry.split('/providers/')[0] ?? ''))]),
    ],
    peered: draw.peered ? spoke.id : undefined,
  });
  const emulator = emulate(document, { takesWrites: true });
  const az = azOver(emulator);
  for (const line of historyOf(draw)) {
    const refused = az.run(line.split(' '));
    if (refused !== null) throw new Error(`the tenant is not as drawn: ${line}: ${refused}`);
  }
  return { emulator, az };
}

const lockOn = (scope: string) => ({
  id: `${scope}/providers/Microsoft.Authorization/locks/keep`,
  name: 'keep',
  type: 'Microsoft.Authorization/locks',
  properties: { level: scope === registry ? 'CanNotDelete' : 'ReadOnly' },
});

/** What was done to the tenant before it is looked at. */
function historyOf(draw: DrawnTenant): readonly string[] {
  const at = '--subscription 00000000-0000-0000-0000-000000000001 --resource-group rg-net';
  const zone = `/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-net/providers/Microsoft.Network/privateDnsZones/privatelink.azurecr.io`;
  const hasEndpoint = draw.sku === 'Premium' && draw.endpoint !== 'none';
  const neighbour = draw.neighbour === 'open beside an endpoint';
  const hasZone = draw.zone !== 'none' || (hasEndpoint && draw.endpoint !== 'without a zone') || neighbour;
  const endpoint = (name: string, id: string) =>
    `az network private-endpoint create ${at} --name ${name} --location westeurope --subnet ${endpointsSubnet} --private-connection-resource-id ${id} --group-id registry --connection-name ${name}`;
  const group = (name: string) =>
    `az network private-endpoint dns-zone-group create ${at} --endpoint-name ${name} --name default --private-dns-zone ${zone} --zone-name registry`;
  const link = (network: string) =>
    `az network private-dns link vnet create ${at} --zone-name privatelink.azurecr.io --name ${network.split('/').at(-1)} --virtual-network ${network}`;
  const linked = hasEndpoint && draw.endpoint.startsWith('linked');
  return [
    ...(hasZone ? [`az network private-dns zone create ${at} --name privatelink.azurecr.io`] : []),
    ...(hasEndpoint ? [endpoint('pe-shop', registry)] : []),
    ...(hasEndpoint && draw.endpoint !== 'without a zone' ? [group('pe-shop')] : []),
    ...(neighbour ? [endpoint('pe-next', registry.replace('contososhop', 'contosonext'))] : []),
    ...(linked || neighbour ? [link(vnet)] : []),
    ...((linked && draw.endpoint === 'linked to the spoke') || (hasZone && draw.zone === 'linked to the spoke')
      ? [link(vnet.replace('vnet-shop', 'vnet-spoke'))]
      : []),
  ];
}
