import { describe, expect, test } from 'vitest';
import { applied as appliedOne, refusalOf } from '../../src/commands/table.ts';
import { renewed } from '../../src/commands/tokens.ts';
import { roleIds } from '../../src/facts/access/roles.ts';
import { credentialsOf } from '../../src/facts/access/tokens.ts';
import { dataPlaneCategories } from '../../src/facts/posture/logging.ts';
import type { Command } from '../../src/model/command.ts';
import { asMember } from '../../src/model/enums.ts';
import { observed } from '../../src/model/evidence.ts';
import type { DiagnosticSetting } from '../../src/model/facets/diagnostic-settings.ts';
import type { Lock } from '../../src/model/facets/locks.ts';
import type { RoleAssignment } from '../../src/model/facets/role-assignments.ts';
import type { Task } from '../../src/model/facets/tasks.ts';
import type { Token } from '../../src/model/facets/tokens.ts';
import { isCommand, type KnownFacts } from '../../src/model/step.ts';
import { app, apps } from '../apps.ts';
import { cluster, consumers } from '../clusters.ts';
import { command, docker, inGit, task } from '../facts/tasks/yaml.ts';
import {
  assigned,
  customRole,
  groupId,
  managementGroupId,
  roles,
  rolesWithoutDefinitions,
  subscriptionId,
} from '../roles.ts';
import { acr, registryId } from '../support.ts';
import { password, token } from '../tokens.ts';

/** Facts, a command, and what refuses it; `null`: nothing. */
type Row = readonly [string, KnownFacts, Command, RegExp | null];

const refused = (_: string, facts: KnownFacts, step: Command, says: RegExp | null): void => {
  const refusal = refusalOf(step, facts);
  if (says === null) expect(refusal).toBeNull();
  else expect(`${refusal?.code ?? refusal?.by}: ${refusal?.refused}`).toMatch(says);
};

const registry = acr({ roleAssignmentMode: 'LegacyRegistryPermissions', loginServer: 'contoso.azurecr.io' });
const id = (name: string, scope = registryId) => `${scope}/providers/Microsoft.Authorization/roleAssignments/${name}`;
const unassign = (assignment: string): Command => ({ kind: 'role.unassign', assignment });
const pulls: Command = { kind: 'role.assign', principal: 'ci', role: roleIds.acrPull, scope: '<registry-id>' };

describe('a second assignment of the same role to the same principal at the same scope', () => {
  const there = (changes: Partial<RoleAssignment>) => ({
    registry,
    roleAssignments: roles([assigned(roleIds.acrPull, changes)]),
  });
  test.each<Row>([
    ['is there', there({}), pulls, /^RoleAssignmentExists: /],
    [
      'is there in capitals',
      there({ principalId: 'CI', scope: registryId.toUpperCase() }),
      pulls,
      /^RoleAssignmentExists/,
    ],
    ['is there with a condition', there({ condition: '?' }), pulls, /^RoleAssignmentExists/],
    ['is of somebody else', there({ principalId: 'cd' }), pulls, null],
    ['is above', there({ scope: groupId }), pulls, null],
    ['is of another role', { registry, roleAssignments: roles([assigned(roleIds.acrPush)]) }, pulls, null],
  ])('%s', refused);
});

describe('a second diagnostic setting for the same place', () => {
  const create: Command = {
    kind: 'diagnostics.create',
    setting: 'acr-data-plane',
    workspace: '/w/law',
    categories: dataPlaneCategories,
  };
  const setting = (changes: Partial<DiagnosticSetting>): KnownFacts => ({
    registry,
    diagnosticSettings: [
      {
        id: 's',
        name: 'half',
        destinations: ['/w/law'],
        logs: [{ category: dataPlaneCategories[0] ?? '', group: null, enabled: true }],
        ...changes,
      },
    ],
  });
  test.each<Row>([
    ['sends one of the categories there', setting({}), create, /^Conflict: Data sink '\/w\/law' .*'half'/],
    ['sends it there in capitals', setting({ destinations: ['/W/LAW'] }), create, /^Conflict/],
    ['sends it elsewhere', setting({ destinations: ['/w/other'] }), create, null],
    [
      'sends it no more',
      setting({ logs: [{ category: dataPlaneCategories[0] ?? '', group: null, enabled: false }] }),
      create,
      null,
    ],
    [
      'sends what the other only lists as off',
      {
        registry,
        diagnosticSettings: [
          { id: 's', name: 'half', destinations: ['/w/law'], logs: [{ category: 'A', group: null, enabled: true }] },
          { id: 't', name: 'other', destinations: ['/w/law'], logs: null },
        ],
      },
      {
        kind: 'diagnostics.update',
        setting: 'other',
        logs: [
          { category: 'A', group: null, enabled: false },
          { category: 'B', group: null, enabled: true },
        ],
      },
      null,
    ],
    ['is the same setting', setting({ name: 'ACR-data-plane' }), create, null],
  ])('%s', refused);
});

