import { describe, expect, test } from 'vitest';
import { accessTo } from '../../../src/facts/access/access.ts';
import { accessWith } from '../../../src/facts/access/over-identities.ts';
import type { Rights } from '../../../src/facts/access/rights.ts';
import { roleIds } from '../../../src/facts/access/roles.ts';
import { observed } from '../../../src/model/evidence.ts';
import type { RoleAssignment, RoleAssignments } from '../../../src/model/facets/role-assignments.ts';
import {
  assigned,
  customRole,
  groupId,
  managementGroupId,
  onRepositories,
  roles,
  rolesWithoutDefinitions,
  subscriptionId,
} from '../../roles.ts';
import { acr, registryId } from '../../support.ts';

const legacy = acr({ roleAssignmentMode: 'LegacyRegistryPermissions', adminUserEnabled: false });
const abac = acr({ roleAssignmentMode: 'AbacRepositoryPermissions', adminUserEnabled: false });
const unsaid = acr();

const rightsIn = (registry: typeof legacy, given: RoleAssignments): Rights | undefined =>
  accessTo(registry, given).principals[0]?.rights;

const all = (...names: (keyof Rights)[]): Rights => Object.fromEntries(names.map((name) => [name, 'all']));
const custom = (granted: Parameters<typeof customRole>[0], changes: Partial<RoleAssignment> = {}) =>
  roles([assigned('custom', changes)], [customRole(granted)]);

const acrName = 'Microsoft.ContainerRegistry';
const detours = ['edit-cache-rules', 'import', 'edit-pipelines', 'edit-tasks', 'mint-tokens'] as const;
const everything = all(
  'pull',
  'push',
  'delete',
  'sign',
  'read-quarantined',
  'promote',
  ...detours,
  'manage',
  'assign-roles',
);
const { 'assign-roles': _, ...allButRoles } = everything;

describe('what a role grants, by permission mode', () => {
  const table: [string, typeof legacy, RoleAssignments, Rights][] = [
    ['AcrPull pulls', legacy, roles([assigned(roleIds.acrPull)]), all('pull')],
    ['AcrPull is dead in ABAC mode', abac, roles([assigned(roleIds.acrPull)]), {}],
    ['AcrPush is dead in ABAC mode', abac, roles([assigned(roleIds.acrPush)]), {}],
    ['AcrDelete is dead in ABAC mode', abac, roles([assigned(roleIds.acrDelete)]), {}],
    ['AcrPush pushes and pulls', legacy, roles([assigned(roleIds.acrPush)]), all('pull', 'push')],
    [
      'Reader of the subscription pulls every image, quarantined ones too',
      legacy,
      roles([assigned(roleIds.reader, { scope: subscriptionId })]),
      all('pull', 'read-quarantined'),
    ],
    ['Reader has no content in ABAC mode', abac, roles([assigned(roleIds.reader)]), {}],
    [
      'Contributor through a group does all but assign roles',
      legacy,
      roles([assigned(roleIds.contributor, { principalType: 'Group', scope: groupId })]),
      allButRoles,
    ],
    ['Contributor only manages in ABAC mode', abac, roles([assigned(roleIds.contributor)]), all(...detours, 'manage')],
    ['Owner at the root does everything', legacy, roles([assigned(roleIds.owner, { scope: '/' })]), everything],
    ['Repository Reader pulls in ABAC mode', abac, roles([assigned(roleIds.repositoryReader)]), all('pull')],
    ['Repository Reader is dead in the other mode', legacy, roles([assigned(roleIds.repositoryReader)]), {}],
    [
      'Repository Contributor pushes and deletes',
      abac,
      roles([assigned(roleIds.repositoryContributor)]),
      all('pull', 'push', 'delete'),
    ],
    [
      'AcrQuarantineWriter promotes by control-plane action',
      legacy,
      roles([assigned(roleIds.acrQuarantineWriter)]),
      all('read-quarantined', 'promote'),
    ],
    [
      'AcrQuarantineWriter promotes by data action',
      abac,
      roles([assigned(roleIds.acrQuarantineWriter)]),
      all('read-quarantined', 'promote'),
    ],
    ['Tasks Contributor edits tasks', legacy, roles([assigned(roleIds.tasksContributor)]), all('edit-tasks')],
    ['AcrImageSigner signs', legacy, roles([assigned(roleIds.acrImageSigner)]), all('sign')],
    ['there is no content trust in ABAC mode', abac, roles([assigned(roleIds.acrImageSigner)]), {}],
    [
      'a custom role with every read of the provider pulls',
      legacy,
      custom({ actions: [`${acrName}/*/read`] }),
      all('pull', 'read-quarantined'),
    ],
    [
      'the registry reads a custom role often has pull too',
      legacy,
      custom({ actions: [`${acrName}/registries/*/READ`] }),
      all('pull', 'read-quarantined'),
    ],
    [
      'notActions take pull away',
      legacy,
      custom({ actions: [`${acrName}/registries/*/read`], notActions: [`${acrName}/registries/pull/*`] }),
      all('read-quarantined'),
    ],
    [
      'notDataActions take push away',
      abac,
      custom({ dataActions: [`${acrName}/*`], notDataActions: [`${acrName}/registries/repositories/*/write`] }),
      all('pull', 'delete', 'read-quarantined', 'promote'),
    ],
    ['registries/read alone pulls nothing', legacy, custom({ actions: [`${acrName}/registries/read`] }), {}],
    [
      'no mode in the answer: what only one mode grants is conditional',
      unsaid,
      roles([assigned(roleIds.acrPull)]),
      { pull: 'conditional' },
    ],
    [
      'no mode in the answer: what both grant is granted',
      unsaid,
      roles([assigned(roleIds.acrQuarantineWriter)]),
      all('read-quarantined', 'promote'),
    ],
    [
      'no mode in the answer: managing does not depend on it',
      { ...unsaid, adminUserEnabled: false },
      roles([assigned(roleIds.owner)]),
      {
        ...Object.fromEntries(Object.keys(everything).map((right) => [right, 'conditional'])),
        ...all(...detours, 'manage', 'assign-roles'),
      },
    ],
  ];
  test.each(table)('%s', (_, registry, given, wanted) => expect(rightsIn(registry, given)).toEqual(wanted));
});

