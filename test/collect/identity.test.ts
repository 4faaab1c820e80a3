import { expect, test } from 'vitest';
import { collect } from '../../src/collect/collect.ts';
import { withPrerequisites } from '../../src/collect/index.ts';
import { roleIds } from '../../src/facts/access/roles.ts';
import type { Facet } from '../../src/model/facets.ts';
import { arm, azureWith, group, host, ownNetwork, registry, subscription } from '../azure/support.ts';

ownNetwork();

const collected = async (...wanted: Facet[]) => {
  const snapshot = await collect(
    azureWith(),
    {
      registries: [registry],
      subscriptions: [],
      managementGroup: null,
      groups: [],
      tags: [],
      facets: withPrerequisites(wanted),
    },
    { tool: { name: 'acr-audit', version: '0' }, now: () => '2026-11-23T02:00:00Z', progress: () => {} },
  );
  return {
    ofRegistry: snapshot.registries[0]?.facets,
    ofSubscription: snapshot.subscriptions[0]?.facets,
    shared: snapshot.shared,
  };
};

const answers = (path: string, apiVersion: string, ...value: object[]) =>
  arm().get(path).query({ 'api-version': apiVersion }).reply(200, { value });

const refuses = (path: string, action: string, scope: string) =>
  arm()
    .get(path)
    .query(true)
    .reply(403, {
      error: {
        code: 'AuthorizationFailed',
        message: `The client 'c' with object id 'o' does not have authorization to perform action '${action}' over scope '${scope}' or the scope is invalid.`,
      },
    });

const withRegistry = (sku = 'Premium') =>
  arm()
    .get(registry)
    .query(true)
    .reply(200, {
      id: registry,
      name: 'contoso',
      location: 'westeurope',
      sku: { name: sku },
      properties: { loginServer: 'contoso.azurecr.io', roleAssignmentMode: 'LegacyRegistryPermissions' },
    });

const authorization = `${subscription}/providers/Microsoft.Authorization`;
const assignment = (name: string, roleId: string, scope: string, principalId = 'ci') => ({
  id: `${scope}/providers/Microsoft.Authorization/roleAssignments/${name}`,
  properties: {
    scope,
    principalId,
    principalType: 'ServicePrincipal',
    roleDefinitionId: `${authorization}/roleDefinitions/${roleId}`,
    condition: null,
  },
});
const definition = (name: string, roleName: string, type: string) => ({
  name,
  properties: {
    roleName,
    type,
    permissions: [{ actions: ['*/read'], notActions: [], dataActions: [], notDataActions: [] }],
  },
});
const identities = `${subscription}/providers/Microsoft.ManagedIdentity/userAssignedIdentities`;
const identity = (name: string) => `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`;

test('role assignments are asked once, with every page, and only the roles they name are kept', async () => {
  withRegistry();
  const path = `${authorization}/roleAssignments`;
  arm()
    .get(path)
    .query({ 'api-version': '2022-04-01' })
    .reply(200, {
      value: [assignment('two', 'ABC', registry)],
      nextLink: `${host}${path}?api-version=2022-04-01&page=2`,
    });
  arm()
    .get(path)
    .query({ 'api-version': '2022-04-01', page: '2' })
    .reply(200, {
      value: [
        assignment('one', 'abc', '/providers/Microsoft.Management/managementGroups/root'),
        assignment('three', 'def', `${group}/providers/Microsoft.KeyVault/vaults/keys`),
      ],
    });
  answers(
    `${authorization}/roleDefinitions`,
    '2022-04-01',
    definition('def', 'Vault role', 'BuiltInRole'),
    definition('ABC', 'Our role', 'CustomRole'),
  );
  const { ofSubscription } = await collected('roleAssignments');
  expect(ofSubscription?.roleAssignments).toMatchObject({
    state: 'observed',
    value: {
      assignments: [
        { scope: '/providers/Microsoft.Management/managementGroups/root', roleId: 'abc' },
        { scope: registry },
      ],
      definitions: {
        state: 'observed',
        value: [
          {
            id: 'abc',
            name: 'Our role',
            custom: true,
            permissions: [{ actions: ['*/read'], notActions: [], dataActions: [], notDataActions: [] }],
          },
        ],
      },
    },
  });
});

