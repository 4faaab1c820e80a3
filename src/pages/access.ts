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
  readonly people: readonly Holder[];
  /** Who is in a group is not Azure Resource Manager's to tell. */
  readonly groups: readonly Holder[];
  /** Service principals, managed identities among them. */
  readonly workloads: readonly Holder[];
  /** Principals that are none of these, or of which Azure does not say what they are. */
  readonly untold: readonly Holder[];
  /** What Privileged Identity Management lets somebody activate; `null`: not asked, or not seen. */
  readonly eligible: readonly Eligible[] | null;
  /** The deny assignments that reach the registry; `null`: not seen, and what they take is among the rights above. */
  readonly denies: readonly ShownDeny[] | null;
  readonly tokens: readonly TokenHolder[];
  /** `null`: not in Azure's answer. */
  readonly adminAccount: boolean | null;
  readonly anonymousPull: boolean | null;
  /** Principals whose roles reach the registry and give them none of the rights above. */
  readonly powerless: readonly Holder[];
  readonly unseen: readonly { readonly what: string; readonly reason: string; readonly missing: readonly Missing[] }[];
}

/** Who it is: a person, a group or a workload. */
export interface Principal {
  readonly principalId: string;
  readonly principalType: OpenEnum<'principalType'> | null;
  /** It belongs to another tenant. */
  readonly foreign: boolean;
  /** What we know it as: an identity, a task, an app, or the kubelet identity of a cluster. */
  readonly name: string | null;
  /** `kubelet identity of aks (6f1c…)`, `group 6f1c…`. */
  readonly who: string;
}

/** A principal, what it can do, and by which roles. */
export interface Holder extends Principal {
  /** What its roles give, less what is denied. */
  readonly rights: Rights;
  /** The rights in words, the widest first. */
  readonly can: readonly string[];
  /** What its roles give, and deny assignments take away. */
  readonly denied: readonly DeniedRight[];
  readonly grants: readonly HeldGrant[];
}

/** A right that a role gives and a deny assignment takes away. */
export interface DeniedRight {
  /** In words, as under `can`. */
  readonly what: string;
  /** The deny assignments, in words. */
  readonly by: readonly string[];
  /** Why it may be held all the same; `null`: it is not. */
  readonly doubt: string | null;
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

/** A role that somebody may activate, and what it gives then. */
export interface Eligible extends Principal {
  readonly scope: string;
  readonly where: string;
  readonly roleId: string;
  /** `null`: the role could not be read. */
  readonly roleName: string | null;
  readonly condition: string | null;
  /** When the eligibility ends, as Azure writes it; `null`: never. */
  readonly until: string | null;
  readonly rights: Rights | null;
  /** The rights in words; `null` where they are not known. */
  readonly can: readonly string[] | null;
}

/** A deny assignment: it wins over every role. */
export interface ShownDeny {
  readonly id: string;
  readonly name: string;
  readonly scope: string;
  readonly where: string;
  /** `true`: at its scope alone. */
  readonly onlyAtScope: boolean | null;
  /** Actions and data actions as they are written, and those it spares. */
  readonly denies: readonly string[];
  readonly spares: readonly string[];
  /** In words. */
  readonly whom: readonly string[];
  readonly excluded: readonly string[];
  /** What keeps it from being sure; `null`: nothing. */
  readonly doubt: string | null;
}

/** A token, and what it can do. */
export interface TokenHolder {
  readonly name: string;
  readonly scopeMap: string | null;
  /** A connected registry synchronises by it. */
  readonly sync: boolean;
  /** `null` where the map is not in the list. `conditional`: on some repositories. */
  readonly rights: Rights | null;
  /** The rights in words, the widest first; `null` where they are not known. */
  readonly can: readonly string[] | null;
  /** A token that is off gives nothing until somebody switches it on; `null`: Azure does not say. */
  readonly enabled: boolean | null;
  /** Empty: nobody can log in by it. */
  readonly logins: readonly TokenLogin[];
}

/** A password or certificate of a token, and what it is worth. */
export interface TokenLogin {
  readonly kind: 'password' | 'certificate';
  /** `password1`. */
  readonly name: string;
  /** `dated`: it ends some day; `untold`: when is not known. */
  readonly worth: 'endless' | 'dated' | 'expired' | 'untold';
  /** As Azure writes it. */
  readonly expiry: string | null;
}
