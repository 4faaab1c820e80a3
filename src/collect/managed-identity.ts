import * as v from 'valibot';
import type { ManagedIdentity } from '../model/facets/registry.ts';
import { maybe, text } from './read.ts';

/** The identity of a registry or a task, as both answer it. */
export const identityWire = v.object({
  type: maybe(text),
  principalId: maybe(text),
  userAssignedIdentities: maybe(v.record(text, maybe(v.object({ principalId: maybe(text), clientId: maybe(text) })))),
});

export function managedIdentity(said: v.InferOutput<typeof identityWire>): ManagedIdentity {
  return {
    type: said.type,
    principalId: said.principalId,
    userAssigned: Object.entries(said.userAssignedIdentities ?? {}).map(([id, ids]) => ({
      id,
      principalId: ids?.principalId ?? null,
      clientId: ids?.clientId ?? null,
    })),
  };
}
