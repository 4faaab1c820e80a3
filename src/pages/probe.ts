import type { ResolvedName } from '../model/facets/resolution.ts';

export const probeSchema = 'acr-audit/probe@1';

/** What a name of the registry is for. */
export type ProbeRole = 'login server' | 'data endpoint';

/** A name to look at. */
export interface ProbeName {
  readonly name: string;
  readonly role: ProbeRole;
  /** `null` for the login server. */
  readonly region: string | null;
}

/** A name, what this machine saw of it, and what that means. */
export interface ProbedName extends ProbeName, ResolvedName {
  /** Where the addresses are; `none` without an address. */
  readonly where: 'private' | 'public' | 'mixed' | 'none';
  /** The public name is an alias of a private one: an approved private endpoint exists somewhere. */
  readonly aliased: boolean;
  /** Each connection in words. */
  readonly says: readonly string[];
}

export interface ProbeSymptom {
  readonly name: string;
  readonly state: 'broken' | 'unclear';
  /** What somebody notices. */
  readonly symptom: string;
  readonly cause: string;
  /** Checks that explain it in a scan. */
  readonly checks: readonly string[];
  /** What to look at next, as commands or words. */
  readonly next: readonly string[];
}

/** One look at a registry from one machine, without credentials. */
export interface ProbePage {
  readonly schema: typeof probeSchema;
  readonly loginServer: string;
  readonly servers: readonly string[];
  readonly verdict: 'good' | 'broken' | 'unclear';
  readonly names: readonly ProbedName[];
  readonly symptoms: readonly ProbeSymptom[];
  readonly notes: readonly string[];
}
