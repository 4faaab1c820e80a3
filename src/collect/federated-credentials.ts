import * as v from 'valibot';
import { accessTo, mayChange } from '../facts/access/access.ts';
import type { FederatedCredential, FederatedIdentity } from '../model/facets/federated-credentials.ts';
import { byId, idKey, sameId } from '../model/ids.ts';
import type { KnownSoFar, SharedCollector } from './collector.ts';
import type { Permission } from './learn.ts';
import { listOf, maybe, read, text } from './read.ts';

const apiVersion = '2023-01-31';

const may = {
  identities: 'Microsoft.ManagedIdentity/userAssignedIdentities/read',
  credentials: 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/read',
} as const satisfies Record<string, Permission>;

const credentialWire = v.object({
  id: text,
  name: text,
  properties: v.object({ issuer: maybe(text), subject: maybe(text), audiences: listOf(text) }),
});

export function parseFederatedCredential(body: unknown): FederatedCredential {
  const { id, name, properties } = read('a federated credential', credentialWire, body);
  return { id, name, ...properties };
}

const identityWire = v.object({
  id: text,
  name: text,
  properties: v.object({ principalId: maybe(text) }),
});

/** A user-assigned identity. Its answer may carry a URL to its secret, which is not read. */
export function parseIdentity(body: unknown): Omit<FederatedIdentity, 'credentials' | 'principalId'> & {
  readonly principalId: string | null;
} {
  const { id, name, properties } = read('a user-assigned identity', identityWire, body);
  return { id, name, principalId: properties.principalId };
}

export const federatedCredentials: SharedCollector<'federatedCredentials'> = {
  facet: 'federatedCredentials',
  scope: 'shared',
  permissions: Object.values(may),
  from: ['roleAssignments'],
  async collect(_azure, known, { learn }) {
    const wanted = principalsThatChange(known);
    const listed = await Promise.all(
      known.subscriptions.map(async ({ id: subscription }) => ({
        subscription,
        identities: await learn({
          permissions: [may.identities],
          scope: subscription,
          ask: async (azure) =>
            (
              await azure.list(`${subscription}/providers/Microsoft.ManagedIdentity/userAssignedIdentities`, apiVersion)
            ).map(parseIdentity),
        }),
      })),
    );
    const found = listed.flatMap(({ identities }) => (identities.state === 'observed' ? identities.value : []));
    const identities = await Promise.all(
      found.flatMap(({ id, name, principalId }) =>
        principalId !== null && wanted.has(idKey(principalId))
          ? [
              learn({
                permissions: [may.credentials],
                scope: id,
                ask: async (azure) =>
                  (await azure.list(`${id}/federatedIdentityCredentials`, apiVersion))
                    .map(parseFederatedCredential)
                    .sort(byId),
              }).then((credentials): FederatedIdentity => ({ id, name, principalId, credentials })),
            ]
          : [],
      ),
    );
    return {
      identities: identities.sort(byId),
      searched: listed.map(({ subscription, identities: { ...evidence } }) => ({
        subscription,
        identities:
          evidence.state === 'observed' ? { ...evidence, value: evidence.value.map(({ id }) => id) } : evidence,
      })),
    };
  },
};

/** Everyone who can do more than pull, on any registry whose assignments could be read. */
function principalsThatChange({ registries, subscriptions }: KnownSoFar): ReadonlySet<string> {
  return new Set(
    registries.flatMap(({ subscription, facets: { registry } }) => {
      const roles = subscriptions.find(({ id }) => sameId(id, subscription))?.facets.roleAssignments;
      if (registry?.state !== 'observed' || roles?.state !== 'observed') return [];
      return accessTo(registry.value, roles.value)
        .principals.filter(({ rights }) => mayChange(rights))
        .map(({ principalId }) => idKey(principalId));
    }),
  );
}
