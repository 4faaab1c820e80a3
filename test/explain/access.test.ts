import { describe, expect, test } from 'vitest';
import { roleIds } from '../../src/facts/access/roles.ts';
import { asMember } from '../../src/model/enums.ts';
import { denied, notCollected, observed } from '../../src/model/evidence.ts';
import type { EligibleRole } from '../../src/model/facets/eligible-roles.ts';
import type { RoleAssignment, RoleDefinition } from '../../src/model/facets/role-assignments.ts';
import { renderAccess } from '../../src/report/access.ts';
import { page, user } from '../access-page.ts';
import { deny, everybody } from '../denies.ts';
import { assigned, customRole, groupId, onRepositories, roles, subscriptionId } from '../roles.ts';
import { acr, registryId } from '../support.ts';
import { password, scopeMap, syncMap, token } from '../tokens.ts';

const style = { colorLevel: 0, width: 80 } as const;
const abac = { registry: observed(acr({ roleAssignmentMode: 'AbacRepositoryPermissions', adminUserEnabled: false })) };
const legacy = {
  registry: observed(acr({ roleAssignmentMode: 'LegacyRegistryPermissions', adminUserEnabled: false })),
};
const principal = (id: string, type = 'ServicePrincipal') => ({ id, type: asMember('principalType', type) });

describe('a deny assignment wins over every role', () => {
  const denying = (...denies: Parameters<typeof deny>[0][]) =>
    page(roles([assigned(roleIds.acrPush)]), legacy, {}, { denyAssignments: observed(denies.map(deny)) });

  test('what it takes is not held: it is denied, by which and to whom', () => {
    const shown = denying({ actions: ['*/push/write'] });
    expect(shown.workloads).toMatchObject([
      {
        rights: { pull: 'all' },
        can: ['pull'],
        denied: [{ what: 'push', by: ['deny assignment stack at the registry'], doubt: null }],
      },
    ]);
    expect(shown.denies).toMatchObject([
      { name: 'stack', where: 'the registry', denies: ['*/push/write', '*'], whom: ['everybody'], excluded: [] },
    ]);
    const text = renderAccess(shown, style);
    expect(text).toMatch(/denied: push, by deny/);
    expect(text).toMatch(
      /Deny assignments, which win over every role\n {2}- stack at the registry denies \*\/push\/write/,
    );
    expect(text).toMatch(/Azure Lighthouse delegations/);
  });

  test('whoever has nothing left stands with what is denied, not under those without rights', () => {
    const shown = denying({});
    expect(shown.workloads).toMatchObject([{ rights: {}, denied: [{ what: 'push' }, { what: 'pull' }] }]);
    expect(shown.powerless).toEqual([]);
  });

  const table: [string, Parameters<typeof deny>[0], { readonly [right: string]: string }][] = [
    ['who is excluded keeps what it has', { excluded: [principal('ci')] }, { pull: 'all', push: 'all' }],
    ['somebody else excluded changes nothing', { excluded: [principal('other')] }, {}],
    ['one for somebody else changes nothing', { principals: [principal('other')] }, { pull: 'all', push: 'all' }],
    [
      'one for a group may be for it',
      { principals: [principal('g', 'Group')] },
      { pull: 'conditional', push: 'conditional' },
    ],
    ['what it spares stays', { notActions: ['*/pull/read'] }, { pull: 'all' }],
    [
      'one at the group alone does not reach the registry',
      { scope: groupId, onlyAtScope: true },
      { pull: 'all', push: 'all' },
    ],
    ['one at the group reaches the registry', { scope: groupId }, {}],
    ['one that only audits denies nothing', { effect: 'Audit' }, { pull: 'all', push: 'all' }],
    ['one of data actions alone leaves the older mode as it is', { actions: [] }, { pull: 'all', push: 'all' }],
  ];
  for (const [what, change, rights] of table)
    test(what, () => expect(denying(change).workloads[0]?.rights).toEqual(rights));

  test('in ABAC mode data actions count', () =>
    expect(
      page(
        roles([assigned(roleIds.repositoryWriter)]),
        abac,
        {},
        {
          denyAssignments: observed([deny({ actions: [], dataActions: ['*/content/write'] })]),
        },
      ).workloads,
    ).toMatchObject([{ rights: { pull: 'all' }, denied: [{ what: 'push' }] }]));

  test('where it is not sure, the right is held perhaps, and why not surely', () => {
    const shown = denying({ principals: [principal('g', 'Group')] });
    expect(shown.workloads[0]?.can).toEqual([
      'push (if no deny assignment takes it)',
      'pull (if no deny assignment takes it)',
    ]);
    expect(shown.workloads[0]?.denied).toMatchObject([
      { what: 'push', doubt: 'it is for a group, and who is in it is not told' },
      { what: 'pull' },
    ]);
  });

  test('minting a token takes two actions: one of them denied is enough', () =>
    expect(
      page(
        roles([assigned('custom')], [customRole({ actions: ['*/tokens/write', '*/generateCredentials/action'] })]),
        legacy,
        {},
        { denyAssignments: observed([deny({ actions: ['*/generateCredentials/action'] })]) },
      ).workloads,
    ).toMatchObject([{ rights: {}, denied: [{ what: 'make itself a token that pushes and deletes' }] }]));

  test('a new password of a token that pushes is a way to push, as long as nothing denies it', () => {
    const given = roles([assigned('custom')], [customRole({ actions: ['*/generateCredentials/action'] })]);
    const facets = {
      ...legacy,
      tokens: observed([token('ci')]),
      scopeMaps: observed([scopeMap('ci', 'repositories/app/content/write')]),
    };
    const denies = { denyAssignments: observed([deny({ actions: ['*/generateCredentials/action'] })]) };
    expect(page(given, facets).workloads).toMatchObject([{ rights: { 'mint-tokens': 'all' }, denied: [] }]);
    expect(page(given, facets, {}, denies).workloads).toMatchObject([
      { rights: {}, denied: [{ what: 'make itself a token that pushes and deletes' }] },
    ]);
    expect(page(given, legacy).workloads).toEqual([]);
  });

  test('what is below the registry is spared by one at the registry alone', () =>
    expect(
      page(
        roles([assigned('custom')], [customRole({ actions: ['*/tasks/write'] })]),
        legacy,
        {},
        {
          denyAssignments: observed([deny({ onlyAtScope: true })]),
        },
      ).workloads,
    ).toMatchObject([{ rights: { 'edit-tasks': 'all' }, denied: [] }]));

  const pusher = `${groupId}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/pusher`;
  const shared = {
    federatedCredentials: observed({
      identities: [{ id: pusher, name: 'pusher', principalId: 'pusher', credentials: observed([]) }],
      searched: [],
    }),
  };

  test('at an identity it keeps others from writing its credentials', () => {
    const given = roles([
      assigned(roleIds.acrPush, { principalId: 'pusher' }),
      user('ann', roleIds.managedIdentityContributor, pusher),
    ]);
    const denies = { denyAssignments: observed([deny({ scope: pusher, principals: [everybody] })]) };
    expect(page(given, legacy, shared).people).toMatchObject([{ rights: { 'edit-credentials': 'all' } }]);
    expect(page(given, legacy, shared, denies).people).toMatchObject([
      { rights: {}, denied: [{ what: expect.stringContaining('log in as an identity') }] },
    ]);
  });

  test('where they were not read, it says so', () => {
    const missing = [{ action: 'Microsoft.Authorization/denyAssignments/read', scope: subscriptionId }];
    const shown = page(roles([assigned(roleIds.acrPush)]), {}, {}, { denyAssignments: denied('may not', missing) });
    expect(shown).toMatchObject({ denies: null, unseen: [{ what: 'denyAssignments', missing }] });
    expect(renderAccess(shown, style)).toContain('Deny assignments: what one takes away stands above as held.');
  });
});

