import { type Access, accessTo, type Grant, type Rights, rights } from '../facts/access/access.ts';
import { type PrincipalNames, principalNames, principalWords } from '../facts/access/principals.ts';
import { mapOf, repositoryAction } from '../facts/access/scope-maps.ts';
import { isSyncToken } from '../facts/access/tokens.ts';
import { isWorkload, kubeletsOf } from '../facts/access/workloads.ts';
import type { OpenEnum } from '../model/enums.ts';
import type { Evidence, Missing } from '../model/evidence.ts';
import type { Facets } from '../model/facets.ts';
import { byText, idKey } from '../model/ids.ts';
import { evidenceFor, type RegistryEntry, type Snapshot } from '../model/snapshot.ts';

const accessSchema = 'acr-audit/access@1';

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

/** Who can do what to one registry, and by what. Widest first. Public: `acr-audit explain access NAME -o json`. */
export interface AccessPage {
  readonly schema: typeof accessSchema;
  readonly registry: { readonly id: string; readonly name: string };
  /** ISO 8601. */
  readonly evaluatedAt: string;
  /** The role assignment mode, on which half of the rights depends. */
  readonly mode: string | null;
  /** Users and groups; who is in a group is not Azure Resource Manager's to tell. */
  readonly people: readonly Holder[];
  /** Service principals, managed identities among them. */
  readonly workloads: readonly Holder[];
  /** Principals of which Azure does not say what they are. */
  readonly untold: readonly Holder[];
  readonly tokens: readonly TokenHolder[];
  /** `null`: not in Azure's answer. */
  readonly adminAccount: boolean | null;
  readonly anonymousPull: boolean | null;
  /** Principals whose roles reach the registry and give them none of the rights above. */
  readonly powerless: readonly Holder[];
  readonly unseen: readonly { readonly what: string; readonly reason: string; readonly missing: readonly Missing[] }[];
}

export interface Holder {
  readonly principalId: string;
  readonly principalType: OpenEnum<'principalType'> | null;
  /** What we know it as: an identity, a task, or the kubelet identity of a cluster. */
  readonly name: string | null;
  readonly rights: Rights;
  readonly grants: readonly HeldGrant[];
}

export type HeldGrant = Pick<Grant, 'assignment' | 'scope' | 'roleId' | 'roleName' | 'rights' | 'condition'>;

export interface TokenHolder {
  readonly name: string;
  readonly scopeMap: string | null;
  /** A connected registry synchronises by it. */
  readonly sync: boolean;
  /** `null` where the map is not in the list. `conditional`: on some repositories. */
  readonly rights: Rights | null;
}

/** The page of one registry of the snapshot. Pure. */
export function accessPage(snapshot: Snapshot, entry: RegistryEntry): AccessPage {
  const evidence = evidenceFor(snapshot, entry);
  const seen = <F extends keyof Facets>(facet: F): Facets[F] | null => {
    const found = evidence[facet] as Evidence<Facets[F]> | undefined;
    return found?.state === 'observed' ? found.value : null;
  };
  const registry = seen('registry');
  const roles = seen('roleAssignments');
  const access = registry && roles ? accessTo(registry, roles) : null;
  const kubelets = kubeletsOf(seen('consumers')?.clusters ?? []);
  const names = principalNames({
    clusters: seen('consumers')?.clusters ?? [],
    tasks: seen('tasks') ?? [],
    identities: seen('federatedCredentials')?.identities ?? [],
  });
  const holders = (access?.principals ?? [])
    .filter((one) => rights.some((right) => one.rights[right]))
    .map((one) => ({ one, kind: kindOf(one, kubelets), holder: holderOf(one, names) }))
    .sort((a, b) => widthOf(b.holder) - widthOf(a.holder) || byText(a.one.principalId, b.one.principalId));
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
  rights: held,
  grants: grants
    // Beside a role that gives something, one that gives nothing does not matter.
    .filter((grant) => Object.keys(held).length === 0 || Object.keys(grant.rights).length > 0)
    .sort((a, b) => a.scope.length - b.scope.length || byText(a.assignment, b.assignment))
    .map(({ assignment, scope, roleId, roleName, rights: given, condition }) => ({
      assignment,
      scope,
      roleId,
      roleName,
      rights: given,
      condition,
    })),
});

/** A later right outweighs all earlier ones together, and the whole of one a part of it. */
const widthOf = (holder: Holder): number =>
  rights.reduce((sum, right, rank) => {
    const extent = holder.rights[right];
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
      return {
        name: token.name,
        scopeMap: its?.name ?? null,
        sync: isSyncToken(token, maps, connected),
        rights: its?.map ? Object.fromEntries(held) : null,
      };
    });
