import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import federatedSubjectsExact from '../../checks/identity/federated-subjects-exact.ts';
import { insteadOf, withNarrowerRole } from '../../src/commands/rights-steps.ts';
import { applied } from '../../src/commands/table.ts';
import { accessTo, accessUnder } from '../../src/facts/access/access.ts';
import { grantsAction } from '../../src/facts/access/actions.ts';
import { rolesAround } from '../../src/facts/access/around.ts';
import { registryRoles } from '../../src/facts/access/ineffective.ts';
import { builtInRoles, roleIds } from '../../src/facts/access/roles.ts';
import { covers } from '../../src/facts/access/scopes.ts';
import { doesTooMuch } from '../../src/facts/access/workloads.ts';
import { notCollected, observed } from '../../src/model/evidence.ts';
import type { RoleAssignments, RoleDefinition } from '../../src/model/facets/role-assignments.ts';
import type { Task } from '../../src/model/facets/tasks.ts';
import { isCommand, type KnownFacts, type Step } from '../../src/model/step.ts';
import { cluster, consumers } from '../clusters.ts';
import { command, docker, inGit, task } from '../facts/tasks/yaml.ts';
import { assigned, customRole, groupId, onRepositories, roles, subscriptionId } from '../roles.ts';
import { acr, registryId } from '../support.ts';

test('a flawed credential is shown by the names of its own identity, in its own subscription', () => {
  const id = '/subscriptions/hub/resourceGroups/rg-ci/providers/Microsoft.ManagedIdentity/userAssignedIdentities/ci';
  const credential = {
    id: `${id}/federatedIdentityCredentials/pr`,
    name: 'pr',
    issuer: 'https://token.actions.githubusercontent.com',
    subject: 'repo:org/app:pull_request',
    expression: null,
    audiences: ['api://AzureADTokenExchange'],
  };
  const given = {
    registry: acr({ roleAssignmentMode: 'LegacyRegistryPermissions' }),
    roleAssignments: roles([assigned(roleIds.acrPush)]),
    federatedCredentials: {
      identities: [{ id, name: 'ci', principalId: 'ci', credentials: observed([credential]) }],
      searched: [],
    },
    consumers: observed(consumers()),
    appConsumers: notCollected('not asked'),
    tasks: observed([]),
  };
  expect(federatedSubjectsExact.evaluate(given as never, { cloud: { name: 'public' } } as never)).toMatchObject({
    verdict: 'fail',
    confirm: [expect.stringMatching(/--identity-name ci --resource-group rg-ci --subscription hub/)],
  });
});

const acrName = 'Microsoft.ContainerRegistry/registries';
const modes = ['LegacyRegistryPermissions', 'AbacRepositoryPermissions'] as const;

/** Every action that a role that we know names, and some that only a wildcard gives. */
const actionsOf = (list: 'actions' | 'dataActions') =>
  [
    ...new Set([
      ...builtInRoles.flatMap(({ permissions }) => permissions.flatMap((one) => one[list])),
      ...['push/write', 'pull/read', 'artifacts/delete', 'webhooks/write', 'sign/write'].map(
        (one) => `${acrName}/${one}`,
      ),
    ]),
  ].filter((action) => !action.includes('*'));
const universe = [
  ...actionsOf('actions').map((action) => ['control', action] as const),
  ...actionsOf('dataActions').map((action) => ['data', action] as const),
];

/** What a principal may do on the registry, by whatever role, under a condition or not. */
function held({ assignments, definitions }: RoleAssignments, principal: string): ReadonlySet<string> {
  const known = [...(definitions.state === 'observed' ? definitions.value : []), ...builtInRoles];
  const own = assignments.filter((one) => one.principalId === principal && covers(one.scope, registryId));
  return new Set(
    universe.flatMap(([plane, action]) =>
      own.some(({ roleId }) => grantsAction(known.find(({ id }) => id === roleId)?.permissions ?? [], plane, action))
        ? [action]
        : [],
    ),
  );
}

const patterns = fc.subarray(
  [...actionsOf('actions'), '*', '*/read', `${acrName}/*`, `${acrName}/*/write`, `${acrName}/pu*`, '*/write'],
  { maxLength: 4 },
);
const dataPatterns = fc.subarray([...actionsOf('dataActions'), `${acrName}/repositories/*`, '*'], { maxLength: 3 });
const ownRole = fc
  .record({ actions: patterns, notActions: patterns, dataActions: dataPatterns, notDataActions: dataPatterns })
  .map((granted) => customRole(granted));