describe('a lock', () => {
  const lock = (level: string, scope: string): KnownFacts => ({
    registry,
    roleAssignments: roles([assigned(roleIds.acrPush, { id: id('a') })]),
    locks: [{ id: `${scope}/l`, name: 'l', scope, level: asMember('lockLevel', level) } satisfies Lock],
  });
  test.each<Row>([
    [
      'of the registry refuses a deletion below it',
      lock('CanNotDelete', registryId),
      unassign(id('a')),
      /^ScopeLocked: .*delete operation/,
    ],
    ['of the group does', lock('CanNotDelete', groupId.toUpperCase()), unassign(id('a')), /^ScopeLocked/],
    ['of the subscription does', lock('CanNotDelete', subscriptionId), unassign(id('a')), /^ScopeLocked/],
    ['against deletion takes an assignment', lock('CanNotDelete', groupId), pulls, null],
    ['against writing takes none', lock('ReadOnly', groupId), pulls, /^ScopeLocked: .*write operation/],
    ['of another group is in nobody’s way', lock('CanNotDelete', `${groupId}-2`), unassign(id('a')), null],
    ['of a task does not reach the registry', lock('CanNotDelete', `${registryId}/tasks/t`), unassign(id('a')), null],
  ])('%s', refused);
});

describe('the last who hands out roles', () => {
  const owners = (...all: readonly RoleAssignment[]): KnownFacts => ({ registry, roleAssignments: roles(all) });
  const own = assigned(roleIds.owner, { id: id('own') });
  const other = (roleId: string, changes: Partial<RoleAssignment> = {}) =>
    assigned(roleId, { principalId: 'team', principalType: 'Group', id: id('other'), ...changes });
  const delegation =
    "((!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})) OR (@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {7f951dda-4ed3-4680-a7ca-43fe172d538d}))";
  test.each<Row>([
    [
      'stays',
      owners(own),
      unassign(id('own')),
      /^tool: somebody else must be Owner: after service principal ci nobody/,
    ],
    ['stays beside a Contributor', owners(own, other(roleIds.contributor)), unassign(id('own')), /^tool/],
    [
      'stays beside who hands out a pull',
      owners(own, other(roleIds.rbacAdministrator, { condition: delegation })),
      unassign(id('own')),
      /^tool/,
    ],
    ['goes where another is', owners(own, other(roleIds.owner)), unassign(id('own')), null],
    [
      'goes where one is above',
      owners(own, other(roleIds.userAccessAdministrator, { scope: managementGroupId })),
      unassign(id('own')),
      null,
    ],
    [
      'stays, by principal and role as well',
      owners(own),
      { kind: 'role.revoke', principal: 'ci', role: roleIds.owner, scope: '<registry-id>' },
      /^tool/,
    ],
    ['may lose another role', owners(own, assigned(roleIds.acrPush, { id: id('push') })), unassign(id('push')), null],
  ])('%s', refused);
});

