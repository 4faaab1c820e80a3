import type { Severity } from '../model/check.ts';

export const driftSchema = 'acr-audit/diff@1';

/** What became of failures between two reports. Public: `acr-audit diff OLD NEW -o json`. */
export interface Drift {
  readonly schema: typeof driftSchema;
  /** When each was collected. */
  readonly before: string;
  readonly after: string;
  /** Fails now, and did not. */
  readonly new: readonly Drifted[];
  /** Failed, and was judged to be in order, or is gone. */
  readonly fixed: readonly Drifted[];
  /** Failed, and still does. */
  readonly still: readonly Drifted[];
  /** Failed, and cannot be seen any more: nobody knows. */
  readonly unseen: readonly Drifted[];
}

/** A failure, or one thing of it. */
export interface Drifted {
  readonly subject: string;
  readonly name: string;
  readonly check: string;
  readonly severity: Severity;
  readonly thing?: string;
  readonly words: string;
  readonly fingerprint: string;
  /** Why it counts as fixed or unseen, or that it is accepted. */
  readonly why?: string;
}