test('assignments are known even where the definitions may not be read', async () => {
  withRegistry();
  answers(`${authorization}/roleAssignments`, '2022-04-01', assignment('one', 'abc', registry));
  refuses(`${authorization}/roleDefinitions`, 'Microsoft.Authorization/roleDefinitions/read', subscription);
  const { ofSubscription } = await collected('roleAssignments');
  expect(ofSubscription?.roleAssignments).toMatchObject({
    state: 'observed',
    value: {
      assignments: [{ roleId: 'abc' }],
      definitions: {
        state: 'denied',
        missing: [{ action: 'Microsoft.Authorization/roleDefinitions/read', scope: subscription }],
      },
    },
  });
});

test('every identity is known; federated credentials are asked of those that hold a role', async () => {
  withRegistry();
  answers(
    `${authorization}/roleAssignments`,
    '2022-04-01',
    assignment('push', roleIds.acrPush, registry, 'PUSHER'),
    assignment('edit', roleIds.managedIdentityContributor, identity('pusher'), 'editor'),
  );
  answers(`${authorization}/roleDefinitions`, '2022-04-01');
  answers(
    identities,
    '2023-01-31',
    ...['pusher', 'editor', 'idle'].map((name) => ({ id: identity(name), name, properties: { principalId: name } })),
  );
  answers(`${identity('editor')}/federatedIdentityCredentials`, '2025-05-31-preview');
  answers(`${identity('pusher')}/federatedIdentityCredentials`, '2025-05-31-preview', {
    id: 'one',
    name: 'main',
    properties: {
      issuer: 'https://issuer',
      claimsMatchingExpression: { value: "claims['sub'] eq 'job'", languageVersion: 1 },
      audiences: ['api://AzureADTokenExchange'],
    },
  });
  const { shared } = await collected('federatedCredentials');
  expect(shared.federatedCredentials).toMatchObject({
    state: 'observed',
    value: {
      identities: [
        { name: 'editor', credentials: { state: 'observed', value: [] } },
        { name: 'idle', credentials: { state: 'not-collected' } },
        {
          name: 'pusher',
          credentials: {
            state: 'observed',
            value: [{ subject: null, expression: "claims['sub'] eq 'job'", issuer: 'https://issuer' }],
          },
        },
      ],
      searched: [{ subscription, identities: { state: 'observed' } }],
    },
  });
});

test('where ARM knows no version with expressions, the stable one is asked', async () => {
  withRegistry();
  answers(`${authorization}/roleAssignments`, '2022-04-01', assignment('push', roleIds.acrPush, registry, 'pusher'));
  answers(`${authorization}/roleDefinitions`, '2022-04-01');
  answers(identities, '2023-01-31', { id: identity('pusher'), name: 'pusher', properties: { principalId: 'pusher' } });
  const path = `${identity('pusher')}/federatedIdentityCredentials`;
  arm()
    .get(path)
    .query({ 'api-version': '2025-05-31-preview' })
    .reply(400, { error: { code: 'NoRegisteredProviderFound', message: 'No registered resource provider found' } });
  answers(path, '2023-01-31', {
    id: 'one',
    name: 'main',
    properties: { issuer: 'https://issuer', subject: 'job', audiences: [] },
  });
  const { shared } = await collected('federatedCredentials');
  expect(shared.federatedCredentials).toMatchObject({
    value: { identities: [{ credentials: { value: [{ subject: 'job', expression: null }] } }] },
  });
});

test('identities that may not be listed are a gap, not an empty list', async () => {
  withRegistry();
  answers(`${authorization}/roleAssignments`, '2022-04-01', assignment('push', roleIds.acrPush, registry));
  answers(`${authorization}/roleDefinitions`, '2022-04-01');
  const action = 'Microsoft.ManagedIdentity/userAssignedIdentities/read';
  refuses(identities, action, subscription);
  expect((await collected('federatedCredentials')).shared.federatedCredentials).toMatchObject({
    value: {
      identities: [],
      searched: [{ identities: { state: 'denied', missing: [{ action, scope: subscription }] } }],
    },
  });
});

