import { describe, expect, test } from 'vitest';
import { refusedPut } from '../../src/commands/constraints.ts';
import { applied, appliedAll, azOf, endsOf, refusalOf, undoOf, verifyOf } from '../../src/commands/table.ts';
import type { Ends } from '../../src/commands/trait.ts';
import type { Command, CommandKind } from '../../src/model/command.ts';
import { observed } from '../../src/model/evidence.ts';
import type { Lock } from '../../src/model/facets/locks.ts';
import type { Task } from '../../src/model/facets/tasks.ts';
import { valueAt } from '../../src/model/pointer.ts';
import type { KnownFacts } from '../../src/model/step.ts';
import { connection, dns, link, members, network, networkId, subscription, zone, zoneId } from '../private-path.ts';
import { assigned, roles } from '../roles.ts';
import { acr, cacheRule, encrypted, registryId, replica } from '../support.ts';
import { mapId, password, scopeMap, token } from '../tokens.ts';

const pull = '7f951dda-4ed3-4680-a7ca-43fe172d538d';
const workload = '00000000-0000-0000-0000-00000000beef';
const key = 'https://vault.vault.azure.net/keys/images';
const endpointId = `${subscription}/resourceGroups/rg-net/providers/Microsoft.Network/privateEndpoints`;
const workspace = `${subscription}/resourceGroups/rg-log/providers/Microsoft.OperationalInsights/workspaces/law`;
const login = 'ContainerRegistryLoginEvents';
const credential = `${subscription}/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/ci/federatedIdentityCredentials/main`;
const pipeline = `${registryId}/exportPipelines/out`;

const lock = (level: string, scope = registryId): Lock => ({ id: `${scope}/locks/l`, name: 'l', scope, level }) as Lock;

const task = {
  name: 'build',
  sources: [{ name: 's', status: 'Enabled', events: ['commit', 'pullrequest'], repository: null, branch: null }],
  baseImage: { name: 'b', type: 'Runtime', status: 'Disabled' },
} as unknown as Task;

const on = { status: 'enabled' } as const;
const off = { status: 'disabled' } as const;

/** A registry of which everything is known, with one of each thing that a command can change. */
const registry = acr({
  roleAssignmentMode: 'LegacyRegistryPermissions',
  adminUserEnabled: true,
  anonymousPullEnabled: true,
  publicNetworkAccess: 'Enabled',
  networkRuleSet: { defaultAction: 'Allow', ipRules: ['20.1.2.3'], virtualNetworkRules: null },
  networkRuleBypassOptions: 'None',
  networkRuleBypassAllowedForTasks: true,
  dataEndpointEnabled: false,
  encryption: { ...encrypted(`${key}/0123`), keyRotationEnabled: false },
  privateEndpointConnections: [],
  policies: {
    quarantine: off,
    trust: on,
    export: on,
    azureAdAuthenticationAsArm: on,
    retention: { ...off, days: 7 },
    softDelete: { ...off, retentionDays: 7 },
  },
});
const facts: KnownFacts = {
  registry,
  replications: [replica('westeurope')],
  cacheRules: [],
  exportPipelines: [{ id: pipeline, name: 'out' }],
  locks: [],
  diagnosticSettings: [
    { id: 's', name: 'half', destinations: [workspace], logs: [{ category: login, group: null, enabled: true }] },
  ],
  webhooks: [
    { id: 'w', name: 'hook', status: 'disabled', scope: null, actions: ['push'], provisioningState: 'Succeeded' },
  ],
  tokens: [
    token('ci', { passwords: [password('password1', null), password('password2', null)], scopeMap: mapId('used') }),
  ],
  scopeMaps: [scopeMap('app', 'repositories/app/content/read'), scopeMap('used')],
  roleAssignments: roles([
    assigned(pull, { principalId: 'other', id: `${registryId}/providers/Microsoft.Authorization/roleAssignments/a1` }),
  ]),
  federatedCredentials: {
    identities: [
      {
        id: 'ci',
        name: 'ci',
        principalId: 'p',
        credentials: observed([
          { id: credential, name: 'main', issuer: null, subject: null, expression: null, audiences: [] },
        ]),
      },
    ],
    searched: [],
  },
  privateDns: dns(zone({ contoso: '10.1.0.4' })),
  networks: [network('vnet-a')],
  privateEndpoints: [
    connection({ name: 'pe-a' }),
    connection(
      { name: 'pe-b', members: observed(members(['westeurope'], '10.2.0')), zoneGroups: observed([]) },
      { status: 'Pending' },
    ),
  ],
  tasks: [task],
  defenderPlans: [
    {
      name: 'Containers',
      tier: 'Standard',
      extensions: [{ name: 'Discovery', enabled: true, outcome: null }],
      coverage: null,
    },
  ],
};

