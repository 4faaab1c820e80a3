import check from '../../../checks/identity/apps-can-pull.ts';
import { roleIds } from '../../../src/facts/access/roles.ts';
import { denied, notCollected } from '../../../src/model/evidence.ts';
import type { AppConsumer, AppConsumers, AppLogin } from '../../../src/model/facets/app-consumers.ts';
import type { RoleAssignments } from '../../../src/model/facets/role-assignments.ts';
import { deny } from '../../denies.ts';
import { assigned, onRepositories, roles, rolesWithoutDefinitions, subscriptionId } from '../../roles.ts';
import { acr, testCheck } from '../../support.ts';

const userId = '/subscriptions/s/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-web';
const system = { type: 'SystemAssigned', principalId: 'web', userAssigned: [] };
const user = {
  type: 'UserAssigned',
  principalId: null,
  userAssigned: [{ id: userId, principalId: 'web', clientId: 'client' }],
};
const app = (changes: Partial<AppConsumer> = {}, login: AppLogin = { by: 'identity', identity: 'system' }) => ({
  id: `${subscriptionId}/resourceGroups/rg/providers/Microsoft.App/containerApps/web`,
  name: 'web',
  kind: 'container app' as const,
  location: 'westeurope',
  identity: system,
  environment: null,
  subnets: [],
  pulls: [{ server: 'Contoso.azurecr.io', login }],
  ...changes,
});
const found = (...apps: AppConsumer[]): AppConsumers => ({ apps, searched: [], environments: [] });
const legacy = acr({
  roleAssignmentMode: 'LegacyRegistryPermissions',
  policies: { azureAdAuthenticationAsArm: { status: 'enabled' } },
});
const abac = acr({ roleAssignmentMode: 'AbacRepositoryPermissions' });
const withoutArm = acr({
  roleAssignmentMode: 'LegacyRegistryPermissions',
  policies: { azureAdAuthenticationAsArm: { status: 'disabled' } },
});
const toWeb = (roleId: string, condition: string | null = null) => assigned(roleId, { principalId: 'WEB', condition });
const leftOut = { subscription: 's', kind: 'web app' as const, apps: notCollected('subscription s is outside') };
const toNobody = assigned(roleIds.acrPull, { principalId: 'nobody' });
const judged = (appConsumers: AppConsumers, roleAssignments: RoleAssignments, registry = legacy) => ({
  registry,
  appConsumers,
  roleAssignments,
  denyAssignments: [],
});
const pulls = roles([toWeb(roleIds.acrPull)]);
const cites = ['roleAssignments/assignments/0/roleId'];

testCheck(
  check,
  [
    ['pass', 'its identity holds AcrPull', judged(found(app()), pulls), { cites }],
    [
      'pass',
      'a subscription was not looked in, and nobody who pulls here is unseen',
      judged({ ...found(app()), searched: [leftOut] }, pulls),
      { cites },
    ],
    [
      'unknown',
      'a subscription was not looked in, and somebody unseen pulls here',
      judged({ ...found(app()), searched: [leftOut] }, roles([toWeb(roleIds.acrPull), toNobody])),
      { says: 'none of the identities seen' },
    ],
    [
      'unknown',
      'no app is known, and somebody unseen pulls here',
      judged({ ...found(), searched: [leftOut] }, roles([toNobody])),
    ],
    ['not-applicable', 'the same with every subscription seen', judged(found(), roles([toNobody]))],
    [
      'pass',
      'a user-assigned identity does, named by its id',
      judged(found(app({ identity: user }, { by: 'identity', identity: userId.toUpperCase() })), pulls),
      { cites },
    ],
    [
      'pass',
      'a site names its identity by client id',
      judged(found(app({ kind: 'web app', identity: user }, { by: 'identity', identity: 'client' })), pulls),
    ],
    [
      'fail',
      'no role lets it',
      judged(found(app()), roles([])),
      {
        says: 'no role lets container app web pull',
        fix: '--role AcrPull',
        cites: ['appConsumers/apps/0/identity/principalId'],
      },
    ],
    [
      'fail',
      'AcrPull is dead in ABAC mode',
      judged(found(app()), pulls, abac),
      { fix: "'Container Registry Repository Reader'" },
    ],
    [
      'fail',
      'a site asks with a token that the registry refuses',
      judged(found(app({ kind: 'web app' })), pulls, withoutArm),
      { says: 'which the registry refuses', fix: 'ask who set it first' },
    ],
    [
      'unknown',
      'ARM does not say whether the registry takes such tokens',
      judged(found(app({ kind: 'web app' })), pulls, acr({ roleAssignmentMode: 'LegacyRegistryPermissions' })),
    ],
    ['pass', 'a container app is only reported to', judged(found(app()), pulls, withoutArm)],
    [
      'pass',
      'a condition names the repositories',
      judged(
        found(app()),
        roles([toWeb(roleIds.repositoryReader, onRepositories("StringStartsWith 'team/'", 'content/read'))]),
        abac,
      ),
    ],
    [
      'fail',
      'a deny assignment wins over its role',
      { ...judged(found(app()), pulls), denyAssignments: [deny()] },
      { says: 'container app web may not pull' },
    ],
    [
      'unknown',
      'deny assignments may not be read: one could win over the role',
      { ...judged(found(app()), pulls), denyAssignments: denied('no', []) },
    ],
    ['unknown', 'its role could not be read', judged(found(app()), rolesWithoutDefinitions(toWeb('custom')))],
    ['unknown', 'Azure does not tell its identity', judged(found(app({ identity: null })), pulls)],
    [
      'unknown',
      'Azure does not tell its object id',
      judged(found(app({ identity: { ...system, principalId: null } })), pulls),
    ],
    ['unknown', 'ARM left the login server out', judged(found(app()), pulls, acr({ loginServer: null }))],
    ['not-applicable', 'it pulls with a password', judged(found(app({}, { by: 'password', userName: 'ci' })), pulls)],
    [
      'not-applicable',
      'it pulls from another registry',
      judged(
        found(app({ pulls: [{ server: 'other.azurecr.io', login: { by: 'identity', identity: 'system' } }] })),
        pulls,
      ),
    ],
    ['not-applicable', 'no app is known', judged(found(), pulls)],
  ],
  {
    'appConsumers/apps/*/identity/userAssigned/*/clientId': 'an identity that is named by its id needs no client id',
    'roleAssignments/assignments/*/condition': 'without its condition a role gives more',
    'roleAssignments/definitions': 'what built-in roles grant is known without them',
    'roleAssignments/assignments/*/principalType': 'what holds the role is the app, whatever its type',
  },
);