const anyRole: fc.Arbitrary<RoleDefinition> = fc.oneof(ownRole, fc.constantFrom(...builtInRoles));
const anyTasks: fc.Arbitrary<readonly Task[]> = fc
  .subarray(
    [docker(), inGit(), command('az acr task run --name x'), command("acr purge --filter 'app:^v' --ago 30d")],
    {
      maxLength: 2,
    },
  )
  .map((steps) =>
    steps.map((step, index) =>
      task(`t${index}`, step, { identity: { type: 'SystemAssigned', principalId: 'ci', userAssigned: [] } }),
    ),
  );
const anybody = fc.record({
  mode: fc.constantFrom(...modes),
  given: fc.array(
    fc.record({
      role: anyRole,
      scope: fc.constantFrom(registryId, registryId, groupId, subscriptionId),
      condition: fc.constantFrom(null, null, onRepositories("StringEquals 'app'", 'content/read'), '?'),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  tasks: fc.oneof(fc.constant([]), anyTasks),
  isKubelet: fc.boolean(),
});

type Drawn = typeof anybody extends fc.Arbitrary<infer T> ? T : never;

function tenantOf({ mode, given, tasks, isKubelet }: Drawn) {
  const registry = acr({ roleAssignmentMode: mode });
  const definitions = given.map(({ role }, index) => (role.custom ? { ...role, id: `own${index}` } : role));
  const owner = assigned(roleIds.owner, { principalId: 'team', principalType: 'Group', scope: subscriptionId });
  const roleAssignments = roles(
    [
      owner,
      ...given.map(({ scope, condition }, index) =>
        assigned(definitions[index]?.id ?? '', {
          id: `${scope}/providers/Microsoft.Authorization/roleAssignments/a${index}`,
          principalId: isKubelet ? 'kubelet-aks' : 'ci',
          scope,
          condition,
        }),
      ),
    ],
    definitions,
  );
  const seen = observed(consumers(...(isKubelet ? [cluster('aks')] : [])));
  const around = rolesAround(
    registry,
    roleAssignments,
    seen,
    observed({ identities: [], searched: [] }),
    observed(tasks),
  );
  return { registry, roleAssignments, around, consumers: seen };
}

const run = (facts: KnownFacts, steps: readonly Step[]): KnownFacts =>
  steps.filter(isCommand).reduce((before, step) => applied(step, before), facts);

describe('the fix of a role that is too wide', () => {
  const allowed = (drawn: Drawn): void => {
    const { registry, roleAssignments, around } = tenantOf(drawn);
    const principal = drawn.isKubelet ? 'kubelet-aks' : 'ci';
    const before = held(roleAssignments, principal);
    let facts: KnownFacts = { registry, roleAssignments };
    for (const role of around.held.filter(doesTooMuch))
      for (const step of withNarrowerRole(role, registry, around.access, around.tasks)) {
        facts = run(facts, [step]);
        const now = held(facts.roleAssignments ?? roleAssignments, principal);
        expect([...now].filter((action) => !before.has(action))).toEqual([]);
      }
  };

  test('lets nobody do what they could not do, whatever they hold', () => {
    for (const role of builtInRoles)
      for (const mode of modes)
        for (const isKubelet of [false, true])
          allowed({ mode, isKubelet, tasks: [], given: [{ role, scope: registryId, condition: null }] });
    fc.assert(fc.property(anybody, allowed), { numRuns: 120 });
  });

  test('takes no pull and no push from whoever has both, whichever of its roles go', () => {
    fc.assert(
      fc.property(anybody, (drawn) => {
        const { registry, roleAssignments, around } = tenantOf({ ...drawn, tasks: [] });
        const rights = (known: RoleAssignments) =>
          accessUnder(registry, known, []).principals.find(({ principalId }) => principalId !== 'team')?.rights ?? {};
        const before = rights(roleAssignments);
        const wide = around.held.filter(doesTooMuch);
        fc.pre(before.pull === 'all' && wide.length > 0);
        let facts: KnownFacts = { registry, roleAssignments };
        for (const step of wide.flatMap((role) => withNarrowerRole(role, registry, around.access, []))) {
          // Where it takes a person to give the new role, the person is told of it before anything is taken.
          if (step.kind === 'manual' && /custom role|Decide/.test(step.text)) return;
          facts = run(facts, [step]);
          const now = rights(facts.roleAssignments ?? roleAssignments);
          expect(now.pull).toBe('all');
          if (!drawn.isKubelet && before.push === 'all') expect(now.push).toBe('all');
        }
      }),
      { numRuns: 120 },
    );
  });

  const fixOf = (
    definition: RoleDefinition,
    mode: (typeof modes)[number],
    more: Partial<Parameters<typeof assigned>[1]> = {},
  ) => {
    const registry = acr({ roleAssignmentMode: mode });
    const roleAssignments = roles([assigned('custom', more)], [definition]);
    const seen = observed(consumers());
    const { held: all, access } = rolesAround(
      registry,
      roleAssignments,
      seen,
      observed({ identities: [], searched: [] }),
      undefined,
    );
    return all.filter(doesTooMuch).flatMap((role) => withNarrowerRole(role, registry, access, []));
  };
  const wide = [`${acrName}/write`];
  test.each<[string, RoleDefinition, (typeof modes)[number], RegExp]>([
    [
      'a role that pushes and does not pull',
      customRole({ actions: [`${acrName}/push/write`, ...wide] }),
      'LegacyRegistryPermissions',
      /^Give service principal ci a custom role of Microsoft.ContainerRegistry\/registries\/push\/write and no more.*AcrPush would let it do more/,
    ],
    [
      'a role that does everything but pull',
      customRole({ actions: [`${acrName}/*`], notActions: [`${acrName}/pull/read`] }),
      'LegacyRegistryPermissions',
      /a custom role of Microsoft.ContainerRegistry\/registries\/push\/write and no more/,
    ],
    [
      'a role that reads content and no metadata, in ABAC mode',
      customRole({ actions: wide, dataActions: [`${acrName}/repositories/content/read`] }),
      'AbacRepositoryPermissions',
      /a custom role of Microsoft.ContainerRegistry\/registries\/repositories\/content\/read and no more/,
    ],
    [
      'a role that only deletes, in ABAC mode',
      customRole({ actions: wide, dataActions: [`${acrName}/repositories/content/delete`] }),
      'AbacRepositoryPermissions',
      /a custom role of Microsoft.ContainerRegistry\/registries\/repositories\/content\/delete and no more/,
    ],
  ])('%s is replaced by a person', (_, role, mode, says) => {
    const [first] = fixOf(role, mode);
    expect(first?.kind).toBe('manual');
    expect(first?.kind === 'manual' && first.text).toMatch(says);
  });

  test('two wide roles do not each count on the other', () => {
    const registry = acr({ roleAssignmentMode: 'LegacyRegistryPermissions' });
    const two = roles([
      assigned(roleIds.contributor, { id: `${registryId}/providers/Microsoft.Authorization/roleAssignments/a` }),
      assigned(roleIds.owner, { id: `${registryId}/providers/Microsoft.Authorization/roleAssignments/b` }),
      assigned(roleIds.owner, { principalId: 'team', principalType: 'Group', scope: subscriptionId }),
    ]);
    const { held: all, access } = rolesAround(
      registry,
      two,
      observed(consumers()),
      observed({ identities: [], searched: [] }),
      undefined,
    );
    const steps = all.filter(doesTooMuch).flatMap((role) => withNarrowerRole(role, registry, access, []));
    const { roleAssignments = two } = run({ registry, roleAssignments: two }, steps);
    expect(accessTo(registry, roleAssignments).principals.find((one) => one.principalId === 'ci')?.rights).toEqual({
      pull: 'all',
      push: 'all',
    });
  });
});

describe('a role in place of one that does nothing in this mode', () => {
  test('is for the same operations', () => {
    fc.assert(
      fc.property(anyRole, fc.constantFrom(...modes), (role, mode) => {
        const registry = acr({ roleAssignmentMode: mode });
        const definition = role.custom ? { ...role, id: 'own' } : role;
        const roleAssignments = roles([assigned(definition.id)], [definition]);
        const other = modes.find((one) => one !== mode) ?? mode;
        const before = accessTo(registry, roleAssignments).principals[0]?.rights ?? {};
        const meant = accessTo(acr({ roleAssignmentMode: other }), roleAssignments).principals[0]?.rights ?? {};
        for (const dead of registryRoles(registry, accessTo(registry, roleAssignments), [])) {
          if (dead.effect !== 'none') continue;
          const facts = run({ registry, roleAssignments }, insteadOf(dead, mode));
          const now = accessTo(registry, facts.roleAssignments ?? roleAssignments).principals[0]?.rights ?? {};
          for (const right of ['pull', 'push', 'delete'] as const)
            if (meant[right] === undefined && before[right] === undefined) expect(now[right]).toBeUndefined();
        }
      }),
      { numRuns: 120 },
    );
  });

  test('a role for everything gets everything it was meant for', () => {
    const registry = acr({ roleAssignmentMode: 'LegacyRegistryPermissions' });
    const [dead] = registryRoles(registry, accessTo(registry, roles([assigned(roleIds.repositoryContributor)])), []);
    expect(
      dead && insteadOf(dead, 'LegacyRegistryPermissions').map((step) => step.kind === 'role.assign' && step.role),
    ).toEqual([roleIds.acrPush, roleIds.acrDelete]);
  });
});
