import type { Evidence } from '../../model/evidence.ts';
import type { DenyAssignment } from '../../model/facets/deny-assignments.ts';
import type { Registry } from '../../model/facets/registry.ts';
import type { ScopeMap } from '../../model/facets/scope-maps.ts';
import type { Token } from '../../model/facets/tokens.ts';
import type { Access, Grant } from './access.ts';
import { grantsAction } from './actions.ts';
import { denialOf } from './denials.ts';
import { widest } from './held.ts';
import type { Extent } from './rights.ts';
import { generating, settingUpTokens } from './rights-table.ts';
import { mapOf, operationsOf } from './scope-maps.ts';

/** The tokens of a registry and what they may do, as far as they were seen. */
export interface TokensSeen {
  readonly tokens?: Evidence<readonly Token[]> | undefined;
  readonly scopeMaps?: Evidence<readonly ScopeMap[]> | undefined;
}

/**
 * How far a new password of some token lets one change images. `null`: there is no token that pushes or deletes, so
 * that a password of one is worth nothing.
 */
export function newPasswordWorth({ tokens, scopeMaps }: TokensSeen): Extent | null {
  if (tokens?.state !== 'observed') return 'conditional';
  const maps = scopeMaps?.state === 'observed' ? scopeMaps.value : [];
  // A token that is disabled logs nobody in, and a new password does not enable it.
  const worths = tokens.value.filter(({ status }) => status !== 'disabled').map((token) => worthOf(token, maps));
  return worths.includes('all') ? 'all' : worths.includes('conditional') ? 'conditional' : null;
}

function worthOf(token: Token, maps: readonly ScopeMap[]): Extent | null {
  const its = mapOf(token, maps);
  const operations = its ? operationsOf(its) : [];
  if (operations.some((one) => one === 'content/write' || one === 'content/delete'))
    return token.status === 'enabled' ? 'all' : 'conditional';
  return its?.map || operations.length > 0 ? null : 'conditional';
}

/**
 * A principal, with the right to mint tokens where it may only make a new password: of a token that there is, worth
 * `worth`, or of one that another role of its own sets up.
 */
export function withNewPasswords(
  who: Access,
  worth: Extent | null,
  registry: Registry,
  denies: readonly DenyAssignment[],
): Access {
  const taken = (action: string) =>
    denialOf(denies, who, { plane: 'control', action, resource: registry.id })?.certainty ?? null;
  const gives = ({ permissions }: Grant, action: string): boolean => grantsAction(permissions, 'control', action);
  const mints = (grant: Grant): Extent | null => {
    if (grant.rights['mint-tokens'] !== undefined || !gives(grant, generating) || taken(generating) === 'sure')
      return null;
    const setsUp = who.grants.some(
      (other) =>
        other.condition === null && settingUpTokens.some((action) => gives(other, action) && taken(action) === null),
    );
    const most = setsUp ? 'all' : worth;
    return most === 'all' && (grant.condition !== null || taken(generating) !== null) ? 'conditional' : most;
  };
  if (!who.grants.some(mints)) return who;
  const grants = who.grants.map((grant): Grant => {
    const extent = mints(grant);
    return extent === null
      ? grant
      : {
          ...grant,
          rights: { ...grant.rights, 'mint-tokens': extent },
          unconditioned: { ...grant.unconditioned, 'mint-tokens': 'all' },
        };
  });
  return { ...who, grants, rights: widest(grants.map(({ rights }) => rights)) };
}