describe('where an assignment reaches', () => {
  const table: [string, string, boolean][] = [
    ['the root', '/', true],
    ['a management group', managementGroupId, true],
    ['the subscription, in capitals', subscriptionId.toUpperCase(), true],
    ['the group, in lower case and with a slash', `${groupId.toLowerCase()}/`, true],
    ['the registry', registryId, true],
    ['a group whose name only begins the same', `${groupId}-two`, false],
    ['another subscription', '/subscriptions/00000000-0000-0000-0000-000000000002', false],
    ['something inside the registry', `${registryId}/tasks/build`, false],
  ];
  test.each(table)('%s', (_, scope, reaches) =>
    expect(accessTo(legacy, roles([assigned(roleIds.acrPull, { scope })])).principals).toHaveLength(reaches ? 1 : 0),
  );
});

describe('conditions', () => {
  const content = ['content/read', 'metadata/read'];
  const delegation =
    "((!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})) OR (@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAllValues:GuidNotEquals {8e3af657-a8ff-443c-a75c-2fe8c4bcb635, 18d7d88d-d35e-4fb5-a5c3-7773c20a72d9}))";
  const table: [string, typeof legacy, string, string, Rights][] = [
    [
      'on one repository',
      abac,
      roleIds.repositoryReader,
      onRepositories("StringEqualsIgnoreCase 'nginx'", ...content),
      { pull: 'conditional' },
    ],
    [
      'a condition on reading leaves writing whole',
      abac,
      roleIds.repositoryWriter,
      onRepositories("StringStartsWithIgnoreCase 'team/'", ...content),
      { pull: 'conditional', push: 'all' },
    ],
    ['a condition on assigning roles leaves the rest whole', legacy, roleIds.owner, delegation, everything],
    [
      'a condition that refuses an action takes it away',
      abac,
      roleIds.repositoryContributor,
      "!(ActionMatches{'Microsoft.ContainerRegistry/registries/repositories/content/delete'})",
      all('pull', 'push'),
    ],
    ['one we cannot read', abac, roleIds.repositoryReader, 'what is this', { pull: 'conditional' }],
    ['one whose brackets do not close', abac, roleIds.repositoryReader, "(ActionMatches{'x'}", { pull: 'conditional' }],
    [
      'one that leaves open what binds tighter',
      abac,
      roleIds.repositoryReader,
      "ActionMatches{'x'} AND ActionMatches{'y'} OR ActionMatches{'z'}",
      { pull: 'conditional' },
    ],
  ];
  test.each(table)('%s', (_, registry, roleId, condition, wanted) =>
    expect(rightsIn(registry, roles([assigned(roleId, { condition })]))).toEqual(wanted),
  );

  test('do not narrow what another assignment gives in full', () => {
    const condition = onRepositories("StringEquals 'nginx'", ...content);
    const given = roles([
      assigned(roleIds.repositoryReader, { condition }),
      assigned(roleIds.repositoryReader, { scope: groupId, principalId: 'CI' }),
    ]);
    expect(accessTo(abac, given).principals.map(({ rights }) => rights)).toEqual([{ pull: 'all' }]);
  });
});

