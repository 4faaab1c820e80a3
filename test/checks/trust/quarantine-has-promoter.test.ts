import check from '../../../checks/trust/quarantine-has-promoter.ts';
import type { Facts } from '../../../src/model/check.ts';
import { denied, observed } from '../../../src/model/evidence.ts';
import type { Consumers } from '../../../src/model/facets/consumers.ts';
import type { RoleAssignment, RoleAssignments } from '../../../src/model/facets/role-assignments.ts';
import type { Webhook } from '../../../src/model/facets/webhooks.ts';
import type { Expectation, RowVerdict } from '../../../src/testing/row.ts';
import { cluster, consumers } from '../../clusters.ts';
import { acr, registryId, testCheck } from '../../support.ts';

const writer = 'c8d4ff99-41c3-41a8-9f60-21dfdad59608';
const contributor = 'b24988ac-6180-42a0-ab88-20f7382dd24c';
const pull = '7f951dda-4ed3-4680-a7ca-43fe172d538d';

const held = (roleId: string, principalType: RoleAssignment['principalType'], scope = registryId): RoleAssignments => ({
  assignments: [{ id: `${scope}/x`, scope, principalId: 'p', principalType, roleId, condition: null }],
  definitions: observed([]),
});
const hook = (
  name: string,
  actions: string[],
  status: Webhook['status'] = 'enabled',
  scope: string | null = '',
): Webhook => ({
  id: `${registryId}/webhooks/${name}`,
  name,
  status,
  scope,
  actions,
  provisioningState: 'Succeeded',
});
const on = {
  policies: { quarantine: { status: 'enabled' } },
  roleAssignmentMode: 'LegacyRegistryPermissions',
} as const;
const registry = acr(on);
const push = hook('deploy', ['push']);
const quarantine = hook('promote', ['quarantine']);
const promoter = held(writer, 'ServicePrincipal');
const at = 'registry/policies/quarantine/status';