describe('a password that clients may use', () => {
  const now = '2026-11-23T02:00:00.000Z';
  const tomorrow = '2026-11-24T02:00:00.000Z';
  const yesterday = '2026-11-22T02:00:00.000Z';
  const facts = (passwords: Token['passwords'], status: 'enabled' | 'disabled' = 'enabled'): KnownFacts => ({
    registry,
    tokens: [token('ci', { passwords, status })],
  });
  const end = { kind: 'token.password.delete', token: 'ci', password: 'password1', now } as const;
  const again = { kind: 'token.password.generate', token: 'ci', password: 'password1', days: 30, now } as const;
  test.each<Row>([
    [
      'is the only one, and deleted',
      facts([password('password1', null)]),
      end,
      /^tool: make password2 of token ci, move its clients to it/,
    ],
    ['is the only one, and made anew', facts([password('password1', null)]), again, /^tool: make password2/],
    [
      'is deleted while the other has ended',
      facts([password('password1', tomorrow), password('password2', yesterday)]),
      end,
      /^tool/,
    ],
    [
      'is deleted while nobody knows the other’s end',
      facts([password('password1', null), password('password2', 'x')]),
      end,
      /^tool/,
    ],
    [
      'is deleted while the other works',
      facts([password('password1', null), password('password2', tomorrow)]),
      end,
      null,
    ],
    ['has ended', facts([password('password1', yesterday)]), end, null],
    ['is of a token that is off', facts([password('password1', null)], 'disabled'), end, null],
    ['is not there yet', facts([password('password2', null)]), again, null],
  ])('%s', refused);

  test.each<[string, Token['passwords']]>([
    ['one endless', [password('password1', null)]],
    ['one endless, the other ended', [password('password1', null), password('password2', yesterday)]],
    ['one endless, the other unclear', [password('password1', null), password('password2', 'x')]],
    ['both endless', [password('password1', null), password('password2', null)]],
    ['the second endless', [password('password2', null), password('password1', tomorrow)]],
  ])('is renewed in an order that is not refused: %s', (_, passwords) => {
    const its = token('ci', { passwords });
    const [held] = credentialsOf({ enabled: [{ token: its, index: 0 }] } as unknown as Parameters<
      typeof credentialsOf
    >[0]);
    const steps = (held ? renewed(held, 90, now) : []).filter(isCommand);
    expect(steps.length).toBeGreaterThan(0);
    let known = facts(passwords);
    for (const step of steps) {
      expect(refusalOf(step, known)).toBeNull();
      known = appliedOne(step, known);
    }
  });
});