describe('who may activate a role', () => {
  const eligible = (roleId: string, changes: Partial<EligibleRole> = {}): EligibleRole => ({
    ...assigned(roleId, { principalId: 'eve', principalType: 'User', scope: subscriptionId, ...changes }),
    name: 'Eve',
    until: '2027-01-31T00:00:00Z',
    ...changes,
  });
  const may = (
    list: readonly EligibleRole[],
    given: readonly RoleAssignment[] = [],
    known: readonly RoleDefinition[] = [],
  ) => page(roles(given), { ...legacy, eligibleRoles: observed({ eligible: list, definitions: observed(known) }) });

  test('stands apart from who holds one, with what it gives and until when', () => {
    const shown = may([
      eligible(roleIds.acrPush),
      eligible(roleIds.owner, { principalId: 'gus', name: null, until: null }),
    ]);
    expect(shown.people).toEqual([]);
    expect(shown.eligible).toMatchObject([
      { principalId: 'gus', roleName: 'Owner', until: null },
      {
        principalId: 'eve',
        name: 'Eve',
        who: 'Eve (eve)',
        rights: { push: 'all', pull: 'all' },
        where: 'the subscription',
      },
    ]);
    expect(renderAccess(shown, style)).toMatch(
      /May activate a role \(2\)[\s\S]*Eve · eve · user[\s\S]*AcrPush at the subscription/,
    );
  });

  test('who may activate a role over the identity of a pusher can log in as it then', () => {
    const id = `${groupId}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/pusher`;
    const shown = page(
      roles([assigned(roleIds.acrPush, { principalId: 'pusher' })]),
      {
        ...legacy,
        eligibleRoles: observed({
          eligible: [eligible(roleIds.managedIdentityContributor)],
          definitions: observed([]),
        }),
      },
      {
        federatedCredentials: observed({
          identities: [{ id, name: 'pusher', principalId: 'pusher', credentials: observed([]) }],
          searched: [],
        }),
      },
    );
    expect(shown.eligible).toMatchObject([{ principalId: 'eve', rights: { 'edit-credentials': 'all' } }]);
  });

  test('where nobody was asked who may, the page says how to ask; where all were, it does not', () => {
    const how = /acr-audit\s+explain\s+access\s+asks\s+it/;
    expect(renderAccess(page(roles([]), legacy), style)).toMatch(how);
    expect(renderAccess(may([]), style)).not.toMatch(how);
  });

  test('one that gives nothing here is left out', () =>
    expect(may([eligible(roleIds.repositoryReader)]).eligible).toEqual([]));

  test('its own roles are no part of it', () =>
    expect(may([eligible(roleIds.acrPull)], [user('eve', roleIds.owner, registryId)])).toMatchObject({
      people: [{ principalId: 'eve' }],
      eligible: [{ rights: { pull: 'all' }, can: ['pull'] }],
    }));

  test('a role of its own is read; one that cannot be read is not seen', () => {
    expect(may([eligible('custom')], [], [customRole({ actions: ['*/pull/read'] })]).eligible).toMatchObject([
      { roleName: 'Our role', can: ['pull'] },
    ]);
    expect(may([eligible('custom')])).toMatchObject({
      eligible: [{ roleName: null, can: null }],
      unseen: [{ what: 'role custom that Eve (eve) may activate' }],
    });
  });

  test('a deny assignment takes it too', () =>
    expect(
      page(
        roles([]),
        { ...legacy, eligibleRoles: observed({ eligible: [eligible(roleIds.acrPush)], definitions: observed([]) }) },
        {},
        { denyAssignments: observed([deny()]) },
      ).eligible,
    ).toEqual([]));

  test('where nobody asked, it is not incomplete and says who asks; where it was denied, it is', () => {
    const unasked = page(roles([]), { eligibleRoles: notCollected('not asked') });
    expect(unasked).toMatchObject({ eligible: null, unseen: [] });
    expect(renderAccess(unasked, style)).toContain('Who may activate a role by Privileged Identity');
    const refused = page(roles([]), { eligibleRoles: denied('may not', []) });
    expect(refused).toMatchObject({ eligible: null, unseen: [{ what: 'eligibleRoles' }] });
    expect(renderAccess(refused, style)).not.toContain('Privileged Identity Management');
  });
});

