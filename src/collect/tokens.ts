import * as v from 'valibot';
import type { Token } from '../model/facets/tokens.ts';
import type { RegistryCollector } from './collector.ts';
import { listOf, listOrNone, maybe, member, read, text, told } from './read.ts';

const wire = v.object({
  id: text,
  name: text,
  properties: v.object({
    status: told(member('policyStatus')),
    scopeMapId: told(text),
    credentials: v.object({
      // A password's value is answered once, when it is made; it has no place here even then.
      passwords: listOf(v.object({ name: maybe(text), creationTime: maybe(text), expiry: maybe(text) })),
      certificates: listOrNone(v.object({ name: maybe(text), expiry: maybe(text) })),
    }),
  }),
});

export function parseToken(body: unknown): Token {
  const { id, name, properties } = read('a token', wire, body);
  const { status, scopeMapId: scopeMap, credentials } = properties;
  return {
    id,
    name,
    status,
    scopeMap,
    passwords: credentials.passwords.map((password) => ({
      name: password.name,
      createdAt: password.creationTime,
      expiry: password.expiry,
    })),
    certificates: credentials.certificates.map((certificate) => ({ ...certificate, createdAt: null })),
  };
}

export const tokens: RegistryCollector<'tokens'> = {
  facet: 'tokens',
  scope: 'registry',
  permissions: ['Microsoft.ContainerRegistry/registries/tokens/read'],
  collect: async (azure, registry, { each }) =>
    each(await azure.list(`${registry.id}/tokens`, '2025-11-01'), parseToken),
};
