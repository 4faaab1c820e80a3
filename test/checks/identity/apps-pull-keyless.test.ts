import check from '../../../checks/identity/apps-pull-keyless.ts';
import { roleIds } from '../../../src/facts/access/roles.ts';
import { denied } from '../../../src/model/evidence.ts';
import type { AppConsumer, AppLogin } from '../../../src/model/facets/app-consumers.ts';
import { assigned, roles } from '../../roles.ts';
import { acr, subscriptionId, testCheck } from '../../support.ts';

const app = (
  login: AppLogin,
  server: string | null = 'contoso.azurecr.io',
  kind: AppConsumer['kind'] = 'container app',
) => ({
  id: `${subscriptionId}/resourceGroups/rg/providers/Microsoft.App/containerApps/web`,
  name: 'web',
  kind,
  location: 'westeurope',
  identity: null,
  environment: null,
  subnets: [],
  pulls: [{ server, login }],
});
const judged = (apps: AppConsumer[], anonymousPullEnabled: boolean | null = false) => ({
  registry: acr({ anonymousPullEnabled }),
  appConsumers: { apps, searched: [], environments: [] },
});
const refused = {
  subscription: subscriptionId,
  kind: 'web app' as const,
  apps: denied('no', [{ action: 'Microsoft.Web/sites/read', scope: subscriptionId }]),
};
const identity = { by: 'identity', identity: 'system' } as const;
const password = (userName: string | null) => ({ by: 'password', userName }) as const;
const site = app(password(null), 'contoso.azurecr.io', 'web app');

testCheck(
  check,
  [
    [
      'pass',
      'an app pulls with its identity',
      judged([app(identity)]),
      { cites: ['appConsumers/apps/0/pulls/0/login/by'] },
    ],
    [
      'fail',
      'an app pulls with the admin user',
      judged([app(identity), app(password('Contoso'))]),
      { says: 'the admin user' },
    ],
    [
      'fail',
      'an app pulls with a token',
      judged([app(password('ci'))]),
      { says: 'container app web pulls with the password of user ci' },
    ],
    ['fail', 'a site does not use its identity', judged([site]), { says: 'web app web pulls without its identity' }],
    ['pass', 'a site pulls without any login', judged([site], true), { says: 'without any login' }],
    ['unknown', 'nobody says whether a site could pull without login', judged([site], null)],
    [
      'unknown',
      'what a site runs was not read',
      judged([app({ by: 'untold', why: 'it runs site containers, which were not read' }, null, 'web app')]),
      { says: 'site containers' },
    ],
    [
      'unknown',
      'what a site runs may not be read',
      judged([app({ by: 'unread', containers: denied('the credential may not read it', []) }, null, 'web app')]),
      { says: 'how web app web pulls: the credential may not read it' },
    ],
    ['not-applicable', 'its password is for another registry', judged([app(password('ci'), 'other.azurecr.io')])],
    ['not-applicable', 'no app is known', judged([])],
    [
      'not-applicable',
      'no app is known in what was looked in, and nobody unseen pulls here',
      { ...judged([]), appConsumers: { apps: [], searched: [refused], environments: [] }, roleAssignments: roles([]) },
    ],
    [
      'unknown',
      'no app is known in what was looked in, and somebody unseen pulls here',
      {
        ...judged([app(identity)]),
        registry: acr({ anonymousPullEnabled: false, roleAssignmentMode: 'LegacyRegistryPermissions' }),
        appConsumers: { apps: [app(identity)], searched: [refused], environments: [] },
        roleAssignments: roles([assigned(roleIds.acrPull, { principalId: 'nobody' })]),
      },
      { says: 'none of the identities seen' },
    ],
    [
      'unknown',
      'nobody says who pulls here, and a subscription refused its apps',
      { ...judged([]), appConsumers: { apps: [], searched: [refused], environments: [] } },
    ],
    ['unknown', 'ARM left the login server out', { ...judged([app(identity)]), registry: acr({ loginServer: null }) }],
  ],
  {
    'appConsumers/apps/*/pulls/*/server':
      'an app that does not say from where it pulls may pull from here: it is counted',
    'registry/anonymousPullEnabled': 'it only matters for a site that does not use its identity',
  },
);