describe('the switch to permissions by repository, before everybody has a role of that mode', () => {
  const to: Command = { kind: 'acr.roleMode', mode: 'AbacRepositoryPermissions' };
  const role = (roleId: string, changes: Partial<RoleAssignment> = {}) => assigned(roleId, changes);
  const facts = (
    assignments: readonly RoleAssignment[],
    more: KnownFacts = {},
    ...definitions: Parameters<typeof roles>[1] extends readonly (infer D)[] | undefined ? D[] : never
  ): KnownFacts => ({ registry, roleAssignments: roles(assignments, definitions), tasks: [], ...more });
  const system = { type: 'SystemAssigned', principalId: 'job', userAssigned: [] };
  const tasks = (...all: readonly Task[]): KnownFacts => facts([], { tasks: all });
  const pipeline = {
    federatedCredentials: {
      identities: [{ id: `${groupId}/ci`, name: 'deploy', principalId: 'ci', credentials: observed([]) }],
      searched: [],
    },
  };
  const acrName = 'Microsoft.ContainerRegistry/registries';
  test.each<Row>([
    ['nobody pulls or pushes', facts([]), to, null],
    [
      'a cluster pulls',
      facts([role(roleIds.acrPull, { principalId: 'kubelet-aks' })], { consumers: consumers(cluster('aks')) }),
      to,
      /^tool: kubelet identity of aks \(kubelet-aks\) could no longer pull/,
    ],
    [
      'an app pulls',
      facts([role(roleIds.acrPull, { principalId: 'web' })], { appConsumers: apps(app()) }),
      to,
      /container app web .*pull/,
    ],
    [
      'an app logs in as the admin user, and gets a role while the switch is on its way',
      facts([], { appConsumers: apps(app({}, { by: 'password', userName: 'contoso' })) }),
      to,
      /container app web logs in as the admin user/,
    ],
    [
      'an app logs in by a token',
      facts([], { appConsumers: apps(app({}, { by: 'password', userName: 'ci' })) }),
      to,
      null,
    ],
    [
      'a pipeline pushes',
      facts([role(roleIds.acrPush)], pipeline),
      to,
      /identity deploy \(ci\) could no longer pull and push/,
    ],
    [
      'an app registration pushes by Contributor of the subscription',
      facts([role(roleIds.contributor, { scope: subscriptionId })]),
      to,
      /service principal ci .*pull and push/,
    ],
    [
      'a person pulls by Reader of a management group',
      facts([role(roleIds.reader, { principalType: 'User', scope: managementGroupId })]),
      to,
      /user ci could no longer pull/,
    ],
    ['a group pushes', facts([role(roleIds.owner, { principalType: 'Group' })]), to, /group ci .*push/],
    [
      'an own role pulls',
      facts([role('custom')], {}, customRole({ actions: [`${acrName}/pull/read`] })),
      to,
      /could no longer pull/,
    ],
    ['somebody deletes', facts([role(roleIds.acrDelete)]), to, /could no longer delete/],
    [
      'a role could not be read',
      { ...facts([]), roleAssignments: rolesWithoutDefinitions(role('custom')) },
      to,
      /role of service principal ci .* could not be read/,
    ],
    ['the roles were not read', { registry, tasks: [] }, to, /who pulls and pushes by which role is not known/],
    ['the tasks were not read', { registry, roleAssignments: roles([]) }, to, /which tasks there are is not known/],
    [
      'a task has no source identity',
      tasks(task('build', docker())),
      to,
      /task build would fail: it needs an identity/,
    ],
    [
      'the identity of a task has no role',
      tasks(task('build', docker(), { identity: system, sourceRegistryIdentity: '[system]' })),
      to,
      /task build would fail: it needs a role/,
    ],
    [
      'a definition in git may push',
      facts([role(roleIds.repositoryReader, { principalId: 'job' })], {
        tasks: [task('git', inGit(), { identity: system, sourceRegistryIdentity: '[system]' })],
      }),
      to,
      /task git .*a role/,
    ],
    [
      'Azure does not tell the identity of a task',
      tasks(task('build', docker(), { sourceRegistryIdentity: '11111111-1111-1111-1111-111111111111' })),
      to,
      /task build .*a principal/,
    ],
    [
      'continuous patching is there',
      tasks(task('cssc-scan-image', command('az acr task run --name x'))),
      to,
      /cssc-scan-image .*another registry/,
    ],
    ['a task is off', tasks(task('build', docker(), { status: 'Disabled' })), to, null],
    [
      'only a reader’s role came for who pushes',
      facts([role(roleIds.acrPush), role(roleIds.repositoryReader, { scope: groupId })]),
      to,
      /could no longer push/,
    ],
    [
      'its new role is below the registry',
      facts([role(roleIds.acrPull), role(roleIds.repositoryReader, { scope: `${registryId}/x` })]),
      to,
      /could no longer pull/,
    ],
    [
      'everybody has a role',
      facts(
        [
          role(roleIds.acrPull, { principalId: 'kubelet-aks' }),
          role(roleIds.repositoryReader, { principalId: 'kubelet-aks', scope: groupId }),
          role(roleIds.contributor, { scope: subscriptionId }),
          role(roleIds.repositoryWriter),
          role(roleIds.acrDelete, { principalId: 'job' }),
          role(roleIds.repositoryContributor, { principalId: 'job' }),
        ],
        { tasks: [task('build', docker(), { identity: system, sourceRegistryIdentity: '[system]' })] },
      ),
      to,
      null,
    ],
    ['the registry is in that mode', { registry: acr({ roleAssignmentMode: 'AbacRepositoryPermissions' }) }, to, null],
    [
      'back again, where somebody has only a role by repository',
      {
        registry: acr({ roleAssignmentMode: 'AbacRepositoryPermissions' }),
        roleAssignments: roles([role(roleIds.repositoryWriter)]),
        tasks: [],
      },
      { kind: 'acr.roleMode', mode: 'LegacyRegistryPermissions' },
      /could no longer pull and push/,
    ],
  ])('%s', refused);
});
