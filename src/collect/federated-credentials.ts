import * as v from 'valibot';
import { notCollected } from '../model/evidence.ts';
import type { FederatedCredential, FederatedIdentity } from '../model/facets/federated-credentials.ts';
import { byId, idKey } from '../model/ids.ts';
import { type Azure, AzureError } from './azure.ts';
import type { KnownSoFar, SharedCollector } from './collector.ts';
import type { Permission } from './observe.ts';
import { type Each, listOf, maybe, read, text } from './read.ts';
import { searchIn } from './search.ts';

const apiVersion = '2023-01-31';

/** The first version that answers `claimsMatchingExpression`; older ones show such a credential without a subject. */
const withExpressions = '2025-05-31-preview';

const may = {
  identities: 'Microsoft.ManagedIdentity/userAssignedIdentities/read',
  credentials: 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/read',
} as const satisfies Record<string, Permission>;

const credentialWire = v.object({
  id: text,
  name: text,
  properties: v.object({
    issuer: maybe(text),
    subject: maybe(text),
    claimsMatchingExpression: maybe(v.object({ value: maybe(text) })),
    audiences: listOf(text),
  }),
});

export function parseFederatedCredential(body: unknown): FederatedCredential {
  const { id, name, properties } = read('a federated credential', credentialWire, body);
  const { claimsMatchingExpression, ...rest } = properties;
  return { id, name, ...rest, expression: claimsMatchingExpression?.value ?? null };
}

const identityWire = v.object({
  id: text,
  name: text,
  properties: v.object({ principalId: text }),
});

/** A user-assigned identity. Its answer may carry a URL to its secret, which is not read. */
export function parseIdentity(body: unknown): Omit<FederatedIdentity, 'credentials'> {
  const { id, name, properties } = read('a user-assigned identity', identityWire, body);
  return { id, name, principalId: properties.principalId };
}

export const federatedCredentials: SharedCollector<'federatedCredentials'> = {
  facet: 'federatedCredentials',
  scope: 'shared',
  permissions: Object.values(may),
  from: ['roleAssignments'],
  async collect(azure, known, { observe }) {
    const holders = holdersOfRoles(known);
    const { found, searched } = await searchIn(azure, observe, known, {
      permissions: [may.identities],
      ask: async (azure, each, subscription) =>
        each(
          await azure.list(`${subscription}/providers/Microsoft.ManagedIdentity/userAssignedIdentities`, apiVersion),
          parseIdentity,
        ),
    });
    const identities = await Promise.all(
      found.map(async ({ id, name, principalId }): Promise<FederatedIdentity> => {
        const credentials = holders.has(idKey(principalId))
          ? await observe({
              permissions: [may.credentials],
              scope: id,
              ask: (azure, each) => credentialsOf(azure, each, id),
            })
          : withoutRole;
        return { id, name, principalId, credentials };
      }),
    );
    return {
      identities: identities.sort(byId),
      searched: searched.map(({ subscription, ids }) => ({ subscription, identities: ids })),
    };
  },
};

async function credentialsOf(azure: Azure, each: Each, identity: string): Promise<FederatedCredential[]> {
  const list = async (version: string) =>
    (await each(await azure.list(`${identity}/federatedIdentityCredentials`, version), parseFederatedCredential)).sort(
      byId,
    );
  try {
    return await list(withExpressions);
  } catch (error) {
    if (error instanceof AzureError && error.kind === 'api-version') return list(apiVersion);
    throw error;
  }
}

/** One request for each identity of a tenant is too dear: those that hold no role cannot matter to a registry. */
const withoutRole = notCollected('the identity holds no role that reaches a registry or an identity');

/** Object ids, in lower case, of everybody who holds a role that is kept: at, above or below a registry, or at an identity. */
const holdersOfRoles = ({ subscriptions }: KnownSoFar): ReadonlySet<string> =>
  new Set(
    subscriptions.flatMap(({ facets: { roleAssignments } }) =>
      roleAssignments?.state === 'observed'
        ? roleAssignments.value.assignments.map(({ principalId }) => idKey(principalId))
        : [],
    ),
  );
