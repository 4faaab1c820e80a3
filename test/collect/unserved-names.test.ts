import { expect, test } from 'vitest';
import { unservedNames } from '../../src/collect/unserved-names.ts';
import { observed } from '../../src/model/evidence.ts';
import { app, apps } from '../apps.ts';
import { askingNothing, fakeAzure } from './azure.ts';

const naming = (...servers: readonly (string | null)[]) =>
  app({ pulls: servers.map((server) => ({ server, login: { by: 'nothing' } as const })) });

test('DNS is asked, without a connection, for the names that no registry seen serves', async () => {
  const appConsumers = observed(
    apps(naming('contoso.azurecr.io', 'gone.azurecr.io'), naming('gone.azurecr.io', 'docker.io', null)),
  );
  const resolve = (name: string) =>
    Promise.resolve({ name, aliases: [], ips: [], problem: 'NXDOMAIN', connections: [] });
  const look = () => Promise.reject(new Error('it connected'));
  expect(
    await unservedNames.collect(
      fakeAzure({}).azure,
      { subscriptions: [], registries: [], declared: [], shared: { appConsumers } },
      {
        ...askingNothing,
        registriesFound: [{ id: '/contoso', loginServer: 'contoso.azurecr.io' }],
        names: { servers: ['10.0.0.4'], look, resolve },
      },
    ),
  ).toEqual({ servers: ['10.0.0.4'], answers: [await resolve('gone.azurecr.io')] });
});