const rows: readonly (readonly [
  RowVerdict,
  string,
  Facts<'registry' | 'webhooks' | 'roleAssignments'> & { readonly consumers?: Consumers },
  Expectation?,
])[] = [
  [
    'pass',
    'a webhook announces and an identity promotes',
    { registry, webhooks: [push, quarantine], roleAssignments: promoter },
    {
      cites: ['webhooks/1/status', 'roleAssignments/assignments/0/roleId'],
      irrelevant: {
        'registry/roleAssignmentMode': 'AcrQuarantineWriter promotes in both modes',
        'roleAssignments/definitions': 'AcrQuarantineWriter is known by its id',
      },
    },
  ],
  [
    'pass',
    'the identity is Contributor of the subscription, which in legacy mode may promote',
    {
      registry,
      webhooks: [quarantine],
      roleAssignments: held(contributor, 'ServicePrincipal', '/subscriptions/00000000-0000-0000-0000-000000000001'),
    },
    { irrelevant: { 'roleAssignments/definitions': 'Contributor is known by its id' } },
  ],
  [
    'unknown',
    'there is only a push webhook, and another could not be read',
    { registry, webhooks: [push], roleAssignments: promoter },
    { unread: ['webhooks'] },
  ],
  [
    'unknown',
    'nobody who hears may promote, and an assignment could not be read',
    { registry, webhooks: [quarantine], roleAssignments: held(pull, 'ServicePrincipal') },
    { unread: ['roleAssignments'] },
  ],
  [
    'fail',
    'there is only a push webhook',
    { registry, webhooks: [push], roleAssignments: promoter },
    { cites: [at], says: 'push webhooks stay silent until an image has passed (deploy)' },
  ],
  [
    'fail',
    'the webhook is disabled',
    { registry, webhooks: [hook('promote', ['quarantine'], 'disabled')], roleAssignments: promoter },
    { cites: [at], says: 'promote is disabled', fix: /^az acr webhook update --name promote .*--status enabled/m },
  ],
  [
    'fail',
    'nobody who is told may promote',
    { registry, webhooks: [quarantine], roleAssignments: held(pull, 'ServicePrincipal') },
    { cites: [at], says: 'no identity of a system' },
  ],
  [
    'fail',
    'only a person may promote',
    { registry, webhooks: [quarantine], roleAssignments: held(writer, 'User') },
    { cites: [at] },
  ],
  [
    'fail',
    'in ABAC mode Contributor may not',
    {
      registry: acr({ ...on, roleAssignmentMode: 'AbacRepositoryPermissions' }),
      webhooks: [quarantine],
      roleAssignments: held(contributor, 'ServicePrincipal'),
    },
    { cites: [at] },
  ],
  [
    'not-applicable',
    'quarantine is off',
    { registry: acr({ policies: { quarantine: { status: 'disabled' } } }), webhooks: [], roleAssignments: promoter },
  ],
  [
    'not-applicable',
    'Basic has no quarantine',
    { registry: acr({ sku: 'Basic' }), webhooks: [], roleAssignments: promoter },
  ],
  [
    'unknown',
    'ARM left the policy out',
    { registry: acr(), webhooks: [push], roleAssignments: promoter },
    { says: 'status' },
  ],
  [
    'unknown',
    'a group may promote',
    { registry, webhooks: [quarantine], roleAssignments: held(writer, 'Group') },
    { says: 'group p' },
  ],
  [
    'unknown',
    'the role of an identity could not be read',
    {
      registry,
      webhooks: [quarantine],
      roleAssignments: {
        ...held('00000000-0000-0000-0000-00000000beef', 'ServicePrincipal'),
        definitions: denied('forbidden', [
          { action: 'Microsoft.Authorization/roleDefinitions/read', scope: '/subscriptions/1' },
        ]),
      },
    },
    { says: 'forbidden' },
  ],
  [
    'fail',
    'the unread role is a person’s',
    {
      registry,
      webhooks: [quarantine],
      roleAssignments: {
        ...held('00000000-0000-0000-0000-00000000beef', 'User'),
        definitions: denied('forbidden', []),
      },
    },
    { cites: [at] },
  ],
  [
    'unknown',
    'whether the identity may promote depends on the mode, which is not answered',
    {
      registry: acr({ ...on, roleAssignmentMode: null }),
      webhooks: [quarantine],
      roleAssignments: held(contributor, 'ServicePrincipal'),
    },
    { says: 'Contributor' },
  ],
  [
    'unknown',
    'ARM left the status of the webhook out',
    { registry, webhooks: [hook('promote', ['quarantine'], null)], roleAssignments: promoter },
  ],
  [
    'fail',
    'the webhook is for one repository: the rest is announced to nobody',
    { registry, webhooks: [hook('promote', ['quarantine'], 'enabled', 'team/app:*')], roleAssignments: promoter },
    { says: 'promote is for team/app:* alone', fix: /az acr webhook update --name promote .*--scope ""/ },
  ],
  [
    'pass',
    'one for a repository stands beside one for all, whose scope Azure leaves out',
    {
      registry,
      webhooks: [hook('team', ['quarantine'], 'enabled', 'team/*'), hook('all', ['quarantine'], 'enabled', null)],
      roleAssignments: promoter,
    },
    {
      cites: ['webhooks/1/status', 'roleAssignments/assignments/0/roleId'],
      irrelevant: {
        'webhooks/*/status': 'the webhook for one repository does not matter beside the other',
        'registry/roleAssignmentMode': 'AcrQuarantineWriter promotes in both modes',
        'roleAssignments/definitions': 'AcrQuarantineWriter is known by its id',
      },
    },
  ],
  [
    'fail',
    'the only promoter is a node of a cluster, by a role of the subscription: nodes promote nothing',
    {
      registry,
      webhooks: [quarantine],
      roleAssignments: {
        assignments: held(contributor, 'ServicePrincipal').assignments.map((one) => ({
          ...one,
          principalId: 'KUBELET-aks',
        })),
        definitions: observed([]),
      },
      consumers: consumers(cluster('aks')),
    },
    { says: 'no identity of a system may promote', fix: /of the system that scans and promotes AcrQuarantineWriter/ },
  ],
  [
    'fail',
    'whoever may mint tokens or write tasks is no promoter',
    {
      registry: acr({ ...on, roleAssignmentMode: 'AbacRepositoryPermissions' }),
      webhooks: [quarantine],
      roleAssignments: held('fb382eab-e894-4461-af04-94435c366c3f', 'ServicePrincipal'),
    },
    { cites: [at] },
  ],
  [
    'unknown',
    'Azure does not say what kind of principal may promote',
    { registry, webhooks: [quarantine], roleAssignments: held(writer, null) },
    { says: 'principal p may be one' },
  ],
];

// Where a row says nothing of them, there are no clusters.
testCheck(
  check,
  rows.map(([verdict, when, facts, expect]) => [verdict, when, { consumers: consumers(), ...facts }, expect ?? {}]),
  {
    'webhooks/*/scope': 'a webhook without a scope is for the whole registry',
  },
);
