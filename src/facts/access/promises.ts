import type { OpenEnum } from '../../model/enums.ts';
import type { Registry } from '../../model/facets/registry.ts';
import type { Grant, RegistryAccess, Right } from './access.ts';
import { roleIds } from './roles.ts';

/** The right each role of the registry is assigned for. Which of them counts depends on the permission mode. */
const promised: Readonly<Record<string, Right>> = {
  [roleIds.acrPull]: 'pull',
  [roleIds.acrPush]: 'push',
  [roleIds.acrDelete]: 'delete',
  [roleIds.repositoryReader]: 'pull',
  [roleIds.repositoryWriter]: 'push',
  [roleIds.repositoryContributor]: 'delete',
  [roleIds.acrImageSigner]: 'sign',
};

/** A role assigned for one right, and whether its holder has that right here. */
export interface RolePromise {
  readonly grant: Grant;
  readonly right: Right;
  readonly principalId: string;
  readonly principalType: OpenEnum<'principalType'> | null;
  /** `null`: it depends on content trust, of which Azure does not say whether it is on. */
  readonly kept: boolean | null;
}

/** The roles of the registry that are assigned. What another assignment gives anyway is not missed. */
export function promisesOf(registry: Registry, { principals }: RegistryAccess): readonly RolePromise[] {
  const trust = registry.policies.trust?.status ?? null;
  return principals.flatMap(({ grants, rights, principalId, principalType }) =>
    grants.flatMap((grant) => {
      const right = promised[grant.roleId];
      if (!right) return [];
      const has = rights[right] !== undefined;
      const kept = right !== 'sign' || !has ? has : trust === 'enabled' ? true : trust === 'disabled' ? false : null;
      return [{ grant, right, principalId, principalType, kept }];
    }),
  );
}