test('tokens and scope maps are lists of the registry; no password reaches the snapshot', async () => {
  withRegistry('Basic');
  answers(`${registry}/tokens`, '2025-11-01', {
    id: `${registry}/tokens/ci`,
    name: 'ci',
    properties: {
      status: 'enabled',
      credentials: { passwords: [{ name: 'password1', creationTime: '2026-01-01T00:00:00Z', value: 'hunter2' }] },
    },
  });
  answers(`${registry}/scopeMaps`, '2025-11-01', {
    id: `${registry}/scopeMaps/ci`,
    name: 'ci',
    properties: { type: 'UserDefined', actions: ['repositories/b/content/read', 'repositories/a/content/read'] },
  });
  // Connected registries need Premium: a Basic registry is not asked for them.
  const { ofRegistry } = await collected('tokens', 'scopeMaps', 'connectedRegistries');
  expect(ofRegistry).toMatchObject({
    tokens: { value: [{ name: 'ci', passwords: [{ name: 'password1', expiry: null }] }] },
    scopeMaps: { value: [{ actions: ['repositories/a/content/read', 'repositories/b/content/read'] }] },
    connectedRegistries: { value: [] },
  });
  expect(JSON.stringify(ofRegistry)).not.toContain('hunter2');
});

test('tokens that may not be read name the action', async () => {
  withRegistry();
  const action = 'Microsoft.ContainerRegistry/registries/tokens/read';
  refuses(`${registry}/tokens`, action, registry);
  expect((await collected('tokens')).ofRegistry?.tokens).toMatchObject({
    state: 'denied',
    missing: [{ action, scope: registry }],
  });
});

test('one odd role assignment or definition hides no other, and one that is elsewhere does not matter', async () => {
  withRegistry();
  const { roleDefinitionId: _, ...roleless } = assignment('odd', 'abc', registry).properties;
  answers(
    `${authorization}/roleAssignments`,
    '2022-04-01',
    assignment('one', 'abc', registry),
    { id: 'odd', properties: roleless },
    { id: 'vault', properties: { scope: `${group}/providers/Microsoft.KeyVault/vaults/keys` } },
  );
  answers(
    `${authorization}/roleDefinitions`,
    '2022-04-01',
    { name: 'abc', properties: { roleName: 'No permissions' } },
    { name: 'unnamed' },
  );
  const { ofSubscription } = await collected('roleAssignments');
  expect(ofSubscription?.roleAssignments).toMatchObject({
    state: 'observed',
    value: {
      assignments: [{ roleId: 'abc' }],
      definitions: { state: 'observed', value: [], unread: [{ entry: 'abc' }] },
    },
    unread: [{ entry: 'odd' }],
  });
});

test('one odd token, scope map or identity hides no other', async () => {
  withRegistry('Basic');
  const credentials = { passwords: [], certificates: [] };
  answers(
    `${registry}/tokens`,
    '2025-11-01',
    { id: `${registry}/tokens/ci`, name: 'ci', properties: { status: 'enabled', credentials } },
    { id: `${registry}/tokens/odd`, name: 'odd', properties: { status: 'enabled' } },
  );
  answers(
    `${registry}/scopeMaps`,
    '2025-11-01',
    { id: `${registry}/scopeMaps/ci`, name: 'ci', properties: { actions: [] } },
    { id: `${registry}/scopeMaps/odd`, name: 'odd', properties: {} },
  );
  answers(`${authorization}/roleAssignments`, '2022-04-01');
  answers(`${authorization}/roleDefinitions`, '2022-04-01');
  answers(
    identities,
    '2023-01-31',
    { id: identity('ci'), name: 'ci', properties: { principalId: 'ci' } },
    { id: identity('odd'), name: 'odd' },
  );
  const { ofRegistry, shared } = await collected('tokens', 'scopeMaps', 'federatedCredentials');
  expect(ofRegistry).toMatchObject({
    tokens: { value: [{ name: 'ci' }], unread: [{ entry: `${registry}/tokens/odd` }] },
    scopeMaps: { value: [{ name: 'ci' }], unread: [{ entry: `${registry}/scopeMaps/odd` }] },
  });
  expect(shared.federatedCredentials).toMatchObject({
    value: {
      identities: [{ name: 'ci' }],
      searched: [{ identities: { value: [identity('ci')], unread: [{ entry: identity('odd') }] } }],
    },
  });
});