describe('role definitions that could not be read', () => {
  test('leave a built-in role known', () =>
    expect(rightsIn(legacy, rolesWithoutDefinitions(assigned(roleIds.acrPull)))).toEqual({ pull: 'all' }));

  test('make a custom role unknown, naming the action', () => {
    const { principals, unreadable } = accessTo(legacy, rolesWithoutDefinitions(assigned('custom')));
    expect(principals).toEqual([]);
    expect(unreadable).toMatchObject([
      {
        roleId: 'custom',
        principalId: 'ci',
        unseen: {
          reason: 'AuthorizationFailed',
          missing: [{ action: 'Microsoft.Authorization/roleDefinitions/read' }],
        },
      },
    ]);
  });

  test('name the action too where the list was read and lacks the role', () => {
    const { unreadable } = accessTo(legacy, roles([assigned('elsewhere', { scope: managementGroupId })]));
    expect(unreadable.flatMap(({ unseen }) => unseen.missing)).toEqual([
      { action: 'Microsoft.Authorization/roleDefinitions/read', scope: managementGroupId },
    ]);
  });
});

test('an assignment without a principal type stays without one', () =>
  expect(
    accessTo(legacy, roles([assigned(roleIds.acrPull, { principalType: null })])).principals[0]?.principalType,
  ).toBeNull());

describe('ways to change an image without a right to push', () => {
  const given = (...actions: string[]) => custom({ actions: actions.map((one) => `${acrName}/registries/${one}`) });
  const table: [string, typeof legacy, RoleAssignments, Rights][] = [
    [
      'a token and its password',
      legacy,
      given('tokens/write', 'generateCredentials/action'),
      all('mint-tokens', 'manage'),
    ],
    [
      'a wider map and a password',
      legacy,
      given('scopeMaps/*', 'generateCredentials/action'),
      all('mint-tokens', 'manage'),
    ],
    ['a token without a password is no login, and changes who has one', legacy, given('tokens/write'), all('manage')],
    ['a password without a token is none by itself', legacy, given('generateCredentials/action'), {}],
    ['importing', abac, given('importImage/action'), all('import')],
    ['a pipeline that imports', legacy, given('importPipelines/write'), all('edit-pipelines')],
    ['a pipeline that exports', legacy, given('exportPipelines/write'), all('edit-pipelines')],
    ['a run of a pipeline', legacy, given('pipelineRuns/write'), all('edit-pipelines')],
    ['a rule that caches', legacy, given('cacheRules/*'), all('edit-cache-rules')],
    ['a run of a task', legacy, given('scheduleRun/action'), all('edit-tasks')],
    ['a run of a task as a resource', legacy, given('taskruns/write'), all('edit-tasks')],
    ['a task', abac, given('tasks/write'), all('edit-tasks')],
    [
      'the password of the admin account, while it is on',
      acr({ roleAssignmentMode: 'LegacyRegistryPermissions', adminUserEnabled: true }),
      roles([assigned(roleIds.configurationReader)]),
      all('read-admin-password'),
    ],
    [
      'another password of the admin account',
      acr({ roleAssignmentMode: 'LegacyRegistryPermissions', adminUserEnabled: true }),
      given('regenerateCredential/action'),
      all('read-admin-password'),
    ],
    ['none while it is off', legacy, roles([assigned(roleIds.configurationReader)]), {}],
    ['deleting the registry', legacy, given('delete'), all('manage')],
    ['its policies', legacy, given('updatePolicies/write'), all('manage')],
    ['its webhooks', legacy, given('webhooks/write'), all('manage')],
    ['the logins of its caches', legacy, given('credentialSets/*'), all('manage')],
    ['the end of a connected registry', abac, given('connectedRegistries/delete'), all('manage')],
    ['who may connect privately', legacy, given('privateEndpointConnections/write'), all('manage')],
    ['letting an endpoint in', legacy, given('privateEndpointConnectionsApproval/action'), all('manage')],
    ['the end of a token', legacy, given('tokens/delete'), all('manage')],
    ['looking at webhooks', legacy, given('webhooks/read', 'webhooks/ping/action', 'webhooks/listEvents/action'), {}],
    ['its replicas', legacy, given('replications/write'), all('manage')],
    ['the end of its replicas', legacy, given('replications/delete'), all('manage')],
    [
      'every write below it, less each that is known to matter',
      legacy,
      custom({
        actions: ['*/WRITE'],
        notActions: [
          'write',
          'updatePolicies/write',
          'replications/write',
          'tasks/write',
          'taskruns/write',
          'push/write',
          'sign/write',
          'quarantine/write',
          'cacheRules/write',
          '*Pipelines/write',
          'pipelineRuns/write',
        ]
          .map((one) => `${acrName}/registries/${one}`)
          .concat('Microsoft.Authorization/*'),
      }),
      all('manage'),
    ],
    [
      'everything but one write',
      legacy,
      custom({ actions: [`${acrName}/registries/*`], notActions: [`${acrName}/registries/write`] }),
      all('pull', 'push', 'delete', 'sign', 'read-quarantined', 'promote', ...detours, 'manage'),
    ],
  ];
  test.each(table)('%s', (_, registry, given, held) => {
    expect(rightsIn(registry, given) ?? {}).toEqual(held);
  });

  test('whether the admin account is on is not answered', () => {
    const registry = acr({ roleAssignmentMode: 'LegacyRegistryPermissions' });
    expect(rightsIn(registry, roles([assigned(roleIds.configurationReader)]))).toEqual({
      'read-admin-password': 'conditional',
    });
  });

  test('writing a credential of an identity that changes the registry', () => {
    const identity = (name: string) => ({
      id: `${groupId}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`,
      name,
      principalId: name,
      credentials: observed([]),
    });
    const [pusher, editor, puller] = ['pusher', 'editor', 'puller'].map(identity);
    if (!pusher || !editor || !puller) throw new Error('there are three');
    const given = roles([
      assigned(roleIds.acrPush, { principalId: 'pusher' }),
      assigned(roleIds.managedIdentityContributor, { principalId: 'editor', scope: pusher.id }),
      assigned(roleIds.managedIdentityContributor, { principalId: 'far', scope: editor.id }),
      assigned(roleIds.managedIdentityContributor, { principalId: 'harmless', scope: puller.id }),
      assigned(roleIds.acrPull, { principalId: 'puller' }),
    ]);
    const { principals } = accessWith(legacy, given, [pusher, editor, puller]);
    expect(principals.filter((one) => one.rights['edit-credentials']).map((one) => one.principalId)).toEqual([
      'editor',
      'far',
    ]);
  });

  test('who may assign the identity of a pusher to a workload can run as it; the identity itself gains nothing', () => {
    const id = `${groupId}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/pusher`;
    const pusher = { id, name: 'pusher', principalId: 'pusher', credentials: observed([]) };
    const given = roles(
      [
        assigned(roleIds.acrPush, { principalId: 'pusher' }),
        assigned('custom', { principalId: 'other', scope: id }),
        assigned(roleIds.managedIdentityOperator, { principalId: 'operator', scope: id }),
        assigned('custom', { principalId: 'limited', scope: groupId, condition: '?' }),
        assigned('custom', { principalId: 'pusher', scope: id }),
      ],
      [customRole({ actions: ['Microsoft.ManagedIdentity/userAssignedIdentities/assign/action'] })],
    );
    const held = accessWith(legacy, given, [pusher]).principals.map((one) => [one.principalId, one.rights]);
    expect(Object.fromEntries(held)).toEqual({
      limited: { 'assign-identity': 'conditional' },
      operator: { 'assign-identity': 'all' },
      other: { 'assign-identity': 'all' },
      pusher: { pull: 'all', push: 'all' },
    });
  });
});

