import check from '../../../checks/identity/apps-pull-keyless.ts';
import type { AppConsumer, AppLogin } from '../../../src/model/facets/app-consumers.ts';
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
  subnets: [],
  pulls: [{ server, login }],
});
const judged = (apps: AppConsumer[], anonymousPullEnabled: boolean | null = false) => ({
  registry: acr({ anonymousPullEnabled }),
  appConsumers: { apps, searched: [] },
});
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
    ['not-applicable', 'its password is for another registry', judged([app(password('ci'), 'other.azurecr.io')])],
    ['not-applicable', 'no app is known', judged([])],
    ['unknown', 'ARM left the login server out', { ...judged([app(identity)]), registry: acr({ loginServer: null }) }],
  ],
  {
    'appConsumers/apps/*/pulls/*/server':
      'an app that does not say from where it pulls may pull from here: it is counted',
    'registry/anonymousPullEnabled': 'it only matters for a site that does not use its identity',
  },
);
