import * as v from 'valibot';
import type { CredentialSet } from '../model/facets/credential-sets.ts';
import { withoutTokens } from './azure.ts';
import type { RegistryCollector } from './collector.ts';
import { listOf, maybe, member, read, text } from './read.ts';

const wire = v.object({
  id: text,
  name: text,
  identity: maybe(v.object({ principalId: maybe(text) })),
  properties: v.object({
    loginServer: maybe(text),
    authCredentials: listOf(
      v.object({
        credentialHealth: maybe(
          v.object({
            status: maybe(member('credentialHealth')),
            errorCode: maybe(text),
            errorMessage: maybe(text),
          }),
        ),
      }),
    ),
  }),
});

export function parseCredentialSet(body: unknown): CredentialSet {
  const { id, name, identity, properties } = read('a credential set', wire, body);
  return {
    id,
    name,
    loginServer: properties.loginServer,
    principalId: identity?.principalId ?? null,
    credentials: properties.authCredentials.map(({ credentialHealth }) => ({
      health: credentialHealth?.status ?? null,
      errorCode: credentialHealth?.errorCode ?? null,
      errorMessage: credentialHealth?.errorMessage ? withoutTokens(credentialHealth.errorMessage) : null,
    })),
  };
}

export const credentialSets: RegistryCollector<'credentialSets'> = {
  facet: 'credentialSets',
  scope: 'registry',
  permissions: ['Microsoft.ContainerRegistry/registries/credentialSets/read'],
  collect: async (azure, registry, { each }) =>
    each(await azure.list(`${registry.id}/credentialSets`, '2025-11-01'), parseCredentialSet),
};
