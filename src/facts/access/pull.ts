import { asMember } from '../../model/enums.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { DenyAssignment } from '../../model/facets/deny-assignments.ts';
import type { Registry } from '../../model/facets/registry.ts';
import { sameId } from '../../model/ids.ts';
import { cannotSee, type Observation, type Unknown, untold } from '../../model/outcome.ts';
import type { Pointer } from '../../model/pointer.ts';
import type { Grant, RegistryAccess } from './access.ts';
import { pullDenial } from './denials.ts';
import { grantWords } from './grants.ts';
import { kindOf } from './principals.ts';
import { pullUnder } from './repository-conditions.ts';

/** Who is to pull, and where its object id is in the evidence. */
export interface Puller {
  /** In words: `cluster aks`. */
  readonly who: string;
  readonly principalId: string;
  readonly at: Pointer;
}

/** Whether somebody may pull, and why we think so. */
export type Pull =
  | { readonly can: true; readonly seen: Observation; readonly note?: string }
  | {
      readonly can: false;
      readonly seen: Observation;
      readonly principalId: string;
      readonly spoiled: SpoiledGrant | null;
      /** The deny assignment that takes the pull away, in words; `null` where the roles do not give it. */
      readonly denial: string | null;
    }
  | { readonly can: null; readonly why: Unknown };

/** A role that would let somebody pull, but for its condition. */
export interface SpoiledGrant {
  readonly grant: Grant;
  readonly reason: string;
}

/** Whether somebody may pull, by roles and deny assignments; `puller` is why Azure does not tell who it is, if so. */
export function pullBy(
  registry: Registry,
  puller: Puller | Unknown,
  access: RegistryAccess,
  denies: Evidence<readonly DenyAssignment[]>,
  now: string,
): Pull {
  return 'verdict' in puller
    ? { can: null, why: puller }
    : pullUnderDenials(registry, puller, denies, pullOf(puller, access, now));
}

/** Who is in a group is not Azure Resource Manager's to tell, so that a group that pulls leaves the answer open. */
function pullOf({ who, principalId, at }: Puller, access: RegistryAccess, now: string): Pull {
  const grants = access.principals.find((one) => sameId(one.principalId, principalId))?.grants ?? [];
  const whole = grants.find(({ rights }) => rights.pull === 'all');
  if (whole) return { can: true, seen: seenPull(who, whole) };
  const limited = grants.filter(({ unconditioned }) => unconditioned.pull !== undefined);
  if (limited.length > 0 && access.mode !== 'AbacRepositoryPermissions')
    return unsure(`whether ${who} may pull depends on the permission mode or a condition we cannot read`);
  const under = limited.map((grant) => ({ grant, ...pullUnder(grant, now) }));
  const some = under.find(({ admits }) => admits === 'some');
  if (some) return { can: true, seen: seenPull(who, some.grant) };
  const open = under.find((one) => one.admits === 'untold');
  if (open?.admits === 'untold') return unsure(`whether ${who} may pull by ${grantWords(open.grant)}: ${open.reason}`);
  const [spoiled = null] = under.flatMap((one) =>
    one.admits === 'none' ? [{ grant: one.grant, reason: one.reason }] : [],
  );
  const unreadable = access.unreadable.filter(
    (one) => sameId(one.principalId, principalId) || mayBeGroup(one.principalType),
  );
  if (unreadable.length > 0)
    return {
      can: null,
      why: cannotSee(
        `the role that may let ${who} pull could not be read`,
        unreadable.map(({ unseen }) => unseen),
      ),
    };
  const group = access.principals.find(({ rights, principalType }) => rights.pull && mayBeGroup(principalType));
  if (group)
    return unsure(`${who} may pull if it is in group ${group.principalId}, which Azure Resource Manager does not tell`);
  return {
    can: false,
    principalId,
    spoiled,
    denial: null,
    seen: { at, saw: principalId, wanted: 'a role that pulls', about: who },
  };
}

/**
 * What deny assignments make of it: they win over every role. Who has no role cannot pull, whatever they say.
 */
function pullUnderDenials(
  registry: Registry,
  { who, principalId }: Puller,
  denies: Evidence<readonly DenyAssignment[]>,
  pull: Pull,
): Pull {
  if (pull.can === false) return pull;
  const its = pullDenial(
    registry,
    { principalId, principalType: asMember('principalType', 'ServicePrincipal') },
    denies,
  );
  switch (its.denied) {
    case 'no':
      return pull;
    case 'yes':
      return {
        can: false,
        principalId,
        spoiled: null,
        denial: its.words,
        seen: { ...its.seen, about: `${who}: ${its.words}` },
      };
    default:
      return pull.can ? { can: null, why: its.why } : pull;
  }
}

const seenPull = (who: string, grant: Grant): Observation => ({
  at: `${grant.at}/roleId`,
  saw: grant.roleId,
  about: `${who}: ${grantWords(grant)}`,
});

/** Whether it may pull is not told. */
export const unsure = (reason: string): Pull => ({ can: null, why: untold(reason) });

const mayBeGroup = (principalType: RegistryAccess['principals'][number]['principalType']): boolean =>
  ['group', 'untold'].includes(kindOf(principalType));
