import type { Grant, RegistryAccess } from './access.ts';
import { roleIds } from './roles.ts';
import { scopeWords } from './scopes.ts';

/** `Contributor at management group root`. */
export const grantWords = ({ roleName, scope }: Grant): string => `${roleName} at ${scopeWords(scope)}`;

/** The evidence of a grant: which role, to whom (in words). */
export const seenGrant = (grant: Grant, who: string) =>
  ({ at: `${grant.at}/roleId`, saw: grant.roleId, about: `${who}: ${grantWords(grant)}` }) as const;

/** The narrowest built-in role for pulling, pushing or deleting in a permission mode; `null` where the mode is unknown. */
export function roleFor(right: 'pull' | 'push' | 'delete', mode: RegistryAccess['mode']): string | null {
  switch (mode) {
    case 'LegacyRegistryPermissions':
      return { pull: roleIds.acrPull, push: roleIds.acrPush, delete: roleIds.acrDelete }[right];
    case 'AbacRepositoryPermissions':
      return {
        pull: roleIds.repositoryReader,
        push: roleIds.repositoryWriter,
        delete: roleIds.repositoryContributor,
      }[right];
    default:
      return null;
  }
}
