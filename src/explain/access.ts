import type { Access } from '../facts/access/access.ts';
import { accessWith } from '../facts/access/around.ts';
import { scopeWords } from '../facts/access/grants.ts';
import { detours, isDetour } from '../facts/access/held.ts';
import { type PrincipalNames, principalNames, principalWords } from '../facts/access/principals.ts';
import { type Rights, rights } from '../facts/access/rights.ts';
import { mapOf, repositoryAction } from '../facts/access/scope-maps.ts';
import { isSyncToken } from '../facts/access/tokens.ts';
import { isWorkload, kubeletsOf } from '../facts/access/workloads.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Facets } from '../model/facets.ts';
import { byText, idKey } from '../model/ids.ts';
import { evidenceFor, type RegistryEntry, type Snapshot } from '../model/snapshot.ts';
import { type AccessPage, accessSchema, type Holder, type TokenHolder } from '../pages/access.ts';

/** What the page is made of; besides these only the registry itself. */
export const accessFacets = [
  'roleAssignments',
  'tokens',
  'scopeMaps',
  'connectedRegistries',
  'consumers',
  'federatedCredentials',
  'tasks',
] as const;

/** The page of one registry of the snapshot. Pure. */
export function accessPage(snapshot: Snapshot, entry: RegistryEntry): AccessPage {
  const evidence = evidenceFor(snapshot, entry);
  const seen = <F extends keyof Facets>(facet: F): Facets[F] | null => {
    const found = evidence[facet] as Evidence<Facets[F]> | undefined;
    return found?.state === 'observed' ? found.value : null;
  };
  const registry = seen('registry');
  const roles = seen('roleAssignments');
  const access = registry && roles ? accessWith(registry, roles, seen('federatedCredentials')?.identities ?? []) : null;
  const kubelets = kubeletsOf(seen('consumers')?.clusters ?? []);
  const names = principalNames({
    clusters: seen('consumers')?.clusters ?? [],
    tasks: seen('tasks') ?? [],
    identities: seen('federatedCredentials')?.identities ?? [],
  });
  const holders = (access?.principals ?? [])
    .filter((one) => rights.some((right) => one.rights[right]))
    .map((one) => ({ one, kind: kindOf(one, kubelets), holder: holderOf(one, names) }))
    .sort(
      (a, b) => widthOf(b.holder.rights) - widthOf(a.holder.rights) || byText(a.one.principalId, b.one.principalId),
    );
  const of = (kind: ReturnType<typeof kindOf>) =>
    holders.filter((one) => one.kind === kind).map(({ holder }) => holder);
  return {
    schema: accessSchema,
    registry: { id: entry.id, name: entry.name },
    evaluatedAt: snapshot.collectedAt,
    mode: registry?.roleAssignmentMode ?? null,
    people: of('people'),
    workloads: of('workloads'),
    untold: of('untold'),
    tokens: tokensOf(seen('tokens') ?? [], seen('scopeMaps') ?? [], seen('connectedRegistries') ?? []),
    adminAccount: registry?.adminUserEnabled ?? null,
    anonymousPull: registry?.anonymousPullEnabled ?? null,
    powerless: (access?.principals ?? [])
      .filter((one) => rights.every((right) => !one.rights[right]))
      .map((one) => holderOf(one, names)),
    unseen: [
      ...(['registry', 'roleAssignments', 'tokens', 'scopeMaps'] as const).flatMap((facet) => {
        const found = evidence[facet];
        if (found?.state === 'observed') return [];
        return [{ what: facet, reason: found?.reason ?? 'it was not collected', missing: found?.missing ?? [] }];
      }),
      ...(access?.unreadable ?? []).map(({ roleId, unseen, ...who }) => ({
        what: `role ${roleId} of ${principalWords(who, names)}`,
        reason: unseen.reason,
        missing: unseen.missing,
      })),
    ],
  };
}

function kindOf(one: Access, kubelets: ReadonlySet<string>): 'people' | 'workloads' | 'untold' {
  if (isWorkload(one, kubelets)) return 'workloads';
  return /^(user|.*group)$/i.test(one.principalType ?? '') ? 'people' : 'untold';
}

const holderOf = ({ principalId, principalType, rights: held, grants }: Access, names: PrincipalNames): Holder => ({
  principalId,
  principalType,
  name: names.get(idKey(principalId)) ?? null,
  who: principalWords({ principalId, principalType }, names),
  rights: held,
  can: wordsOf(held),
  grants: grants
    // Beside a role that gives something, one that gives nothing does not matter.
    .filter((grant) => Object.keys(held).length === 0 || Object.keys(grant.rights).length > 0)
    .sort((a, b) => a.scope.length - b.scope.length || byText(a.assignment, b.assignment))
    .map(({ assignment, scope, roleId, roleName, rights: given, condition }) => ({
      assignment,
      scope,
      where: scopeWords(scope),
      roleId,
      roleName,
      rights: given,
      condition,
    })),
});

/** The widest first; a right to something else as what it does to images. */
const wordsOf = (held: Rights): readonly string[] =>
  [...rights].reverse().flatMap((right) => {
    if (!held[right]) return [];
    const words = isDetour(right) ? detours[right] : right;
    return [held[right] === 'all' ? words : `${words} (conditional)`];
  });

/** A later right outweighs all earlier ones together, and the whole of one a part of it. */
const widthOf = (held: Rights | null): number =>
  rights.reduce((sum, right, rank) => {
    const extent = held?.[right];
    return extent ? sum + 3 ** rank * (extent === 'all' ? 2 : 1) : sum;
  }, 0);

const rightOf: Readonly<Record<string, 'pull' | 'push' | 'delete'>> = {
  'content/read': 'pull',
  'content/write': 'push',
  'content/delete': 'delete',
};

const tokensOf = (
  tokens: Facets['tokens'],
  maps: Facets['scopeMaps'],
  connected: Facets['connectedRegistries'],
): readonly TokenHolder[] =>
  tokens
    .filter(({ status }) => status !== 'disabled')
    .map((token) => {
      const its = mapOf(token, maps);
      const given = (its?.map?.actions ?? []).flatMap((action) => repositoryAction(action) ?? []);
      const held = Object.entries(rightOf).flatMap(([operation, right]) => {
        const on = given.filter((one) => one.operation === operation);
        if (on.length === 0) return [];
        return [[right, on.some(({ repository }) => repository === '*') ? 'all' : 'conditional'] as const];
      });
      const known: Rights | null = its?.map ? Object.fromEntries(held) : null;
      return {
        name: token.name,
        scopeMap: its?.name ?? null,
        sync: isSyncToken(token, maps, connected),
        rights: known,
        can: known && wordsOf(known),
      };
    })
    .sort((a, b) => widthOf(b.rights) - widthOf(a.rights) || byText(a.name, b.name));