interface Row<K extends CommandKind> {
  readonly command: Extract<Command, { readonly kind: K }> | Command;
  readonly prints: string;
  /** Where the facts change, and what they say afterwards. */
  readonly changes: readonly [string, unknown];
  /** Whether it gives the facts back, or what it says that it cannot. */
  readonly undo: 'given back' | RegExp;
  /** The command that looks, and what it prints once the step is done. */
  readonly verify: readonly [RegExp, string] | null;
  readonly ends: Ends | null;
  /** Facts in which Azure refuses it, and why; `null`: not even there. */
  readonly refused: readonly [KnownFacts, RegExp | null];
}

const basic = { registry: { ...registry, sku: 'Basic' } } as const;
const readOnly = [
  { locks: [lock('ReadOnly', subscription)] },
  /'write' operation|cannot perform write operation/,
] as const;
const locked = [
  { locks: [lock('CanNotDelete')] },
  /cannot perform delete operation .* locked: '.*registries\/contoso'/,
] as const;
const elsewhere = (id: string) => [{ locks: [lock('CanNotDelete', id)] }, /cannot perform delete operation/] as const;

const named = '--name <registry> --resource-group <group> --subscription <subscription>';
const at = '--registry <registry> --subscription <subscription>';
const inGroup = '--registry <registry> --resource-group <group> --subscription <subscription>';
const netFlags = '--subscription 00000000-0000-0000-0000-000000000001 --resource-group rg-net';
const zoneFlags = `${netFlags} --zone-name privatelink.azurecr.io`;

