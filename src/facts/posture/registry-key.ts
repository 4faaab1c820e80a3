import type { KeyVault, KeyVaults } from '../../model/facets/key-vaults.ts';
import type { ManagedIdentity, Registry } from '../../model/facets/registry.ts';
import { sameId } from '../../model/ids.ts';
import { cannotSee, type Observation, type Unknown, untold } from '../../model/outcome.ts';
import { hasOwn } from '../access/own-identity.ts';

/** Whether the identity that reads a registry's key is one of the registry's. */
export type KeyReader =
  | { readonly state: 'own' | 'gone'; readonly seen: readonly [Observation, ...Observation[]] }
  | { readonly state: 'unclear'; readonly why: Unknown };

/** `reader` is a client id, or `system`. */
export function keyReader({ encryption, identity }: Registry): KeyReader {
  const reader = encryption?.identity ?? null;
  if (reader === null) return { state: 'unclear', why: untold("Azure's answer names no identity for the key") };
  const seen = { at: 'registry/encryption/identity', saw: reader, wanted: "one of the registry's" } as const;
  const found = identity && identityOf(identity, reader);
  if (found) return { state: 'own', seen: [seen, found] };
  if (identity && sameId(reader, 'system') && hasOwn(identity))
    return { state: 'unclear', why: untold("Azure's answer has no object id of the registry's own identity") };
  return identity?.userAssigned.some(({ clientId }) => clientId === null) || identity?.type === null
    ? { state: 'unclear', why: untold("Azure's answer has no client id of an identity of the registry") }
    : { state: 'gone', seen: [seen] };
}

function identityOf({ principalId, userAssigned }: ManagedIdentity, reader: string): Observation | null {
  if (sameId(reader, 'system'))
    return principalId === null ? null : { at: 'registry/identity/principalId', saw: principalId };
  const index = userAssigned.findIndex(({ clientId }) => clientId !== null && sameId(clientId, reader));
  return index < 0
    ? null
    : { at: `registry/identity/userAssigned/${index}/clientId`, saw: userAssigned[index]?.clientId };
}

/** The vault that a registry's key is in. */
export type KeyPlace =
  | { readonly host: string; readonly vault: KeyVault; readonly at: `keyVaults/vaults/${number}` }
  | { readonly host: string | null; readonly why: Unknown };

/** The vault that the key is in, or why it was not seen. */
export function keyPlace({ encryption }: Registry, { vaults, searched }: KeyVaults): KeyPlace {
  const host = /^https:\/\/([\w.-]+)/i.exec(encryption?.keyIdentifier ?? '')?.[1]?.toLowerCase() ?? null;
  if (host === null) return { host, why: untold("Azure's answer has no key identifier that we can read") };
  if (/\.managedhsm\./.test(host)) return { host, why: untold('the key is in a managed HSM, which is not looked at') };
  const index = vaults.findIndex((one) => one.host === host);
  const vault = vaults[index];
  if (vault) return { host, vault, at: `keyVaults/vaults/${index}` };
  const unseen = searched.flatMap(({ ids }) => (ids.state === 'observed' ? [] : [ids]));
  return {
    host,
    why:
      unseen.length > 0
        ? cannotSee(`vault ${host} was not found`, unseen)
        : untold(`vault ${host} is in no subscription that was looked in`),
  };
}

/** Whether a vault lets a registry in, which comes as a trusted service; `null` where Azure does not tell. */
export function letsRegistriesIn(
  { name, publicNetworkAccess, rules }: KeyVault,
  at: `keyVaults/vaults/${number}`,
): { readonly lets: boolean | null; readonly seen: readonly [Observation, ...Observation[]] } {
  const access = { at: `${at}/publicNetworkAccess`, saw: publicNetworkAccess, about: name } as const;
  if (rules === null) return { lets: publicNetworkAccess === 'Enabled' ? true : null, seen: [access] };
  const bypass = { at: `${at}/rules/bypass`, saw: rules.bypass, about: name } as const;
  const action = { at: `${at}/rules/defaultAction`, saw: rules.defaultAction, about: name } as const;
  if (rules.bypass === 'AzureServices') return { lets: true, seen: [bypass] };
  if (publicNetworkAccess === 'Enabled' && rules.defaultAction === 'Allow')
    return { lets: true, seen: [access, action] };
  const closed = publicNetworkAccess === 'Disabled' ? access : rules.defaultAction === 'Deny' ? action : null;
  return rules.bypass === 'None' && closed
    ? { lets: false, seen: [{ ...bypass, wanted: 'AzureServices' }, closed] }
    : { lets: null, seen: [bypass] };
}
