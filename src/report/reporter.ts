import type { Drift } from '../pages/drift.ts';
import type { Report } from '../pages/report.ts';

/** How wide a line may be, and whether it has colour. The reporter asks nothing of the terminal itself. */
export interface Style {
  /** As chalk counts: none, 16 colours, 256, all. */
  readonly colorLevel: 0 | 1 | 2 | 3;
  /** Columns. Prose is wrapped to it; commands never are, so that they can be copied. */
  readonly width: number;
  /** One line for each failure, and the summary. */
  readonly quiet?: boolean;
  /** Every registry with every detail, in place of the fleet view or the short form. */
  readonly full?: boolean;
  /** How the command exits, and why. Settled before anything is rendered. */
  readonly exit?: Exit;
  /** Options that bring the same evidence again: `--demo`. */
  readonly again?: string;
  /** What else there is to say of the run: waivers that ended, subscriptions that are left out. */
  readonly notes?: readonly string[];
  /** What became of the failures that the baseline accepts. */
  readonly drift?: Drift;
}

export interface Exit {
  readonly code: number;
  readonly why: string;
}

/**
 * Data in, text out, ending in a newline; in pieces where it may be longer than the longest string. A reporter judges
 * nothing: verdicts and the exit code are settled before.
 */
export type Reporter = (report: Report, style: Style) => Iterable<string>;
