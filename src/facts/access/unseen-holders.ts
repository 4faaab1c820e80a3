import type { Evidence } from '../../model/evidence.ts';
import type { Registry } from '../../model/facets/registry.ts';
import { idKey } from '../../model/ids.ts';
import { cannotSee, type Unknown } from '../../model/outcome.ts';
import type { RegistryAccess } from './access.ts';
import { mayChange } from './held.ts';
import { kindOf, type PrincipalNames, principalWords } from './principals.ts';
import type { Rights } from './rights.ts';
import { isOwnScope } from './scopes.ts';

/** Who was seen: the names of identities, and each place where more of them may live, seen or not. */
export interface Seen {
  readonly names: PrincipalNames;
  readonly searched: readonly Evidence<unknown>[];
}

const does: Readonly<Record<'pulls' | 'pushes', (held: Rights) => boolean>> = {
  pulls: (held) => held.pull !== undefined,
  pushes: mayChange,
};

/** Principals that the registry's own scope or its resource group lets pull (push), and that are no identity seen. */
export function nobodySeen(
  what: 'pulls' | 'pushes',
  registry: Registry,
  access: RegistryAccess,
  names: PrincipalNames,
) {
  return access.principals.filter(
    ({ principalId, principalType, grants }) =>
      !names.has(idKey(principalId)) &&
      ['workload', 'untold'].includes(kindOf(principalType)) &&
      grants.some(({ rights, scope }) => isOwnScope(scope, registry) && does[what](rights)),
  );
}

/**
 * Why somebody whom we cannot see pulls from (pushes to) the registry; `null` where nobody is known to. Subscriptions
 * that were not looked in make it unknown only where the registry itself names such a somebody: then it may live there.
 */
export function unseenHolder(
  what: 'pulls' | 'pushes',
  registry: Registry,
  access: RegistryAccess,
  { names, searched }: Seen,
): Unknown | null {
  const places = searched.flatMap((place) => (place.state === 'observed' ? [] : [place]));
  if (places.length === 0) return null;
  const holders = nobodySeen(what, registry, access, names);
  const unreadable = access.unreadable.filter(
    ({ principalId, principalType, scope }) =>
      isOwnScope(scope, registry) && !names.has(idKey(principalId)) && kindOf(principalType) === 'workload',
  );
  const all = [...holders, ...unreadable].map((one) => principalWords(one));
  return all.length === 0
    ? null
    : cannotSee(
        `${[...new Set(all)].join(', ')} may ${what.replace(/(es|s)$/, '')} here and is none of the identities seen`,
        [...places, ...unreadable.map(({ unseen }) => unseen)],
      );
}
