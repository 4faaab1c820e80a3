import type { Rights } from '../facts/access/rights.ts';
import type { OpenEnum } from '../model/enums.ts';
import type { Missing } from '../model/evidence.ts';

export const accessSchema = 'acr-audit/access@1';

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

/** A principal, what it can do, and by which roles. */
export interface Holder {
  readonly principalId: string;
  readonly principalType: OpenEnum<'principalType'> | null;
  /** What we know it as: an identity, a task, or the kubelet identity of a cluster. */
  readonly name: string | null;
  /** `kubelet identity of aks (6f1c…)`, `group 6f1c…`. */
  readonly who: string;
  readonly rights: Rights;
  /** The rights in words, the widest first. */
  readonly can: readonly string[];
  readonly grants: readonly HeldGrant[];
}

/** One role assignment by which it is held. */
export interface HeldGrant {
  readonly assignment: string;
  readonly scope: string;
  /** The scope in words: `resource group rg-acr`. */
  readonly where: string;
  readonly roleId: string;
  readonly roleName: string;
  readonly rights: Rights;
  readonly condition: string | null;
}

/** A token that is on, and what it can do. */
export interface TokenHolder {
  readonly name: string;
  readonly scopeMap: string | null;
  /** A connected registry synchronises by it. */
  readonly sync: boolean;
  /** `null` where the map is not in the list. `conditional`: on some repositories. */
  readonly rights: Rights | null;
  /** The rights in words, the widest first; `null` where they are not known. */
  readonly can: readonly string[] | null;
}
