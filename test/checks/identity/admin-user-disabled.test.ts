import check from '../../../checks/identity/admin-user-disabled.ts';
import { app, apps } from '../../apps.ts';
import { acr, testCheck } from '../../support.ts';

const cites = ['registry/adminUserEnabled'];

testCheck(check, [
  ['pass', 'the account is off', { registry: acr({ adminUserEnabled: false }) }, { cites }],
  [
    'fail',
    'the account is on',
    { registry: acr({ adminUserEnabled: true }) },
    { cites, fix: /Find who logs in[\s\S]*Move each[\s\S]*prove that nobody[\s\S]*--admin-enabled false/ },
  ],
  [
    'fail',
    'apps pull with its password: they are named, and moved before it is switched off',
    {
      registry: acr({ adminUserEnabled: true }),
      appConsumers: apps(
        app({ name: 'shop' }, { by: 'password', userName: 'Contoso' }),
        app({ name: 'site', kind: 'web app' }, { by: 'password', userName: null }),
        app({ name: 'scoped' }, { by: 'password', userName: 'ci-token' }),
        app({ name: 'keyless' }),
      ),
    },
    {
      cites,
      says: 'container app shop pulls with its password; web app site may pull with its password',
      fix: /stop pulling: container app shop, web app site\. Find who else[\s\S]*Move each[\s\S]*--admin-enabled false/,
    },
  ],
  [
    'fail',
    'only apps with identities and tokens are known',
    {
      registry: acr({ adminUserEnabled: true }),
      appConsumers: apps(app(), app({ name: 'scoped' }, { by: 'password', userName: 'ci-token' })),
    },
    { fix: /^Find who logs in/ },
  ],
  [
    'pass',
    'it is off, and an app still names it',
    {
      registry: acr({ adminUserEnabled: false }),
      appConsumers: apps(app({}, { by: 'password', userName: 'contoso' })),
    },
    { cites },
  ],
  ['unknown', 'ARM left the setting out', { registry: acr() }, { says: 'adminUserEnabled' }],
]);
