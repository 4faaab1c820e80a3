import type { ReportCheck } from './report.ts';

export const symptomSchema = 'acr-audit/symptom@1';

/** What somebody sees, and the checks that explain it. */
export interface SymptomPage {
  readonly schema: typeof symptomSchema;
  readonly text: string;
  readonly explained: readonly {
    /** The part of the text by which it was found; `null` where only the words are alike. */
    readonly sign: string | null;
    readonly check: ReportCheck;
  }[];
}
