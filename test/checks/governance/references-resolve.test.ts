import check from '../../../checks/governance/references-resolve.ts';
import { denied, notCollected } from '../../../src/model/evidence.ts';
import type { AppConsumers } from '../../../src/model/facets/app-consumers.ts';
import type { ResolvedName } from '../../../src/model/facets/resolution.ts';
import { app, apps } from '../../apps.ts';
import { registryId, testCheck } from '../../support.ts';

const registriesSeen = [{ id: registryId, loginServer: 'contoso.azurecr.io' }];
const naming = (...servers: readonly (string | null)[]): AppConsumers =>
  apps(app({ pulls: servers.map((server) => ({ server, login: { by: 'nothing' } as const })) }));
const server = (at = 0) => [`appConsumers/apps/0/pulls/${at}/server`];
const answering = (changes: Partial<ResolvedName>) => ({
  servers: ['10.0.0.4'],
  answers: [{ name: 'gone.azurecr.io', aliases: [], ips: [], problem: 'NXDOMAIN', connections: [], ...changes }],
});

testCheck(check, [
  [
    'pass',
    'the app names a registry seen',
    { appConsumers: naming('contoso.azurecr.io'), registriesSeen },
    { cites: server() },
  ],
  [
    'pass',
    'it names it by the address of a region',
    { appConsumers: naming('contoso.westeurope.geo.azurecr.io'), registriesSeen },
    { cites: server() },
  ],
  [
    'pass',
    'it names a registry of a partner',
    { appConsumers: naming('Fabrikam.azurecr.io'), registriesSeen },
    {
      partnerRegistries: ['fabrikam.azurecr.io'],
      cites: server(),
      irrelevant: { 'registriesSeen/*/loginServer': 'the name is that of a partner' },
    },
  ],
  [
    'fail',
    'nobody has the name',
    { appConsumers: naming('contoso.azurecr.io', 'gone.azurecr.io'), registriesSeen, unservedNames: answering({}) },
    {
      cites: [...server(1), 'unservedNames/answers/0/problem'],
      says: 'container app web pulls from gone.azurecr.io, which nobody has',
    },
  ],
  [
    'unknown',
    'the name exists, and no registry seen serves it',
    {
      appConsumers: naming('gone.azurecr.io'),
      registriesSeen,
      unservedNames: answering({ ips: ['20.1.2.3'], problem: null }),
    },
    { says: "it exists, and may be a partner's or out of sight" },
  ],
  [
    'unknown',
    'it is the alias of a private name that does not resolve from here: it exists',
    {
      appConsumers: naming('gone.azurecr.io'),
      registriesSeen,
      unservedNames: answering({ aliases: ['gone.privatelink.azurecr.io'] }),
    },
    { says: 'it exists' },
  ],
  [
    'unknown',
    'the name server fails, which proves nothing',
    { appConsumers: naming('gone.azurecr.io'), registriesSeen, unservedNames: answering({ problem: 'SERVFAIL' }) },
    { says: 'SERVFAIL' },
  ],
  [
    'unknown',
    'nobody looked at DNS',
    { appConsumers: naming('gone.azurecr.io'), registriesSeen, unservedNames: notCollected('no --probe') },
    { says: 'with --probe the scan tells whether it exists' },
  ],
  [
    'unknown',
    'Azure does not tell what the app runs',
    { appConsumers: naming(null), registriesSeen },
    { says: 'does not tell which registry container app web pulls from' },
  ],
  [
    'unknown',
    'the apps of one kind could not be listed',
    {
      appConsumers: {
        ...naming('contoso.azurecr.io'),
        searched: [
          {
            subscription: '/subscriptions/00000000-0000-0000-0000-000000000001',
            kind: 'web app',
            apps: denied('no', [{ action: 'Microsoft.Web/sites/read', scope: '/' }]),
          },
        ],
      },
      registriesSeen,
    },
    { says: 'web app' },
  ],
  [
    'pass',
    'the apps of another subscription could not be listed',
    {
      appConsumers: {
        ...naming('contoso.azurecr.io'),
        searched: [
          {
            subscription: '/subscriptions/00000000-0000-0000-0000-000000000002',
            kind: 'web app',
            apps: denied('no', [{ action: 'Microsoft.Web/sites/read', scope: '/' }]),
          },
        ],
      },
      registriesSeen,
    },
  ],
  ['not-applicable', 'its images come from elsewhere', { appConsumers: naming('docker.io'), registriesSeen }],
  [
    'not-applicable',
    'the app is in another subscription, which tells it itself',
    { appConsumers: naming('gone.azurecr.io'), registriesSeen, unservedNames: answering({}) },
    { subject: '/subscriptions/00000000-0000-0000-0000-000000000002' },
  ],
]);
