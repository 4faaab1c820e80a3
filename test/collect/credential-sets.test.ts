import { expect, test } from 'vitest';
import { parseCredentialSet } from '../../src/collect/credential-sets.ts';
import { bodiesOf } from './corpus.ts';

test('a credential set, without the secrets it names', () => {
  const properties = {
    loginServer: 'docker.io',
    authCredentials: [
      {
        name: 'Credential1',
        passwordSecretIdentifier: 'https://kv.vault.azure.net/secrets/password',
        credentialHealth: {
          status: 'unhealthy',
          errorCode: 'Forbidden',
          errorMessage: 'no get: docker login --password hunter2x9Q',
        },
      },
    ],
  };
  expect(
    parseCredentialSet({ id: '/c', name: 'c', identity: { type: 'systemAssigned', principalId: 'p' }, properties }),
  ).toEqual({
    id: '/c',
    name: 'c',
    loginServer: 'docker.io',
    principalId: 'p',
    credentials: [
      {
        health: 'Unhealthy',
        errorCode: 'Forbidden',
        errorMessage: 'no get: docker login --password <masked>',
      },
    ],
  });
});

const bodies = bodiesOf('credentialSets');
test.skipIf(bodies === null)('every recorded credential set can be read', () => {
  const health = (bodies ?? []).map(parseCredentialSet).flatMap(({ credentials }) => credentials[0]?.health);
  expect(new Set(health)).toEqual(new Set(['Unhealthy']));
});
