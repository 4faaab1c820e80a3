import type { Access } from '../facts/access/access.ts';
import { deniesReaching, isEverybody } from '../facts/access/denials.ts';
import { accessWith } from '../facts/access/over-identities.ts';
import { firstOf, kindOf, type PrincipalNames, principalNames, principalWords } from '../facts/access/principals.ts';
import { rights } from '../facts/access/rights.ts';
import { scopeWords } from '../facts/access/scopes.ts';
import { denyFacts, takenFrom } from '../facts/access/taken.ts';
import { isWorkload, kubeletsOf } from '../facts/access/workloads.ts';
import type { Evidence } from '../model/evidence.ts';
import type { DeniedPrincipal, DenyAssignment } from '../model/facets/deny-assignments.ts';
import type { Facets } from '../model/facets.ts';
import { byText, sameId } from '../model/ids.ts';
import { evidenceFor, type RegistryEntry, type Snapshot } from '../model/snapshot.ts';
import { type AccessPage, accessSchema, type ShownDeny } from '../pages/access.ts';
import { eligibleHere, namesOfEligible } from './access-eligible.ts';
import { holderOf, widthOf } from './access-holders.ts';
import { tokensOf } from './access-tokens.ts';

/** What the page is made of; besides these only the registry itself. */
export const accessFacets = [
  'roleAssignments',
  'denyAssignments',
  'tokens',
  'scopeMaps',
  'connectedRegistries',
  'consumers',
  'appConsumers',
  'federatedCredentials',
  'tasks',
] as const;

/** What the page is not whole without. */
const decisive = ['registry', 'roleAssignments', 'denyAssignments', 'tokens', 'scopeMaps'] as const;

/** The page of one registry of the snapshot. Pure. */
export function accessPage(snapshot: Snapshot, entry: RegistryEntry): AccessPage {
  const evidence = evidenceFor(snapshot, entry);
  const seen = <F extends keyof Facets>(facet: F): Facets[F] | null => {
    const found = evidence[facet] as Evidence<Facets[F]> | undefined;
    return found?.state === 'observed' ? found.value : null;
  };
  const registry = seen('registry');
  const roles = seen('roleAssignments');
  const denies = seen('denyAssignments');
  const identities = seen('federatedCredentials')?.identities ?? [];
  const clusters = seen('consumers')?.clusters ?? [];
  const may = seen('eligibleRoles');
  const names = firstOf([
    principalNames({
      clusters,
      tasks: seen('tasks') ?? [],
      apps: seen('appConsumers')?.apps ?? [],
      identities,
      ...(registry ? { registry } : {}),
    }),
    namesOfEligible(may?.eligible ?? []),
  ]);
  const activated =
    may && registry
      ? eligibleHere(may, { registry, roles, identities, denies: denies ?? [], tokens: evidence }, names)
      : null;
  const whole = registry && roles ? accessWith(registry, roles, identities, [], evidence) : null;
  const holders = (() => {
    if (!registry || !roles || !whole) return [];
    const left = accessWith(registry, roles, identities, denies ?? [], evidence).principals;
    const facts = denyFacts(registry, roles, denies ?? [], whole.principals, identities);
    return whole.principals.map((one) => {
      const now = left.find(({ principalId }) => sameId(principalId, one.principalId)) ?? { ...one, rights: {} };
      const taken = denies?.length ? takenFrom(one, now.rights, facts) : [];
      return { one, holder: holderOf(now, taken, names, registry) };
    });
  })();
  const kubelets = kubeletsOf(clusters);
  const powerful = holders
    .filter(({ one }) => rights.some((right) => one.rights[right]))
    .sort(
      (a, b) => widthOf(b.holder.rights) - widthOf(a.holder.rights) || byText(a.one.principalId, b.one.principalId),
    );
  const of = (kind: 'person' | 'group' | 'workload' | 'untold') =>
    powerful.filter(({ one }) => kindOfHolder(one, kubelets) === kind).map(({ holder }) => holder);
  return {
    schema: accessSchema,
    registry: { id: entry.id, name: entry.name },
    evaluatedAt: snapshot.collectedAt,
    mode: registry?.roleAssignmentMode ?? null,
    people: of('person'),
    groups: of('group'),
    workloads: of('workload'),
    untold: of('untold'),
    eligible: activated?.eligible ?? null,
    denies: denies && shownDenies(denies, entry.id, names),
    tokens: tokensOf(
      seen('tokens') ?? [],
      seen('scopeMaps') ?? [],
      seen('connectedRegistries') ?? [],
      snapshot.collectedAt,
    ),
    adminAccount: registry?.adminUserEnabled ?? null,
    anonymousPull: registry?.anonymousPullEnabled ?? null,
    powerless: holders.filter(({ one }) => rights.every((right) => !one.rights[right])).map(({ holder }) => holder),
    unseen: [
      ...decisive.flatMap((facet) => unseenIn(facet, evidence[facet])),
      // Only who explains access asks for these.
      ...(wasAsked(evidence.eligibleRoles) ? unseenIn('eligibleRoles', evidence.eligibleRoles) : []),
      ...(activated?.unseen ?? []),
      ...(whole?.unreadable ?? []).map(({ roleId, unseen, ...who }) => ({
        what: `role ${roleId} of ${principalWords(who, names)}`,
        reason: unseen.reason,
        missing: unseen.missing,
      })),
    ],
  };
}

const wasAsked = (found: Evidence<unknown> | undefined): boolean =>
  found !== undefined && found.state !== 'not-collected';

/** A kubelet identity is a workload whatever the answer says. */
const kindOfHolder = (one: Access, kubelets: ReadonlySet<string>) =>
  isWorkload(one, kubelets) ? 'workload' : kindOf(one.principalType);

/** Why a facet was not seen, or which of its entries were not. */
function unseenIn(what: string, found: Evidence<unknown> | undefined): AccessPage['unseen'] {
  if (found?.state === 'observed')
    return (found.unread ?? []).map(({ entry, reason }) => ({ what: `${entry} in ${what}`, reason, missing: [] }));
  return [{ what, reason: found?.reason ?? 'it was not collected', missing: found?.missing ?? [] }];
}

const shownDenies = (
  denies: readonly DenyAssignment[],
  registry: string,
  names: PrincipalNames,
): readonly ShownDeny[] =>
  deniesReaching(denies, registry).map(({ deny, because }) => ({
    id: deny.id,
    name: deny.name,
    scope: deny.scope,
    where: scopeWords(deny.scope),
    onlyAtScope: deny.onlyAtScope,
    denies: deny.permissions.flatMap(({ actions, dataActions }) => [...actions, ...dataActions]),
    spares: deny.permissions.flatMap(({ notActions, notDataActions }) => [...notActions, ...notDataActions]),
    whom: deny.principals.map((one) => deniedWords(one, names)),
    excluded: deny.excluded.map((one) => deniedWords(one, names)),
    doubt: because,
  }));

function deniedWords(one: DeniedPrincipal, names: PrincipalNames): string {
  if (isEverybody(one)) return 'everybody';
  return one.id === null
    ? 'somebody whom Azure does not name'
    : principalWords({ principalId: one.id, principalType: one.type }, names);
}
