import type { Purpose } from '../../model/check.ts';
import type { Cluster } from '../../model/facets/consumers.ts';
import type { Registry } from '../../model/facets/registry.ts';
import { idKey, sameId } from '../../model/ids.ts';
import { onceFor } from '../../model/once.ts';
import { type Unknown, untold } from '../../model/outcome.ts';
import type { Access, Grant, RegistryAccess } from './access.ts';
import { grantsAction } from './actions.ts';
import { grantWords } from './grants.ts';
import { detours, isDetour } from './held.ts';
import { kindOf, type PrincipalNames, principalWords } from './principals.ts';
import { type Right, rights } from './rights.ts';
import { registryItself, settingUpTokens } from './rights-table.ts';

/** Managed identities are service principals too; a kubelet identity is one whatever the answer says. */
export const isWorkload = (
  { principalId, principalType }: Pick<Access, 'principalId' | 'principalType'>,
  kubelets: ReadonlySet<string>,
): boolean => kindOf(principalType) === 'workload' || kubelets.has(idKey(principalId));

/** Object ids, in lower case, by which the nodes of clusters pull. */
export const kubeletsOf = onceFor(
  (clusters: readonly Cluster[]): ReadonlySet<string> =>
    new Set(clusters.flatMap(({ kubelet }) => (kubelet?.objectId ? [idKey(kubelet.objectId)] : []))),
);

/** One role of one principal that is a workload, or may be one. */
export interface HeldRole {
  readonly who: Access;
  /** Who that is, in words. */
  readonly name: string;
  readonly kubelet: boolean;
  readonly grant: Grant;
}

export const rolesOfWorkloads = (
  { principals }: RegistryAccess,
  kubelets: ReadonlySet<string>,
  names: PrincipalNames,
): readonly HeldRole[] =>
  principals
    .filter((who) => isWorkload(who, kubelets) || kindOf(who.principalType) === 'untold')
    .flatMap((who) =>
      who.grants.map((grant) => ({
        who,
        grant,
        name: principalWords(who, names),
        kubelet: kubelets.has(idKey(who.principalId)),
      })),
    )
    // What somebody holds of whom nobody knows what it is matters only where it is too much for a workload.
    .filter((held) => isWorkload(held.who, kubelets) || rights.some((right) => isTooMuch(right, held)));

/** How a role compares with what a workload needs. */
export type Width =
  | { readonly width: 'narrow'; readonly note?: string }
  | { readonly width: 'wide'; readonly words: string }
  | { readonly width: 'unclear'; readonly why: Unknown };

/** What nodes are not to do: they pull. */
const notForNodes: readonly Right[] = ['push', 'delete', 'sign', 'promote'];

/** Detours for which Azure has a role that gives nothing else beside looking. */
const ofOneRole: readonly Right[] = ['edit-tasks', 'import', 'edit-pipelines', 'edit-cache-rules'];

/** Whether Azure's role gives this right and no other, and was made for that. */
const isForOneThing = (right: Right, grant: Grant): boolean =>
  ofOneRole.includes(right) || (right === 'manage' && !gives(grant, registryItself));

const gives = ({ permissions }: Grant, actions: readonly string[]): boolean =>
  actions.some((action) => grantsAction(permissions, 'control', action));

/** Whether a role is wider than its holder, a workload, needs. */
export function widthOf(held: HeldRole, registry: Registry, purposes: readonly Purpose[]): Width {
  const { grant, who, name, kubelet } = held;
  const too = rights.filter((right) => isTooMuch(right, held));
  if (too.length === 0) return { width: 'narrow' };
  const what = `${name} is ${grantWords(grant)}`;
  const allowed = kubelet ? [] : purposesOf(who.principalId, purposes);
  const unmeant = too.filter((right) => !allowed.includes(right));
  if (unmeant.length === 0) return { width: 'narrow', note: `${what}, which the configuration names a purpose for` };
  const [only] = unmeant;
  if (!kubelet && unmeant.length === 1 && only && isForOneThing(only, grant) && isOwnRole(grant, registry))
    return { width: 'narrow', note: `${what}: ${rightBy(only, grant)}` };
  if (kindOf(who.principalType) === 'untold' && !kubelet)
    return { width: 'unclear', why: untold(`Azure does not say whether this is a person or a workload: ${what}`) };
  const sure = unmeant.filter((right) => grant.rights[right] === 'all');
  if (sure.length > 0)
    return { width: 'wide', words: `${what}: ${sure.map((right) => rightBy(right, grant)).join(', ')}` };
  return {
    width: 'unclear',
    why: untold(
      grant.condition === null
        ? `how far this goes depends on what Azure does not tell of the registry: ${what}`
        : `how far its condition lets this go is not known: ${what}`,
    ),
  };
}

/** Whether a role does more than a workload needs, whatever the configuration says of its purpose. */
export const doesTooMuch = (held: Pick<HeldRole, 'grant' | 'kubelet'>): boolean =>
  rights.some((right) => isTooMuch(right, held));

const isTooMuch = (right: Right, { grant, kubelet }: Pick<HeldRole, 'grant' | 'kubelet'>): boolean =>
  grant.rights[right] !== undefined &&
  (right === 'manage' || right === 'assign-roles' || isDetour(right) || (kubelet && notForNodes.includes(right)));

const isOwnRole = ({ custom, scope }: Grant, registry: Registry): boolean => !custom && sameId(scope, registry.id);

const purposesOf = (principalId: string, purposes: readonly Purpose[]): readonly string[] =>
  purposes.flatMap(({ principal, rights }) => (sameId(principal, principalId) ? rights : []));

const plainly: Readonly<Partial<Record<Right, string>>> = {
  push: 'push',
  delete: 'delete images',
  sign: 'sign',
  promote: 'promote what quarantine holds back',
  manage: 'change or delete the registry',
  'assign-roles': 'hand out roles that change images',
};

/** What a role lets its holder do, where it gives less than the right says. */
function rightBy(right: Right, grant: Grant): string {
  if (right === 'manage' && !gives(grant, registryItself))
    return 'can change or delete what belongs to the registry, such as tokens, webhooks, replicas or endpoints';
  if (right === 'mint-tokens' && !gives(grant, settingUpTokens))
    return 'can make itself a password of a token that pushes or deletes';
  return rightWords(right);
}

/** `can push through tasks`. */
export const rightWords = (right: Right): string =>
  `can ${isDetour(right) ? detours[right] : (plainly[right] ?? right)}`;
