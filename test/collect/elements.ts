import type { TenantDocument } from '../../src/emulator/index.ts';
import { roleTenant } from '../emulator/role-tenant.ts';

const below = (path: string): RegExp => new RegExp(`/${path}$`, 'i');
const one = (type: string): RegExp => new RegExp(`/${type}/[^/]+$`, 'i');

/** Every kind of element that a parser reads, as it is named there, and the question whose answer holds it. */
export const kinds: Readonly<Record<string, RegExp>> = {
  'a subscription': /^\/subscriptions$/,
  'a descendant of a management group': below('descendants'),
  'a registry': below('Microsoft.ContainerRegistry/registries'),
  'a private endpoint connection': below('privateEndpointConnections'),
  'a replication': below('replications'),
  'a token': below('tokens'),
  'a scope map': below('scopeMaps'),
  'a cache rule': below('cacheRules'),
  'a credential set': below('credentialSets'),
  'a connected registry': below('connectedRegistries'),
  'a webhook': below('webhooks'),
  'a task': below('tasks'),
  'task runs': below('runs'),
  'a run': below('runs'),
  'an agent pool': below('agentPools'),
  'an export pipeline': below('exportPipelines'),
  'an import pipeline': below('importPipelines'),
  'a usage': below('listUsages'),
  'a diagnostic setting': below('diagnosticSettings'),
  'an eligible role': below('roleEligibilityScheduleInstances'),
  'a Defender plan': below('pricings'),
  'a role assignment': below('roleAssignments'),
  'a role definition': below('roleDefinitions'),
  'a deny assignment': below('denyAssignments'),
  'a lock': below('locks'),
  'an event of the log': below('eventtypes/management/values'),
  'a policy assignment': below('policyAssignments'),
  'a policy definition': below('policyDefinitions'),
  'a policy initiative': below('policySetDefinitions'),
  'the findings of an image': /softwareupdate/i,
  'the findings of a running image': /k8s-container/i,
  'a private endpoint': /\/privateEndpoints(\/[^/]+)?$/i,
  'a network interface': one('networkInterfaces'),
  'an address of a network interface': one('networkInterfaces'),
  'a DNS zone group': below('privateDnsZoneGroups'),
  'a private DNS zone': below('privateDnsZones'),
  'a DNS record': below('A'),
  'a DNS alias': below('CNAME'),
  'a DNS zone link': below('privateDnsZones/[^/]+/virtualNetworkLinks'),
  'a DNS forwarding ruleset': below('dnsForwardingRulesets'),
  'a DNS forwarding rule': below('forwardingRules'),
  'a link of a DNS forwarding ruleset': below('dnsForwardingRulesets/[^/]+/virtualNetworkLinks'),
  'a DNS private resolver': below('dnsResolvers'),
  'an inbound endpoint': below('inboundEndpoints'),
  'a virtual network': one('virtualNetworks'),
  'a network manager': below('networkManagers'),
  'a cluster': below('managedClusters'),
  'a kubelet identity': below('managedClusters'),
  'a container app': below('containerApps'),
  'a container app job': below('jobs'),
  'an environment of container apps': below('managedEnvironments'),
  'a web app': below('sites'),
  'a web app slot': below('slots'),
  'a site container': below('sitecontainers'),
  'a container group': below('containerGroups'),
  'a user-assigned identity': below('userAssignedIdentities'),
  'a federated credential': below('federatedIdentityCredentials'),
  'a key vault': below('vaults'),
  'a storage account': below('storageAccounts'),
  'the catalog': below('_catalog'),
  'the tags of a repository': below('_tags'),
  'the manifests of a repository': below('_manifests'),
  'a list of manifests': below('_manifests'),
  'a list of referrers': /\/referrers\//,
  'a manifest': /\/manifests\//,
  'a signature': /\/manifests\//,
};

const first = '/subscriptions/00000000-0000-0000-0000-000000000001';
const registry = `${first}/resourceGroups/rg-registries/providers/Microsoft.ContainerRegistry/registries/contosoprod`;
const shop = (type: string, name: string): string => `${first}/resourceGroups/rg-shop/providers/${type}/${name}`;

/** What the tenant with something behind every action lacks: kinds that share an action, or of which none is the rule. */
const more: TenantDocument['resources'] = [
  {
    id: `${registry}/providers/Microsoft.Authorization/denyAssignments/quiet`,
    name: 'quiet',
    properties: {
      denyAssignmentName: 'quiet',
      scope: registry,
      doNotApplyToChildScopes: false,
      permissions: [{ actions: ['Microsoft.ContainerRegistry/registries/delete'], notActions: [] }],
      principals: [{ id: 'nobody', type: 'User' }],
      excludePrincipals: [],
    },
  },
  {
    id: shop('Microsoft.Network/networkManagers', 'mesh'),
    name: 'mesh',
    location: 'westeurope',
    properties: { networkManagerScopes: { subscriptions: ['/subscriptions/00000000-0000-0000-0000-000000000099'] } },
  },
  {
    id: shop('Microsoft.App/jobs', 'nightly'),
    name: 'nightly',
    location: 'westeurope',
    identity: { type: 'SystemAssigned', principalId: 'checkout' },
    properties: {
      environmentId: shop('Microsoft.App/managedEnvironments', 'env'),
      configuration: { registries: [{ server: 'contosoprod-d4e5f6a7b8c9d0e1.azurecr.io', identity: 'system' }] },
    },
  },
  {
    id: shop('Microsoft.ContainerInstance/containerGroups', 'batch'),
    name: 'batch',
    location: 'westeurope',
    identity: { type: 'SystemAssigned', principalId: 'checkout' },
    properties: {
      containers: [{ name: 'batch', properties: { image: 'contosoprod-d4e5f6a7b8c9d0e1.azurecr.io/batch:1' } }],
      imageRegistryCredentials: [{ server: 'contosoprod-d4e5f6a7b8c9d0e1.azurecr.io', identity: 'system' }],
    },
  },
  { id: `${registry}/exportPipelines/out`, name: 'out', location: 'westeurope', properties: {} },
];

/** Kept as it should be but for what is said, so that most of what is left out can only do harm. */
export const goodTenant: TenantDocument = { ...roleTenant, resources: [...roleTenant.resources, ...more] };

const none = 'recorded answers leave it out where there is none';

/** Where what is left out may decide, by kind and place, and why. */
export const emptyWhen: Readonly<Record<string, string>> = {
  'a registry: identity': none,
  'a token: properties.credentials.passwords.0.expiry': 'recorded passwords that never expire have none',
  'a kubelet identity: properties.agentPoolProfiles.0.vnetSubnetID':
    'recorded clusters in a network that Azure made have none',
  'a task: identity': none,
  'a task: properties.agentPoolName': none,
  'a task: properties.step.baseImageDependencies': none,
  'a task: properties.step.baseImageDependencies.0.tag': 'a base image that is named by its digest has no tag',
  'a task: properties.trigger': 'emptied it is one without triggers: recorded ones leave out each that is none',
  'a task: properties.trigger.sourceTriggers': none,
  'a task: properties.trigger.baseImageTrigger': 'triggers that are there leave out each that is none',
  'a task: properties.credentials': none,
  'an agent pool: properties.virtualNetworkSubnetResourceId': none,
  'a diagnostic setting: properties.workspaceId': none,
  'a key vault: properties.enablePurgeProtection': 'ARM leaves it out where it is off, and refuses false',
};
