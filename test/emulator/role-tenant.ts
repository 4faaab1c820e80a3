import wellKept from '../../fixtures/tenants/well-kept.json' with { type: 'json' };
import type { TenantDocument } from '../../src/emulator/index.ts';
import { assignedPolicy, customPolicy, policySet } from '../policies.ts';

type Body = TenantDocument['resources'][number];

const first = '/subscriptions/00000000-0000-0000-0000-000000000001';
const hub = '/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/rg-network/providers';
const registry = `${first}/resourceGroups/rg-registries/providers/Microsoft.ContainerRegistry/registries/contosoprod`;
const loginServer = 'contosoprod-d4e5f6a7b8c9d0e1.azurecr.io';
const repositoryReader = 'b93aa761-3e63-49ed-ac28-beffa264f7ac';

const ownPolicy = customPolicy('own', first, { field: 'type', equals: 'Microsoft.Network/privateDnsZones' }, 'audit');
const ownSet = `${first}/providers/Microsoft.Authorization/policySetDefinitions/own`;

const shop = (type: string, name: string): string => `${first}/resourceGroups/rg-shop/providers/${type}/${name}`;
const network = (name: string): string => `${hub}/Microsoft.Network/virtualNetworks/${name}`;

const vnet = (name: string, prefix: string, peers: readonly string[] = []): Body => ({
  id: network(name),
  name,
  location: 'westeurope',
  properties: {
    addressSpace: { addressPrefixes: [`${prefix}.0.0/16`] },
    dhcpOptions: { dnsServers: [] },
    virtualNetworkPeerings: peers.map((peer) => ({
      properties: { remoteVirtualNetwork: { id: network(peer) }, peeringState: 'Connected' },
    })),
    subnets: [
      { id: `${network(name)}/subnets/nodes`, name: 'nodes', properties: { addressPrefix: `${prefix}.0.0/24` } },
    ],
  },
});

const cluster = (name: string, at: string, kubelet: string): Body => ({
  id: shop('Microsoft.ContainerService/managedClusters', name),
  name,
  location: 'westeurope',
  identity: { type: 'SystemAssigned', principalId: `${kubelet}-control` },
  properties: {
    provisioningState: 'Succeeded',
    agentPoolProfiles: [{ name: 'system', count: 1, vnetSubnetID: `${network(at)}/subnets/nodes` }],
    servicePrincipalProfile: { clientId: 'msi' },
    identityProfile: { kubeletidentity: { objectId: kubelet } },
    nodeResourceGroup: `MC_${name}`,
  },
});

const ownRole = '00000000-0000-0000-0000-000000000781';

const pulls = (principalId: string, role = repositoryReader): Body => ({
  id: `${registry}/providers/Microsoft.Authorization/roleAssignments/of-${principalId}`,
  name: `of-${principalId}`,
  properties: {
    roleDefinitionId: `${first}/providers/Microsoft.Authorization/roleDefinitions/${role}`,
    principalId,
    principalType: 'ServicePrincipal',
    scope: registry,
  },
});

const site = (name: string): Body => ({
  id: name.includes('/') ? `${shop('Microsoft.Web/sites', 'shop')}/slots/staging` : shop('Microsoft.Web/sites', name),
  name,
  kind: 'app,linux,container',
  location: 'westeurope',
  identity: { type: 'SystemAssigned', principalId: 'shop' },
  properties: { siteConfig: { linuxFxVersion: `DOCKER|${loginServer}/shop:1`, acrUseManagedIdentityCreds: true } },
});

const ruleset = `${hub}/Microsoft.Network/dnsForwardingRulesets/rules`;
const resolver = `${hub}/Microsoft.Network/dnsResolvers/resolver`;