const rows: { readonly [K in CommandKind]: Row<K> } = {
  'acr.update': {
    command: { kind: 'acr.update', set: { publicNetworkEnabled: false } },
    prints: `az acr update ${named} --public-network-enabled false`,
    changes: ['registry/publicNetworkAccess', 'Disabled'],
    undo: 'given back',
    verify: [/--query publicNetworkAccess --output tsv/, 'Disabled'],
    ends: 'way',
    refused: [basic, /disabling public access needs Premium/],
  },
  'acr.retention': {
    command: { kind: 'acr.retention', status: 'enabled', days: 30 },
    prints: `az acr config retention update ${at} --type UntaggedManifests --status enabled --days 30`,
    changes: ['registry/policies/retention', { status: 'enabled', days: 30 }],
    undo: 'given back',
    verify: [/retention show/, 'enabled 30'],
    ends: 'thing',
    refused: [
      { registry: { ...registry, policies: { ...registry.policies, softDelete: { ...on, retentionDays: 7 } } } },
      /retention and soft delete cannot both be enabled/,
    ],
  },
  'acr.softDelete': {
    command: { kind: 'acr.softDelete', status: 'enabled', days: 14 },
    prints: `az acr config soft-delete update ${at} --status enabled --days 14 --yes`,
    changes: ['registry/policies/softDelete', { status: 'enabled', retentionDays: 14 }],
    undo: 'given back',
    verify: [/soft-delete show/, 'enabled 14'],
    ends: null,
    refused: [{ cacheRules: [cacheRule('hub')] }, /soft delete is not supported because it has 1 artifact cache rule/],
  },
  'acr.armAudience': {
    command: { kind: 'acr.armAudience', status: 'disabled' },
    prints: `az acr config authentication-as-arm update ${at} --status disabled`,
    changes: ['registry/policies/azureAdAuthenticationAsArm/status', 'disabled'],
    undo: 'given back',
    verify: [/authentication-as-arm show/, 'disabled'],
    ends: 'right',
    refused: readOnly,
  },
  'acr.contentTrust': {
    command: { kind: 'acr.contentTrust', status: 'disabled' },
    prints: `az acr config content-trust update ${at} --status disabled`,
    changes: ['registry/policies/trust/status', 'disabled'],
    undo: /no longer enables content trust/,
    verify: [/content-trust show/, 'disabled'],
    ends: 'thing',
    refused: readOnly,
  },
  'acr.quarantine': {
    command: { kind: 'acr.quarantine', status: 'enabled' },
    prints: `az rest --method patch --url "<registry-id>?api-version=2025-06-01-preview" --body '{"properties":{"policies":{"quarantinePolicy":{"status":"enabled"}}}}'`,
    changes: ['registry/policies/quarantine/status', 'enabled'],
    undo: 'given back',
    verify: [/quarantinePolicy/, 'enabled'],
    ends: 'right',
    refused: readOnly,
  },
  'acr.tasksBypass': {
    command: { kind: 'acr.tasksBypass', allowed: false },
    prints: `az rest --method patch --url "<registry-id>?api-version=2025-06-01-preview" --body '{"properties":{"networkRuleBypassAllowedForTasks":false}}'`,
    changes: ['registry/networkRuleBypassAllowedForTasks', false],
    undo: 'given back',
    verify: [/networkRuleBypassAllowedForTasks/, 'false'],
    ends: 'way',
    refused: readOnly,
  },
  'acr.encryptionKey': {
    command: { kind: 'acr.encryptionKey', key },
    prints: `az acr encryption rotate-key ${named} --key-encryption-key ${key}`,
    changes: ['registry/encryption/keyRotationEnabled', true],
    undo: 'given back',
    verify: [/acr encryption show/, key],
    ends: null,
    refused: [{ registry: { ...registry, encryption: null } }, /only be given when a registry is created/],
  },
  'acr.roleMode': {
    command: { kind: 'acr.roleMode', mode: 'AbacRepositoryPermissions' },
    prints: `az acr update ${named} --role-assignment-mode rbac-abac`,
    changes: ['registry/roleAssignmentMode', 'AbacRepositoryPermissions'],
    undo: 'given back',
    verify: [/--query roleAssignmentMode --output tsv/, 'AbacRepositoryPermissions'],
    ends: 'right',
    refused: [
      { roleAssignments: roles([assigned(pull, { principalId: 'other' })]), tasks: [] },
      /service principal other could no longer pull/,
    ],
  },
  'acr.ipRule.add': {
    command: { kind: 'acr.ipRule.add', range: '40.1.0.0/24' },
    prints: `az acr network-rule add ${named} --ip-address 40.1.0.0/24`,
    changes: ['registry/networkRuleSet/ipRules', ['20.1.2.3', '40.1.0.0/24']],
    undo: 'given back',
    verify: [/network-rule list/, '1'],
    ends: null,
    refused: [{ registry: { ...registry, sku: 'Basic', networkRuleSet: null } }, /network rules need Premium/],
  },
  'acr.ipRule.remove': {
    command: { kind: 'acr.ipRule.remove', range: '20.1.2.3' },
    prints: `az acr network-rule remove ${named} --ip-address 20.1.2.3`,
    changes: ['registry/networkRuleSet/ipRules', []],
    undo: 'given back',
    verify: [/network-rule list/, '0'],
    ends: 'way',
    refused: readOnly,
  },
  'replica.create': {
    command: { kind: 'replica.create', location: 'northeurope' },
    prints: `az acr replication create ${inGroup} --location northeurope`,
    changes: ['replications/1/location', 'northeurope'],
    undo: 'given back',
    verify: [/replication show --name northeurope/, 'Succeeded'],
    ends: null,
    refused: [
      { privateEndpoints: [connection({ staticAddresses: true })] },
      /pe-a has static addresses, and none for a new region/,
    ],
  },
  'replica.delete': {
    command: { kind: 'replica.delete', replica: 'westeurope' },
    prints: `az acr replication delete --name westeurope ${inGroup}`,
    changes: ['replications', []],
    undo: /copies everything again/,
    verify: [/replication list/, '0'],
    ends: 'way',
    refused: [
      { replications: [replica('westeurope'), replica('northeurope')] },
      /the replication of the home region cannot be deleted/,
    ],
  },
  'replica.route': {
    command: { kind: 'replica.route', replica: 'westeurope', enabled: false },
    prints:
      'az resource update --ids <registry-id>/replications/westeurope --set properties.regionEndpointEnabled=false',
    changes: ['replications/0/regionEndpointEnabled', false],
    undo: 'given back',
    verify: [/regionEndpointEnabled/, 'false'],
    ends: 'way',
    refused: readOnly,
  },
  'diagnostics.create': {
    command: { kind: 'diagnostics.create', setting: 'all', workspace: 'law-2', categories: [login] },
    prints: `az monitor diagnostic-settings create --name all --resource <registry-id> --workspace law-2 --logs '[{"category":"${login}","enabled":true}]'`,
    changes: ['diagnosticSettings/1/destinations', ['law-2']],
    undo: 'given back',
    verify: [/diagnostic-settings list/, '1'],
    ends: null,
    refused: [
      {
        diagnosticSettings: [
          { id: 's', name: 'half', destinations: ['LAW-2'], logs: [{ category: login, group: null, enabled: true }] },
        ],
      },
      /already used in diagnostic setting 'half' for category 'ContainerRegistryLoginEvents'/,
    ],
  },
  'diagnostics.update': {
    command: { kind: 'diagnostics.update', setting: 'half', logs: [{ category: login, group: null, enabled: false }] },
    prints: `az monitor diagnostic-settings update --name half --resource <registry-id> --set 'logs=[{"category":"${login}","enabled":false}]'`,
    changes: ['diagnosticSettings/0/logs/0/enabled', false],
    undo: 'given back',
    verify: [/diagnostic-settings show/, '0'],
    ends: null,
    refused: readOnly,
  },
  'diagnostics.delete': {
    command: { kind: 'diagnostics.delete', setting: 'half' },
    prints: 'az monitor diagnostic-settings delete --name half --resource <registry-id>',
    changes: ['diagnosticSettings', []],
    undo: /Create the setting again/,
    verify: [/diagnostic-settings list/, '0'],
    ends: 'thing',
    refused: locked,
  },
  'lock.create': {
    command: { kind: 'lock.create', name: 'keep' },
    prints:
      'az lock create --name keep --lock-type CanNotDelete --subscription <subscription> --resource <registry-id>',
    changes: ['locks/0/level', 'CanNotDelete'],
    undo: 'given back',
    verify: [/lock show/, 'CanNotDelete'],
    ends: null,
    refused: readOnly,
  },
  'lock.delete': {
    command: { kind: 'lock.delete', name: 'keep' },
    prints: 'az lock delete --name keep --subscription <subscription> --resource <registry-id>',
    changes: ['locks', []],
    undo: /not known/,
    verify: [/lock list/, '0'],
    ends: 'thing',
    refused: [{ locks: [lock('ReadOnly')] }, null],
  },
  'webhook.status': {
    command: { kind: 'webhook.status', webhook: 'hook', status: 'enabled' },
    prints: `az acr webhook update --name hook ${inGroup} --status enabled`,
    changes: ['webhooks/0/status', 'enabled'],
    undo: 'given back',
    verify: [/webhook show/, 'enabled'],
    ends: null,
    refused: readOnly,
  },
  'exportPipeline.delete': {
    command: { kind: 'exportPipeline.delete', id: pipeline },
    prints: `az resource delete --ids ${pipeline}`,
    changes: ['exportPipelines', []],
    undo: /Make the pipeline again/,
    verify: [/resource list/, '0'],
    ends: 'thing',
    refused: locked,
  },
  'token.password.generate': {
    command: {
      kind: 'token.password.generate',
      token: 'ci',
      password: 'password1',
      days: 30,
      now: '2026-11-23T02:00:00.000Z',
    },
    prints: `az acr token credential generate --name ci ${at} --password1 --expiration-in-days 30`,
    changes: ['tokens/0/passwords/0/expiry', '2026-12-23T02:00:00.000Z'],
    undo: /gone at once/,
    verify: null,
    ends: 'right',
    refused: readOnly,
  },
  'token.password.delete': {
    command: { kind: 'token.password.delete', token: 'ci', password: 'password2', now: '2026-11-23T02:00:00.000Z' },
    prints: `az acr token credential delete --name ci ${at} --password2`,
    changes: ['tokens/0/passwords', [password('password1', null)]],
    undo: /gone/,
    verify: [/token show/, '0'],
    ends: 'right',
    refused: readOnly,
  },
  'token.status': {
    command: { kind: 'token.status', token: 'ci', status: 'disabled' },
    prints: `az acr token update --name ci ${at} --status disabled`,
    changes: ['tokens/0/status', 'disabled'],
    undo: 'given back',
    verify: [/token show/, 'disabled'],
    ends: 'right',
    refused: readOnly,
  },
  'scopeMap.allow': {
    command: { kind: 'scopeMap.allow', map: 'app', repository: 'app', operations: ['content/read', 'content/write'] },
    prints: `az acr scope-map update --name app ${at} --add-repository app content/read content/write`,
    changes: ['scopeMaps/0/actions', ['repositories/app/content/read', 'repositories/app/content/write']],
    undo: 'given back',
    verify: [/scope-map show/, 'true'],
    ends: null,
    refused: readOnly,
  },
  'scopeMap.deny': {
    command: { kind: 'scopeMap.deny', map: 'app', repository: 'app', operations: ['content/read'] },
    prints: `az acr scope-map update --name app ${at} --remove-repository app content/read`,
    changes: ['scopeMaps/0/actions', []],
    undo: 'given back',
    verify: [/scope-map show/, 'false'],
    ends: 'right',
    refused: readOnly,
  },
  'scopeMap.delete': {
    command: { kind: 'scopeMap.delete', map: 'app' },
    prints: `az acr scope-map delete --name app ${at} --yes`,
    changes: ['scopeMaps', [scopeMap('used')]],
    undo: /Create the map again/,
    verify: [/scope-map list/, '0'],
    ends: 'thing',
    refused: [{ tokens: [token('cd', { scopeMap: mapId('App') })] }, /a token still uses the scope map app/],
  },
  'role.assign': {
    command: { kind: 'role.assign', principal: workload, role: pull, scope: '<registry-id>' },
    prints: `az role assignment create --assignee-object-id ${workload} --assignee-principal-type ServicePrincipal --role AcrPull --scope <registry-id>`,
    changes: ['roleAssignments/assignments/1/principalId', workload],
    undo: 'given back',
    verify: [/role assignment list/, '1'],
    ends: null,
    refused: [
      { roleAssignments: roles([assigned(pull, { principalId: workload, scope: registryId })]) },
      /already exists/,
    ],
  },
  'role.revoke': {
    command: { kind: 'role.revoke', principal: 'other', role: pull, scope: assigned(pull).scope },
    prints: `az role assignment delete --assignee other --role AcrPull --scope ${assigned(pull).scope}`,
    changes: ['roleAssignments/assignments', []],
    undo: 'given back',
    verify: [/role assignment list/, '0'],
    ends: 'right',
    refused: elsewhere(assigned(pull).scope),
  },
  'role.unassign': {
    command: {
      kind: 'role.unassign',
      assignment: `${registryId}/providers/Microsoft.Authorization/roleAssignments/a1`,
    },
    prints: `az role assignment delete --ids ${registryId}/providers/Microsoft.Authorization/roleAssignments/a1`,
    changes: ['roleAssignments/assignments', []],
    undo: 'given back',
    verify: [/role assignment list/, '0'],
    ends: 'right',
    refused: locked,
  },
  'federatedCredential.delete': {
    command: { kind: 'federatedCredential.delete', id: credential },
    prints:
      'az identity federated-credential delete --identity-name ci --resource-group rg --subscription 00000000-0000-0000-0000-000000000001 --name main --yes',
    changes: ['federatedCredentials/identities/0/credentials/value', []],
    undo: /Create the credential again/,
    verify: [/federated-credential list/, '0'],
    ends: 'right',
    refused: elsewhere(`${subscription}/resourceGroups/rg`),
  },
  'dns.zone.create': {
    command: { kind: 'dns.zone.create', zone: zoneId('privatelink.azurecr.io', 'rg-new') },
    prints:
      'az network private-dns zone create --subscription 00000000-0000-0000-0000-000000000001 --resource-group rg-new --name privatelink.azurecr.io',
    changes: ['privateDns/zones/1/name', 'privatelink.azurecr.io'],
    undo: 'given back',
    verify: [/zone list/, '1'],
    ends: null,
    refused: readOnly,
  },
  'dns.zone.delete': {
    command: { kind: 'dns.zone.delete', zone: zoneId() },
    prints: `az network private-dns zone delete ${netFlags} --name privatelink.azurecr.io --yes`,
    changes: ['privateDns/zones', []],
    undo: /records of the zone are gone/,
    verify: [/zone list/, '0'],
    ends: 'way',
    refused: [{}, /nested resources exist/],
  },
  'dns.link.create': {
    command: { kind: 'dns.link.create', zone: zoneId(), network: networkId('vnet-b'), name: 'vnet-b' },
    prints: `az network private-dns link vnet create ${zoneFlags} --name vnet-b --virtual-network ${networkId('vnet-b')} --registration-enabled false`,
    changes: ['privateDns/zones/0/links/value/1/network', networkId('vnet-b')],
    undo: 'given back',
    verify: [/link vnet show/, 'Completed'],
    ends: null,
    refused: [
      { privateDns: dns(zone({}, { links: [link('other', { name: 'VNET-B' })] })) },
      /has a link vnet-b already/,
    ],
  },
  'dns.link.delete': {
    command: { kind: 'dns.link.delete', zone: zoneId(), name: 'vnet-a' },
    prints: `az network private-dns link vnet delete ${zoneFlags} --name vnet-a --yes`,
    changes: ['privateDns/zones/0/links/value', []],
    undo: 'given back',
    verify: [/link vnet list/, '0'],
    ends: 'way',
    refused: elsewhere(zoneId()),
  },
  'dns.link.resolve': {
    command: { kind: 'dns.link.resolve', zone: zoneId(), name: 'vnet-a', policy: 'NxDomainRedirect' },
    prints: `az resource update --ids ${zoneId()}/virtualNetworkLinks/vnet-a --api-version 2024-06-01 --set properties.resolutionPolicy=NxDomainRedirect`,
    changes: ['privateDns/zones/0/links/value/0/resolutionPolicy', 'NxDomainRedirect'],
    undo: 'given back',
    verify: [/resolutionPolicy/, 'NxDomainRedirect'],
    ends: null,
    refused: readOnly,
  },
  'dns.record.add': {
    command: { kind: 'dns.record.add', zone: zoneId(), record: 'contoso.eastus.data', ip: '10.1.0.9' },
    prints: `az network private-dns record-set a add-record ${zoneFlags} --record-set-name contoso.eastus.data --ipv4-address 10.1.0.9`,
    changes: ['privateDns/zones/0/records/value/1', { name: 'contoso.eastus.data', ips: ['10.1.0.9'] }],
    undo: 'given back',
    verify: [/record-set a list/, '1'],
    ends: null,
    refused: readOnly,
  },
  'dns.record.remove': {
    command: { kind: 'dns.record.remove', zone: zoneId(), record: 'contoso', ip: '10.1.0.4' },
    prints: `az network private-dns record-set a remove-record ${zoneFlags} --record-set-name contoso --ipv4-address 10.1.0.4`,
    changes: ['privateDns/zones/0/records/value', []],
    undo: 'given back',
    verify: [/record-set a list/, '0'],
    ends: 'way',
    refused: readOnly,
  },
  'endpoint.create': {
    command: {
      kind: 'endpoint.create',
      endpoint: `${endpointId}/contoso-pe`,
      location: 'westeurope',
      subnet: `${networkId('vnet-a')}/subnets/endpoints`,
      suffix: 'azurecr.io',
    },
    prints: `az network private-endpoint create ${netFlags} --name contoso-pe --location westeurope --subnet ${networkId('vnet-a')}/subnets/endpoints --private-connection-resource-id <registry-id> --group-id registry --connection-name <registry>`,
    changes: ['registry/privateEndpointConnections/0/status', 'Approved'],
    undo: 'given back',
    verify: [/private-endpoint show/, 'Approved'],
    ends: null,
    refused: [
      { networks: [{ id: networkId('vnet-a'), network: observed({ ...seen('vnet-a'), location: 'eastus' }) }] },
      /the endpoint is in westeurope, its network in eastus/,
    ],
  },
  'endpoint.delete': {
    command: { kind: 'endpoint.delete', endpoint: `${endpointId}/pe-a` },
    prints: `az network private-endpoint delete ${netFlags} --name pe-a`,
    changes: ['privateEndpoints/0/name', 'pe-b'],
    undo: /other addresses/,
    verify: [/private-endpoint list/, '0'],
    ends: 'way',
    refused: elsewhere(`${subscription}/resourceGroups/rg-net`),
  },
  'endpoint.zoneGroup.create': {
    command: { kind: 'endpoint.zoneGroup.create', endpoint: `${endpointId}/pe-b`, group: 'default', zone: zoneId() },
    prints: `az network private-endpoint dns-zone-group create ${netFlags} --endpoint-name pe-b --name default --private-dns-zone ${zoneId()} --zone-name registry`,
    changes: ['privateDns/zones/0/records/value/0', { name: 'contoso', ips: ['10.2.0.4'] }],
    undo: /wrote over/,
    verify: [/dns-zone-group list/, '1'],
    ends: null,
    refused: readOnly,
  },
  'endpoint.zoneGroup.add': {
    command: { kind: 'endpoint.zoneGroup.add', endpoint: `${endpointId}/pe-b`, group: 'default', zone: zoneId() },
    prints: `az network private-endpoint dns-zone-group add ${netFlags} --endpoint-name pe-b --name default --private-dns-zone ${zoneId()} --zone-name registry`,
    changes: ['privateDns/zones/0/records/value/1', { name: 'contoso.westeurope.data', ips: ['10.2.0.5'] }],
    undo: /wrote over/,
    verify: [/dns-zone-group list/, '1'],
    ends: null,
    refused: readOnly,
  },
  'connection.approve': {
    command: { kind: 'connection.approve', name: 'pe-b' },
    prints:
      'az acr private-endpoint-connection approve --registry-name <registry> --subscription <subscription> --name pe-b',
    changes: ['privateEndpoints/1/status', 'Approved'],
    undo: /does not wait for approval again/,
    verify: [/private-endpoint-connection show/, 'Approved'],
    ends: null,
    refused: [
      { privateEndpoints: [connection({ name: 'pe-b' }, { status: 'Rejected' })] },
      /Could not update Private Endpoint connection status from 'Rejected' to 'Approved'/,
    ],
  },
  'connection.delete': {
    command: { kind: 'connection.delete', name: 'pe-b' },
    prints:
      'az acr private-endpoint-connection delete --registry-name <registry> --subscription <subscription> --name pe-b',
    changes: ['privateEndpoints', [connection({ name: 'pe-a' })]],
    undo: /made again/,
    verify: [/private-endpoint-connection list/, '0'],
    ends: 'way',
    refused: locked,
  },
  'task.pullRequests': {
    command: { kind: 'task.pullRequests', task: 'build', enabled: false },
    prints:
      'az acr task update --registry <registry> --name build --subscription <subscription> --pull-request-trigger-enabled false',
    changes: ['tasks/0/sources/0/events', ['commit']],
    undo: 'given back',
    verify: [/task show/, 'false'],
    ends: 'thing',
    refused: readOnly,
  },
  'task.baseImages': {
    command: { kind: 'task.baseImages', task: 'build', enabled: true },
    prints:
      'az acr task update --registry <registry> --name build --subscription <subscription> --base-image-trigger-enabled true',
    changes: ['tasks/0/baseImage/status', 'Enabled'],
    undo: 'given back',
    verify: [/task show/, 'Enabled'],
    ends: null,
    refused: readOnly,
  },
  'defender.plan': {
    command: { kind: 'defender.plan', plan: 'Containers', extensions: ['Discovery', 'Scan'] },
    prints:
      'az security pricing create --subscription <subscription> --name Containers --tier Standard --extensions name=Discovery isEnabled=True --extensions name=Scan isEnabled=True',
    changes: ['defenderPlans/0/extensions/1/name', 'Scan'],
    undo: 'given back',
    verify: [/az rest .*pricings\/Containers\?api-version=.*isEnabled==/, 'Standard 2'],
    ends: null,
    // A lock of the subscription does not reach its plans in what we know.
    refused: [basic, null],
  },
};

