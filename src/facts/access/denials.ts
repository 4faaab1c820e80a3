import type { OpenEnum } from '../../model/enums.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { DeniedPrincipal, DenyAssignment } from '../../model/facets/deny-assignments.ts';
import type { Registry } from '../../model/facets/registry.ts';
import { idKey, sameId } from '../../model/ids.ts';
import { cannotSee, type Observation, type Unknown, untold } from '../../model/outcome.ts';
import { grantsAction, type Plane } from './actions.ts';
import { kindOf } from './principals.ts';
import { covers, scopeWords } from './scopes.ts';

/** A deny assignment that takes an action from somebody. `perhaps`: it rests on what Azure does not tell. */
export interface Denial {
  readonly certainty: 'sure' | 'perhaps';
  readonly deny: DenyAssignment;
  /** Where it is in the evidence. */
  readonly at: `denyAssignments/${number}`;
  /** In words, where it is not sure: what is not told. */
  readonly because: string | null;
}

interface Holder {
  readonly principalId: string;
  readonly principalType: OpenEnum<'principalType'> | null;
}

/** An action on a resource; `child`: on something below it, as a token is below its registry. */
export interface DeniedAction {
  readonly plane: Plane;
  readonly action: string;
  readonly resource: string;
}

/** What takes the action from its holder, the surest first; `null` where nothing that was seen does. */
export function denialOf(denies: readonly DenyAssignment[], holder: Holder, what: DeniedAction): Denial | null {
  const found = denies.flatMap((deny, index): readonly Denial[] => {
    if (!grantsAction(deny.permissions, what.plane, what.action)) return [];
    const at = `denyAssignments/${index}` as const;
    let because: string | null = null;
    for (const ask of [() => works(deny), () => reaches(deny, what), () => concerns(deny, holder)]) {
      const answer = ask();
      if (answer === false) return [];
      if (answer !== true) because ??= answer;
    }
    return [{ deny, at, certainty: because === null ? 'sure' : 'perhaps', because }];
  });
  return found.find(({ certainty }) => certainty === 'sure') ?? found[0] ?? null;
}

/** Whether something is so; a text: what keeps it from being known. */
type Sure = boolean | string;

function reaches(deny: DenyAssignment, { action, resource }: DeniedAction): Sure {
  const { scope } = deny;
  if (!covers(scope, resource)) return false;
  if (sameId(scope.replace(/\/+$/, ''), resource) && !isBelow(action)) return true;
  return deny.onlyAtScope === null
    ? 'Azure does not say whether it reaches what is below its scope'
    : !deny.onlyAtScope;
}

/** Actions on resources below a registry or an identity; content is of the registry itself. */
const isBelow = (action: string): boolean =>
  /\/(registries|userAssignedIdentities)\/(?!(?:pull|push|catalog|artifacts|sign|quarantine|quarantinedArtifacts|repositories|updatePolicies)\/)[^/]+\/(write|delete|read)$/i.test(
    action,
  );

/** The guid and the type by which Azure writes everybody. */
export const isEverybody = ({ id, type }: DeniedPrincipal): boolean =>
  id === '00000000-0000-0000-0000-000000000000' ||
  idKey(type ?? '') === 'systemdefined' ||
  idKey(type ?? '') === 'everyone';

function concerns({ principals, excluded }: DenyAssignment, holder: Holder): Sure {
  const isHolder = ({ id }: DeniedPrincipal): boolean => id !== null && sameId(id, holder.principalId);
  const mayHold = ({ id, type }: DeniedPrincipal): boolean => id === null || ['group', 'untold'].includes(kindOf(type));
  if (excluded.some(isHolder)) return false;
  if (!principals.some((one) => isEverybody(one) || isHolder(one)))
    return principals.some(mayHold) ? 'it is for a group, and who is in it is not told' : false;
  if (excluded.some(mayHold)) return 'it spares a group, and who is in it is not told';
  // Of a group that is denied, a member may be spared.
  return excluded.length > 0 && kindOf(holder.principalType) === 'group'
    ? 'it spares somebody who may be a member'
    : true;
}

function works({ effect, condition }: DenyAssignment): Sure {
  if (effect === 'Audit') return false;
  if (effect !== null && effect !== 'Enforced') return `its effect is ${effect}`;
  return condition === null ? true : 'it has a condition';
}

/** The deny assignments that reach a resource; `because`: what keeps that from being sure. */
export const deniesReaching = (
  denies: readonly DenyAssignment[],
  resource: string,
): readonly Pick<Denial, 'deny' | 'because'>[] =>
  denies.flatMap((deny) => {
    const action = { plane: 'control', action: '', resource } as const;
    const answers = [works(deny), reaches(deny, action)];
    if (answers.includes(false)) return [];
    return [{ deny, because: answers.find((one) => typeof one === 'string') ?? null }];
  });

/** `deny assignment locked-by-stack at resource group rg-acr`. */
export const denyWords = ({ name, scope }: DenyAssignment): string => `deny assignment ${name} at ${scopeWords(scope)}`;

/** The evidence of a denial. */
export const seenDenial = ({ at, deny }: Denial): Observation => ({
  at: `${at}/scope`,
  saw: deny.scope,
  about: denyWords(deny),
});

/** Whether a deny assignment keeps somebody from pulling, whatever their roles. */
export type PullDenial =
  | { readonly denied: 'no' }
  | { readonly denied: 'yes'; readonly seen: Observation; readonly words: string }
  | { readonly denied: 'unclear'; readonly why: Unknown };

const pulling = {
  LegacyRegistryPermissions: { plane: 'control', action: 'Microsoft.ContainerRegistry/registries/pull/read' },
  AbacRepositoryPermissions: {
    plane: 'data',
    action: 'Microsoft.ContainerRegistry/registries/repositories/content/read',
  },
} as const;

/** What deny assignments say of a pull by the permission mode of the registry; without the mode, of a pull in either. */
export function pullDenial(
  { id, roleAssignmentMode: mode }: Registry,
  holder: Holder,
  denies: Evidence<readonly DenyAssignment[]>,
): PullDenial {
  if (denies.state !== 'observed')
    return { denied: 'unclear', why: cannotSee('deny assignments, which win over every role', [denies]) };
  const { LegacyRegistryPermissions: legacy, AbacRepositoryPermissions: abac } = pulling;
  const ways = mode === legacyMode ? [legacy] : mode === abacMode ? [abac] : [legacy, abac];
  const denials = ways.map((way) => denialOf(denies.value, holder, { ...way, resource: id }));
  const [first] = denials.flatMap((one) => one ?? []);
  if (first === undefined) return { denied: 'no' };
  if (denials.every((one) => one?.certainty === 'sure'))
    return { denied: 'yes', seen: seenDenial(first), words: denyWords(first.deny) };
  return {
    denied: 'unclear',
    why: untold(
      `whether ${denyWords(first.deny)} takes the pull away: ${first.because ?? "it depends on the registry's permission mode"}`,
    ),
  };
}

const legacyMode = 'LegacyRegistryPermissions';
const abacMode = 'AbacRepositoryPermissions';
