import type { CallerReach } from '../facts/path/callers.ts';
import type { ProbedName } from '../facts/path/probed.ts';
import type { PublicAccess } from '../facts/path/public-access.ts';
import type { Stop, Way, Works } from '../facts/path/stops.ts';
import type { Missing } from '../model/evidence.ts';
import type { Facet } from '../model/facets.ts';
import type { Step } from '../model/step.ts';
import type { ReportStep } from './report-step.ts';

export const pathSchema = 'acr-audit/path@1';

/** Who can pull from a registry as it is now, and how; who else comes, and how. */
export interface PathPage {
  readonly registry: string;
  readonly loginServer: string | null;
  /** The regions that have a data endpoint, home first. */
  readonly regions: readonly string[];
  readonly publicAccess: PublicAccess | null;
  readonly endpoints: readonly {
    readonly name: string;
    readonly status: string | null;
    readonly network: string | null;
  }[];
  readonly from: readonly NetworkReach[];
  readonly callers: readonly CallerReach[];
  /** What DNS answered the machine that collected; `null` without `--probe`. */
  readonly probed: readonly ProbedName[] | null;
  /** The servers that it asked: they decide whose view that is. */
  readonly probedServers: readonly string[];
  /** Facets that could not be seen: there may be more consumers, or other answers. */
  readonly unseen: readonly { readonly facet: Facet; readonly reason: string; readonly missing: readonly Missing[] }[];
  /** Every distinct thing that stops pulls, broken ones first. */
  readonly stops: readonly Stopped[];
}

/** One network from which the registry is pulled, or may be. */
export interface NetworkReach {
  /** Resource id; `null` for a network that AKS made and ARM does not name with the cluster. */
  readonly network: string | null;
  readonly name: string;
  /** Clusters, endpoints and agent pools in it. */
  readonly who: readonly string[];
  readonly regions: readonly RegionReach[];
}

/** Whether a pull that is served from a region works: login first, then the layers. */
export interface RegionReach {
  readonly region: string;
  readonly can: Works;
  readonly ways: readonly Way[];
  /** Names of the endpoints, or what the public endpoint lets in. */
  readonly via: readonly string[];
  /** The name that fails, and the first hop that fails it; `null` where nothing does. */
  readonly stopped: { readonly name: string; readonly hop: Stop } | null;
}

/** One thing that stops clients, or may: the same for every network and region it is named with. */
export interface Stopped {
  readonly can: 'no' | 'in part' | 'unknown';
  /** The name that clients do not get past. */
  readonly name: string;
  readonly hop: Stop;
  readonly where: readonly { readonly from: string; readonly regions: readonly string[] }[];
  readonly problem: string;
  readonly symptom: string;
  readonly confirm: readonly string[];
  /** Empty where nothing is known to be broken. */
  readonly fix: readonly Step[];
}

/** One registry's paths, with the commands of what stops them as they are printed. */
export interface PrintedPath extends Omit<PathPage, 'stops'> {
  readonly name: string;
  /** ISO 8601: when the evidence was collected. */
  readonly collectedAt: string;
  readonly stops: readonly PrintedStop[];
}

/** What `explain path` says. Public: `acr-audit explain path NAME -o json`. */
export interface PathDocument extends PrintedPath {
  readonly schema: typeof pathSchema;
}

/** What stops clients, with its commands as a report has them. */
export interface PrintedStop extends Omit<Stopped, 'confirm' | 'fix'> {
  readonly confirm: readonly ReportStep[];
  readonly fix: readonly ReportStep[];
}