describe('tokens', () => {
  const shown = page(roles([]), {
    tokens: observed([
      token('one'),
      token('all', { passwords: [password('password1', null), password('password2', '2026-01-01T00:00:00Z')] }),
      token('edge'),
      token('gone', { scopeMap: '/x/scopeMaps/nowhere' }),
      token('off', { status: 'disabled', passwords: [password('password1', '2027-02-03T04:05:06Z')] }),
      token('admin', { scopeMap: '/x/scopeMaps/_repositories_admin', certificates: [password('c1', 'soon')] }),
    ]),
    scopeMaps: observed([
      scopeMap('all', 'repositories/*/content/read', 'repositories/*/content/write'),
      scopeMap('one', 'repositories/app/content/delete', 'repositories/team/*/content/delete'),
      scopeMap('off', 'repositories/*/content/read', 'repositories/*/content/write'),
      syncMap('edge'),
    ]),
  });

  test('stand widest first: every repository before some, and who can log in before who cannot', () =>
    expect(shown.tokens.map(({ name, can }) => [name, can])).toEqual([
      ['admin', ['delete', 'push', 'pull']],
      ['all', ['push', 'pull']],
      ['off', ['push', 'pull']],
      ['one', ['delete (on app, team/*)']],
      ['edge', ['pull (on app)']],
      ['gone', null],
    ]));

  test('of two that reach as far, the one that logs in today stands first', () =>
    expect(
      page(roles([]), {
        tokens: observed([
          token('a-off', { status: 'disabled', scopeMap: '/x/scopeMaps/_repositories_pull' }),
          token('b-expired', {
            scopeMap: '/x/scopeMaps/_repositories_pull',
            passwords: [password('password1', '2026-01-01T00:00:00Z')],
          }),
          token('c-works', {
            scopeMap: '/x/scopeMaps/_repositories_pull',
            passwords: [password('password1', null)],
          }),
        ]),
        scopeMaps: observed([]),
      }).tokens.map(({ name }) => name),
    ).toEqual(['c-works', 'a-off', 'b-expired']));

  test('with what their passwords are worth today', () => {
    const worth = Object.fromEntries(
      shown.tokens.map(({ name, enabled, logins }) => [name, [enabled, ...logins.map((one) => one.worth)]]),
    );
    expect(worth).toMatchObject({
      all: [true, 'endless', 'expired'],
      off: [false, 'dated'],
      admin: [true, 'untold'],
      one: [true],
    });
    const text = renderAccess(shown, style);
    expect(text).toMatch(/│ off · off +│/);
    expect(text).toMatch(/password1: never expires/);
    expect(text).toMatch(/password2: expired 2026-01-01/);
    expect(text).toMatch(/nothing: it has no password/);
    expect(text).toMatch(/certificate c1: ends when is not/);
  });
});