function seen(name: string) {
  const found = network(name).network;
  if (found.state !== 'observed') throw new Error('the fixture has the network');
  return found.value;
}

/** Azure names a new assignment; everything else of it is as it was. */
const unnamed = (known: KnownFacts): KnownFacts => ({
  ...known,
  ...(known.roleAssignments && {
    roleAssignments: {
      ...known.roleAssignments,
      assignments: known.roleAssignments.assignments.map((one) => ({ ...one, id: '' })),
    },
  }),
});

describe.each(Object.entries(rows))(
  '%s',
  (_, { command, prints, changes: [where, after], undo, verify, ends, refused }) => {
    test('prints', () => expect(azOf(command)).toBe(prints));

    test('changes what it names', () => {
      expect(valueAt(withLock(facts, command), where)).not.toEqual(after);
      expect(valueAt(applied(command, withLock(facts, command)), where)).toEqual(after);
    });

    test('is undone, or says why not', () => {
      const undoing = undoOf(command, facts);
      if (undo !== 'given back') {
        expect(undoing).toMatchObject({ cannot: expect.stringMatching(undo) });
        return;
      }
      if ('cannot' in undoing) throw new Error(undoing.cannot);
      expect(undoing).not.toEqual([]);
      expect(unnamed(appliedAll(undoing, applied(command, facts)))).toEqual(unnamed(facts));
    });

    test('is verified by a command that only looks', () => {
      const found = verifyOf(command);
      if (verify === null) {
        expect(found).toBeNull();
        return;
      }
      expect(found?.az).toMatch(verify[0]);
      expect(found?.az).toMatch(/^az (?:(?:[a-z-]+ )+?(?:show|list)|rest --method get) .*--output tsv$/);
      expect(found?.prints).toBe(verify[1]);
    });

    test('says what it ends', () => expect(endsOf(command)).toBe(ends));

    test('is refused where Azure refuses it', () => {
      const [changed, why] = refused;
      const refusal = refusalOf(command, { ...facts, ...changed });
      if (why === null) expect(refusal).toBeNull();
      else expect(refusal?.refused ?? '').toMatch(why);
    });
  },
);