/** What a well-kept registry lacks, so that every action of the role tells something. */
const more: readonly Body[] = [
  // A spoke that asks the zone by a resolver in the hub, and a network that has no way to the endpoint.
  vnet('vnet-spoke', '10.40', ['vnet-apps']),
  vnet('vnet-far', '10.50'),
  cluster('aks-spoke', 'vnet-spoke', 'kubelet-spoke'),
  cluster('aks-far', 'vnet-far', 'kubelet-far'),
  {
    id: `${first}/providers/Microsoft.Authorization/roleDefinitions/${ownRole}`,
    name: ownRole,
    properties: {
      roleName: 'Contoso puller',
      type: 'CustomRole',
      assignableScopes: [first],
      permissions: [
        {
          actions: [],
          notActions: [],
          dataActions: ['Microsoft.ContainerRegistry/registries/repositories/content/read'],
          notDataActions: [],
        },
      ],
    },
  },
  pulls('kubelet-spoke', ownRole),
  pulls('kubelet-far'),
  {
    id: `${first}/providers/Microsoft.Authorization/roleEligibilityScheduleInstances/standby`,
    name: 'standby',
    properties: {
      scope: first,
      roleDefinitionId: `${first}/providers/Microsoft.Authorization/roleDefinitions/${repositoryReader}`,
      principalId: 'on-call',
      principalType: 'Group',
      endDateTime: '2027-02-28T07:00:00Z',
    },
  },
  {
    id: `${hub.replace('rg-network', 'rg-dns')}/Microsoft.Network/privateDnsZones/privatelink.azurecr.io/virtualNetworkLinks/far`,
    name: 'far',
    properties: {
      virtualNetwork: { id: network('vnet-far') },
      virtualNetworkLinkState: 'Completed',
      resolutionPolicy: 'Default',
    },
  },
  { id: ruleset, name: 'rules', location: 'westeurope', properties: {} },
  {
    id: `${ruleset}/forwardingRules/registries`,
    name: 'registries',
    properties: {
      domainName: 'azurecr.io.',
      forwardingRuleState: 'Enabled',
      targetDnsServers: [{ ipAddress: '10.20.18.4', port: 53 }],
    },
  },
  {
    id: `${ruleset}/virtualNetworkLinks/spoke`,
    name: 'spoke',
    properties: { virtualNetwork: { id: network('vnet-spoke') } },
  },
  {
    id: resolver,
    name: 'resolver',
    location: 'westeurope',
    properties: { virtualNetwork: { id: network('vnet-apps') } },
  },
  {
    id: `${resolver}/inboundEndpoints/in`,
    name: 'in',
    properties: { ipConfigurations: [{ privateIpAddress: '10.20.18.4' }] },
  },
  site('shop'),
  site('shop/staging'),
  pulls('shop'),
  // A site whose containers are a list of their own, and a container app whose environment tells its subnet.
  {
    ...site('side'),
    identity: { type: 'SystemAssigned', principalId: 'side' },
    properties: { siteConfig: { linuxFxVersion: 'sitecontainers' } },
  },
  {
    id: `${shop('Microsoft.Web/sites', 'side')}/sitecontainers/main`,
    name: 'main',
    properties: { image: `${loginServer}/side:1`, isMain: true, authType: 'SystemIdentity' },
  },
  pulls('side'),
  {
    id: shop('Microsoft.App/managedEnvironments', 'env'),
    name: 'env',
    location: 'westeurope',
    properties: { vnetConfiguration: { infrastructureSubnetId: `${network('vnet-spoke')}/subnets/nodes` } },
  },
  {
    id: shop('Microsoft.App/containerApps', 'checkout'),
    name: 'checkout',
    location: 'westeurope',
    identity: { type: 'SystemAssigned', principalId: 'checkout' },
    properties: {
      environmentId: shop('Microsoft.App/managedEnvironments', 'env'),
      configuration: { registries: [{ server: loginServer, identity: 'system' }] },
    },
  },
  pulls('checkout'),
  {
    id: shop('Microsoft.KeyVault/vaults', 'kv-shop'),
    name: 'kv-shop',
    location: 'westeurope',
    properties: {
      vaultUri: 'https://kv-shop.vault.azure.net/',
      enableSoftDelete: true,
      enablePurgeProtection: true,
      publicNetworkAccess: 'Enabled',
    },
  },
  {
    id: `${registry}/importPipelines/drop`,
    name: 'drop',
    location: 'westeurope',
    properties: {
      source: { type: 'AzureStorageBlobContainer', uri: 'https://stshop.blob.core.windows.net/images' },
      trigger: { sourceTrigger: { status: 'Enabled' } },
      options: [],
      provisioningState: 'Succeeded',
    },
  },
  ownPolicy,
  assignedPolicy('own', first, ownSet),
  policySet(ownSet, [{ policyDefinitionId: ownPolicy.id, policyDefinitionReferenceId: 'own', parameters: {} }]),
  { id: shop('Microsoft.Storage/storageAccounts', 'stshop'), name: 'stshop', location: 'westeurope', properties: {} },
];

const document = wellKept as unknown as TenantDocument;
const zone = `${hub.replace('rg-network', 'rg-dns')}/Microsoft.Network/privateDnsZones/privatelink.azurecr.io`;
const eastus2 = 'contosoprod-d4e5f6a7b8c9d0e1.eastus2.data';

/** What is otherwise there: a key of its own, connections that the list alone tells, and an alias in place of a record. */
function changed(body: Body): readonly Body[] {
  if (body.id === registry) {
    const { privateEndpointConnections: value, ...properties } = body['properties'] as Record<string, unknown>;
    const keyVaultProperties = { keyIdentifier: 'https://kv-shop.vault.azure.net/keys/images', identity: 'system' };
    return [
      { ...body, properties: { ...properties, encryption: { status: 'enabled', keyVaultProperties } } },
      { id: `${registry}/privateEndpointConnections`, value } as Body,
    ];
  }
  if (body.id === `${zone}/A/${eastus2}`)
    return [
      { ...body, id: `${zone}/A/east`, name: 'east' },
      {
        id: `${zone}/CNAME/${eastus2}`,
        name: eastus2,
        properties: { cnameRecord: { cname: 'east.privatelink.azurecr.io' } },
      },
    ];
  // A peering has two sides.
  if (body.id === network('vnet-apps')) {
    const peering = { remoteVirtualNetwork: { id: network('vnet-spoke') }, peeringState: 'Connected' };
    return [
      { ...body, properties: { ...(body['properties'] as object), virtualNetworkPeerings: [{ properties: peering }] } },
    ];
  }
  // Without a group only the list of zones tells where the records are.
  return body.id.includes('/privateDnsZoneGroups/') ? [] : [body];
}

/** A tenant with something behind every action of the documented role. */
export const roleTenant: TenantDocument = {
  ...document,
  resources: [...document.resources.flatMap(changed), ...more],
};