describe('a condition on handing out roles, by the roles it names', () => {
  const by = (operator: string, ...ids: string[]) =>
    `((!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})) OR (@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ${operator} {${ids.join(', ')}}))`;
  const table: [string, string, 'all' | 'conditional' | undefined][] = [
    ['only Key Vault', by('ForAnyOfAnyValues:GuidEquals', roleIds.keyVaultSecretsUser), undefined],
    ['only pulling', by('ForAnyOfAnyValues:GuidEquals', roleIds.acrPull), undefined],
    ['pushing', by('ForAnyOfAnyValues:GuidEquals', roleIds.acrPush), 'all'],
    [
      'everything but the privileged',
      by('ForAnyOfAllValues:GuidNotEquals', roleIds.owner, roleIds.userAccessAdministrator, roleIds.rbacAdministrator),
      'all',
    ],
    [
      'a role whose definition nobody read',
      by('ForAnyOfAnyValues:GuidEquals', '00000000-0000-0000-0000-0000000000aa'),
      'conditional',
    ],
    ['an operator that nobody knows', by('GuidResembles', roleIds.acrPull), 'conditional'],
  ];
  test.each(table)('%s', (_, condition, extent) => {
    const held = rightsIn(legacy, roles([assigned(roleIds.rbacAdministrator, { condition })]));
    expect(held?.['assign-roles']).toBe(extent);
  });
});

test('whether ARM honours a condition on another control-plane action is not documented', () => {
  const condition = `!(ActionMatches{'${acrName}/registries/write'}) AND !(ActionMatches{'${acrName}/registries/delete'})`;
  expect(rightsIn(legacy, roles([assigned(roleIds.contributor, { condition })]))?.manage).not.toBeUndefined();
  const never = `!(ActionMatches{'${acrName}/*'})`;
  expect(rightsIn(legacy, roles([assigned(roleIds.contributor, { condition: never })]))?.manage).toBe('conditional');
});