/** What takes a lock away has one to take away. */
const withLock = (known: KnownFacts, { kind }: Command): KnownFacts =>
  kind === 'lock.delete' ? { ...known, locks: [{ ...lock('CanNotDelete'), name: 'keep' }] } : known;

describe('Azure refuses', () => {
  const withPolicy = (
    policies: Partial<typeof registry.policies>,
    said: Partial<typeof registry> = {},
  ): KnownFacts => ({
    registry: { ...registry, ...said, policies: { ...registry.policies, ...policies } },
  });
  const update = (set: Extract<Command, { kind: 'acr.update' }>['set']): Command => ({ kind: 'acr.update', set });

  test.each<[string, KnownFacts, Command, RegExp]>([
    [
      'public access while exports are off',
      withPolicy({ export: off }, { publicNetworkAccess: 'Disabled' }),
      update({ publicNetworkEnabled: true }),
      /while exports are disabled/,
    ],
    [
      'exports off while the registry is public',
      withPolicy({}),
      update({ allowExports: false }),
      /while public network access is disabled/,
    ],
    [
      'exports off beside a pipeline',
      { ...facts, ...withPolicy({}, { publicNetworkAccess: 'Disabled' }) },
      update({ allowExports: false }),
      /no export pipeline/,
    ],
    [
      'soft delete beside a replica',
      { ...withPolicy({}), replications: [replica('westeurope'), replica('eastus')] },
      { kind: 'acr.softDelete', status: 'enabled', days: 7 },
      /replicated to eastus/,
    ],
    [
      'a replica beside soft delete',
      { ...withPolicy({ softDelete: { ...on, retentionDays: 7 } }), replications: [] },
      { kind: 'replica.create', location: 'eastus' },
      /soft delete is not supported/,
    ],
    [
      'data endpoints below Premium',
      withPolicy({}, { sku: 'Standard' }),
      update({ dataEndpointEnabled: true }),
      /need Premium/,
    ],
    [
      'an endpoint outside of the subscription of its network',
      facts,
      {
        kind: 'endpoint.create',
        endpoint: `${endpointId}/x`,
        location: 'westeurope',
        subnet: '/subscriptions/other/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/s',
        suffix: 'azurecr.io',
      },
      /not in the subscription of its network/,
    ],
    [
      'content trust, new',
      { registry: acr({ policies: { ...registry.policies, trust: { status: 'disabled' } } }) },
      { kind: 'acr.contentTrust', status: 'enabled' },
      /no longer be enabled/,
    ],
  ])('%s', (_, known, command, why) => {
    expect(refusalOf(command, known)?.refused ?? '').toMatch(why);
  });

  test('a whole PUT at a version that does not know soft delete, while that is on', () => {
    const state = withPolicy({ softDelete: { ...on, retentionDays: 7 } }).registry;
    expect(refusedPut(state, '2025-11-01')?.refused).toMatch(
      /Cannot override non-default values of soft delete policy/,
    );
    expect(refusedPut(registry, '2025-11-01')).toBeNull();
  });

  test.each(Object.entries(rows))(
    '%s puts no registry whole: what its version does not know would be refused, or reset',
    (_, { command }) => {
      expect(azOf(command)).not.toMatch(/az resource update --ids <registry-id>(?!\/)/);
    },
  );

  test('nothing twice: what is so already is not refused again', () => {
    const already = withPolicy({ export: off });
    expect(refusalOf(update({ adminEnabled: false }), already)).toBeNull();
  });
});
