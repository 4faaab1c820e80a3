import { describe, expect, test } from 'vitest';
import { roleIds } from '../../src/facts/access/roles.ts';
import { denied, observed } from '../../src/model/evidence.ts';
import { accessJson, renderAccess } from '../../src/report/access.ts';
import { page, user } from '../access-page.ts';
import { docker, task } from '../facts/tasks/yaml.ts';
import { assigned, groupId, managementGroupId, roles, rolesWithoutDefinitions, subscriptionId } from '../roles.ts';
import { registryId } from '../support.ts';

const style = { colorLevel: 0, width: 120 } as const;

describe('the page of who can do what', () => {
  test('sets people and workloads apart, widest first, with role and scope', () => {
    const { people, workloads, untold } = page(
      roles([
        user('ann', roleIds.reader, subscriptionId),
        user('bob', roleIds.owner, managementGroupId),
        user('cid', roleIds.contributor, groupId),
        assigned(roleIds.acrPush, { principalId: 'ci' }),
        assigned(roleIds.acrPull, { principalId: 'kubelet-aks', principalType: null }),
        assigned(roleIds.acrPull, { principalId: 'who', principalType: null }),
      ]),
    );
    expect(people.map(({ principalId }) => principalId)).toEqual(['bob', 'cid', 'ann']);
    expect(workloads.map(({ principalId, name }) => [principalId, name])).toEqual([
      ['ci', null],
      ['kubelet-aks', 'kubelet identity of aks'],
    ]);
    expect(untold.map(({ principalId }) => principalId)).toEqual(['who']);
    expect(people[0]?.grants).toMatchObject([{ roleName: 'Owner', scope: managementGroupId }]);
  });

  test('lists every way in, the one from furthest above first', () => {
    const { people } = page(
      roles([user('ann', roleIds.acrPull, registryId), user('ann', roleIds.reader, subscriptionId)]),
    );
    expect(people.map(({ grants }) => grants.map(({ roleName }) => roleName))).toEqual([['Reader', 'AcrPull']]);
  });

  test('names those whose role gives them nothing here', () =>
    expect(page(roles([user('ann', roleIds.repositoryReader, registryId)]))).toMatchObject({
      people: [],
      powerless: [{ principalId: 'ann', grants: [{ roleName: 'Container Registry Repository Reader' }] }],
    }));

  test('says what could not be seen, with the action that is missing', () => {
    const missing = [{ action: 'Microsoft.ContainerRegistry/registries/tokens/read', scope: registryId }];
    const { unseen } = page(rolesWithoutDefinitions(assigned('custom')), { tokens: denied('may not', missing) });
    expect(unseen).toMatchObject([
      { what: 'tokens', missing },
      {
        what: 'role custom of service principal ci',
        missing: [{ action: 'Microsoft.Authorization/roleDefinitions/read' }],
      },
    ]);
  });
});

describe('in a terminal', () => {
  const text = renderAccess(
    page(roles([user('ann', roleIds.owner, '/'), assigned(roleIds.acrPush, { condition: '?' })])),
    style,
  );

  test('every principal stands with what it can and by which role at which scope', () => {
    expect(text).toMatch(/│ ann · user +│\n.*\n│ give roles to anybody; +│ Owner at the root of the tenant/);
    expect(text).toMatch(/│ push \(as far as its condition lets it\);.*│ AcrPush at the registry, under a condition/);
  });

  test('a right to something else stands as what it does to images, on a line of its own', () => {
    expect(text).toMatch(/│ make itself a token that pushes and deletes; +│/);
    expect(text).toMatch(/│ push through tasks; +│/);
    expect(text).not.toMatch(/mint-tokens|edit-tasks|edit-pipelines|edit-cache-rules/);
  });

  test('a detour under a condition says so', () =>
    expect(renderAccess(page(roles([assigned(roleIds.tasksContributor, { condition: '?' })])), style)).toMatch(
      /│ push through tasks \(as far as its condition.*\n│ lets it\) /,
    ));

  test('who may write a credential of an identity that pushes can log in as it', () => {
    const id = `${groupId}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/pusher`;
    const shown = page(
      roles([
        assigned(roleIds.acrPush, { principalId: 'pusher' }),
        user('ann', roleIds.managedIdentityContributor, id),
      ]),
      {},
      {
        federatedCredentials: observed({
          identities: [{ id, name: 'pusher', principalId: 'pusher', credentials: observed([]) }],
          searched: [],
        }),
      },
    );
    expect(shown.people).toMatchObject([{ principalId: 'ann', rights: { 'edit-credentials': 'all' } }]);
    expect(renderAccess(shown, style)).toMatch(/log in as an identity/);
  });

  test('what needs no name of its own is told too', () => {
    expect(text).toContain('The admin account is on');
    expect(text).toContain("Azure's answer does not say whether anybody pulls without logging in");
  });

  test('whoever holds a role that gives nothing here stands with that role', () =>
    expect(renderAccess(page(roles([user('ann', roleIds.repositoryReader, registryId)])), style)).toContain(
      'user ann: Container Registry Repository Reader at the registry',
    ));

  test('a task is known by its name', () =>
    expect(
      renderAccess(
        page(roles([assigned(roleIds.acrPush, { principalId: 'task-id' })]), {
          tasks: observed([
            task('build', docker(), { identity: { type: 'SystemAssigned', principalId: 'TASK-ID', userAssigned: [] } }),
          ]),
        }),
        style,
      ),
    ).toContain('task build'));

  test('a name cannot steer the terminal', () =>
    expect(renderAccess(page(roles([user('\u001b[2Jann', roleIds.owner, '/')])), style)).not.toContain('\u001b'));
});

test('as JSON it is the page itself', () => {
  const made = page(roles([user('ann', roleIds.owner, '/')]));
  expect(JSON.parse(accessJson(made))).toEqual(JSON.parse(JSON.stringify(made)));
});
