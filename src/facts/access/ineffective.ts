import type { OpenEnum } from '../../model/enums.ts';
import type { Registry } from '../../model/facets/registry.ts';
import { idKey } from '../../model/ids.ts';
import type { Grant, RegistryAccess } from './access.ts';
import type { Right } from './rights.ts';
import { isOwnScope } from './scopes.ts';

/** A role that was made for the content of registries, and whether it does anything in this one. */
export interface RegistryRole {
  readonly grant: Grant;
  /** What it is assigned for. */
  readonly right: Right;
  readonly principalId: string;
  readonly principalType: OpenEnum<'principalType'> | null;
  /** `untold`: it depends on content trust, of which Azure does not say whether it is on. */
  readonly effect: 'works' | 'none' | 'untold';
  /** Its holder is known to use this registry: it has a role here, or the configuration says so. */
  readonly missed: boolean;
}

/** Widest first. */
const contentRights = ['delete', 'push', 'pull', 'sign'] as const satisfies readonly Right[];

/** The roles for content that are assigned. `users` are object ids that are known to use this registry. */
export function registryRoles(
  registry: Registry,
  { principals }: RegistryAccess,
  users: readonly string[],
): readonly RegistryRole[] {
  const known = new Set(users.map(idKey));
  const trust = registry.policies.trust?.status ?? null;
  return principals.flatMap(({ grants, rights, principalId, principalType }) => {
    const missed = known.has(idKey(principalId)) || grants.some(({ scope }) => isOwnScope(scope, registry));
    return grants.flatMap((grant) => {
      const { LegacyRegistryPermissions: legacy, AbacRepositoryPermissions: abac } = grant.named;
      const right = contentRights.find((one) => legacy[one] ?? abac[one]);
      if (right === undefined) return [];
      // What another assignment gives anyway is not missed.
      const has = rights[right] !== undefined;
      const signs = trust === 'enabled' ? 'works' : trust === 'disabled' ? 'none' : 'untold';
      const effect = !has ? 'none' : right === 'sign' ? signs : 'works';
      return [{ grant, right, principalId, principalType, effect, missed }];
    });
  });
}
