import { describe, expect, test } from 'vitest';
import { roleIds } from '../../src/facts/access/roles.ts';
import type { Command } from '../../src/model/command.ts';
import { observed } from '../../src/model/evidence.ts';
import type { FederatedCredential } from '../../src/model/facets/federated-credentials.ts';
import type { RoleAssignment } from '../../src/model/facets/role-assignments.ts';
import type { Task } from '../../src/model/facets/tasks.ts';
import type { RegistryEntry, Snapshot } from '../../src/model/snapshot.ts';
import { take } from '../../src/plan/rehearsal.ts';
import { app, apps } from '../apps.ts';
import { cluster, consumers } from '../clusters.ts';
import { command, docker, task } from '../facts/tasks/yaml.ts';
import { assigned, groupId, roles, subscriptionId } from '../roles.ts';
import { acr, registryId } from '../support.ts';

const id = (name: string) => `${registryId}/providers/Microsoft.Authorization/roleAssignments/${name}`;
const identity = `${groupId}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/deploy`;
const credential = (name: string, subject: string): FederatedCredential => ({
  id: `${identity}/federatedIdentityCredentials/${name}`,
  name,
  issuer: 'https://token.actions.githubusercontent.com',
  subject,
  expression: null,
  audiences: ['api://AzureADTokenExchange'],
});

/** A registry that one of each kind uses: a cluster, an app, a task, a pipeline, an app registration, a person. */
function tenant(more: {
  readonly roles?: readonly RoleAssignment[];
  readonly tasks?: readonly Task[];
  readonly credentials?: readonly FederatedCredential[];
  readonly mode?: 'LegacyRegistryPermissions' | 'AbacRepositoryPermissions';
}): Snapshot {
  const used = (roleId: string, principalId: string) => assigned(roleId, { principalId, id: id(principalId) });
  const { credentials = [credential('main', 'repo:org/app:ref:refs/heads/main')] } = more;
  const build = task('build', docker(), { identity: { type: 'SystemAssigned', principalId: 'job', userAssigned: [] } });
  const facets: RegistryEntry['facets'] = {
    registry: observed(
      acr({ roleAssignmentMode: more.mode ?? 'LegacyRegistryPermissions', loginServer: 'contoso.azurecr.io' }),
    ),
    tasks: observed(more.tasks ?? [build]),
  };
  return {
    schema: 'acr-audit/snapshot@1',
    tool: { name: 'acr-audit', version: '0.0.0' },
    collectedAt: '2026-11-23T02:00:00Z',
    cloud: { name: 'public', resourceManager: 'https://management.azure.com', registrySuffix: 'azurecr.io' },
    asked: { registries: [], groups: [], tags: [], subscriptions: [], managementGroup: null, optIns: [] },
    subscriptions: [
      {
        id: subscriptionId,
        name: null,
        registries: observed([registryId]),
        facets: {
          roleAssignments: observed(
            roles(
              more.roles ?? [
                used(roleIds.acrPull, 'kubelet-aks'),
                used(roleIds.acrPull, 'web'),
                used(roleIds.acrPush, 'job'),
                used(roleIds.acrPush, 'ci'),
                used(roleIds.acrPull, 'partner'),
                assigned(roleIds.acrPull, { principalId: 'ann', principalType: 'User', id: id('ann') }),
              ],
            ),
          ),
        },
      },
    ],
    registries: [{ id: registryId, name: 'contoso', subscription: subscriptionId, facets }],
    shared: {
      consumers: observed(consumers(cluster('aks'))),
      appConsumers: observed(apps(app())),
      federatedCredentials: observed({
        identities: [{ id: identity, name: 'deploy', principalId: 'ci', credentials: observed(credentials) }],
        searched: [],
      }),
    },
  };
}

const lost = (snapshot: Snapshot, step: Command) => {
  const taken = take(snapshot, registryId, step);
  return 'cutOff' in taken ? taken.cutOff : Object.keys(taken);
};
const unassign = (principal: string): Command => ({ kind: 'role.unassign', assignment: id(principal) });

describe('a plan names whom a step cuts off', () => {
  test.each<[string, string, readonly string[]]>([
    ['a cluster', 'kubelet-aks', ['cluster aks may pull contoso']],
    ['an app', 'web', ['container app web may pull contoso']],
    ['a task', 'job', ['task build (job) may pull contoso', 'task build (job) may push to contoso']],
    ['a pipeline', 'ci', ['identity deploy (ci) may pull contoso', 'identity deploy (ci) may push to contoso']],
    ['an app registration', 'partner', ['service principal partner may pull contoso']],
    ['a person', 'ann', ['user ann may pull contoso']],
  ])('%s', (_, principal, says) => {
    expect(lost(tenant({}), unassign(principal))).toEqual(says);
  });

  test('not where another role gives the same', () => {
    const both = tenant({
      roles: [
        assigned(roleIds.contributor, { id: id('wide') }),
        assigned(roleIds.acrPush, { id: id('narrow') }),
        assigned(roleIds.owner, { id: id('owner'), principalId: 'team', principalType: 'Group' }),
      ],
    });
    expect(lost(both, unassign('wide'))).toEqual(['snapshot']);
  });

  test('of a task, what its steps have no need of may go', () => {
    const starts = tenant({
      roles: [assigned(roleIds.contributor, { principalId: 'job', id: id('wide') })],
      tasks: [
        task('again', command('az acr task run --name x'), {
          identity: { type: 'SystemAssigned', principalId: 'job', userAssigned: [] },
        }),
      ],
    });
    expect(lost(starts, unassign('wide'))).toEqual(['snapshot']);
  });

  test('a pipeline by the last credential that can be used', () => {
    const [main, dead, next] = [
      credential('main', 'repo:org/app:pull_request'),
      credential('dead', 'main'),
      credential('next', 'repo:org/app:environment:prod'),
    ];
    const end = (one: FederatedCredential): Command => ({ kind: 'federatedCredential.delete', id: one.id });
    const says = ['a pipeline logs in as identity deploy'];
    expect(lost(tenant({ credentials: [main] }), end(main))).toEqual(says);
    expect(lost(tenant({ credentials: [main, dead] }), end(main))).toEqual(says);
    expect(lost(tenant({ credentials: [main, dead] }), end(dead))).toEqual(['snapshot']);
    expect(lost(tenant({ credentials: [dead] }), end(dead))).toEqual(['snapshot']);
    expect(lost(tenant({ credentials: [main, next] }), end(main))).toEqual(['snapshot']);
  });

  test('the switch of the permission mode is refused before that', () => {
    expect(take(tenant({}), registryId, { kind: 'acr.roleMode', mode: 'AbacRepositoryPermissions' })).toMatchObject({
      refusal: { by: 'tool', refused: expect.stringContaining('user ann could no longer pull') },
    });
  });
});