describe('a right that is not held in full says how far it goes', () => {
  const writer = (condition: string) =>
    page(roles([assigned(roleIds.repositoryWriter, { condition })]), abac).workloads[0]?.can;
  const where = '@Request[Microsoft.ContainerRegistry/registries/repositories:name]';
  const table: [string, string, readonly string[]][] = [
    ['a prefix', onRepositories("StringStartsWith 'team/'", 'content/write'), ['push (on team/…)', 'pull']],
    [
      'another repository for each action',
      `(!(ActionMatches{'*/content/read'}) OR ${where} StringEquals 'a') AND (!(ActionMatches{'*/content/write'}) OR ${where} StringLike 'b/*')`,
      ['push (on b/*)', 'pull (on a)'],
    ],
    [
      'all but some',
      onRepositories("StringNotStartsWith 'secret/'", 'content/write'),
      ['push (on all repositories, but not on secret/…)', 'pull'],
    ],
    [
      'a time beside the name',
      `(${where} StringEquals 'a') AND (@Environment[utcNow] DateTimeLessThan '2099-01-01')`,
      ['push (on a, as far as its condition lets it)', 'pull (on a, as far as its condition lets it)'],
    ],
    [
      'a text we cannot read',
      '?',
      ['push (as far as its condition lets it)', 'pull (as far as its condition lets it)'],
    ],
  ];
  for (const [what, condition, can] of table) test(what, () => expect(writer(condition)).toEqual(can));

  test('by the permission mode, where Azure does not say it', () =>
    expect(
      page(roles([assigned(roleIds.acrPull)]), { registry: observed(acr({ roleAssignmentMode: null })) }).workloads[0]
        ?.can,
    ).toEqual(['pull (in one of the two permission modes)']));
});

describe('who it is', () => {
  test('groups stand apart from people, and one of another tenant is marked', () => {
    const shown = page(
      roles([
        user('ann', roleIds.acrPull, registryId),
        assigned(roleIds.acrPull, { principalId: 'g', principalType: 'Group' }),
        assigned(roleIds.acrPull, { principalId: 'f', principalType: 'ForeignGroup' }),
      ]),
    );
    expect(shown.people.map(({ principalId }) => principalId)).toEqual(['ann']);
    expect(shown.groups.map(({ principalId, foreign }) => [principalId, foreign])).toEqual([
      ['f', true],
      ['g', false],
    ]);
    expect(renderAccess(shown, style)).toMatch(/f · group of another tenant/);
  });

  test('a kind that is none of these stands as Azure spells it', () => {
    const shown = page(
      roles([assigned(roleIds.acrPull, { principalId: 'd', principalType: asMember('principalType', 'device') })]),
    );
    expect(shown.untold).toMatchObject([{ principalType: 'Device' }]);
    expect(renderAccess(shown, style)).toMatch(/d · Device/);
  });

  test('an identity that only pulls has its name', () =>
    expect(
      page(
        roles([assigned(roleIds.acrPull, { principalId: 'P' })]),
        {},
        {
          federatedCredentials: observed({
            identities: [
              { id: `${groupId}/x`, name: 'puller', principalId: 'p', credentials: notCollected('no role') },
            ],
            searched: [],
          }),
        },
      ).workloads,
    ).toMatchObject([{ name: 'identity puller' }]));
});

test('an entry of a list that could not be read is not seen', () =>
  expect(page(roles([]), { tokens: observed([], [], [{ entry: 'odd', reason: 'no status' }]) }).unseen).toEqual([
    { what: 'odd in tokens', reason: 'no status', missing: [] },
  ]));
