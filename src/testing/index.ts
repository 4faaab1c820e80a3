/** The rule tester, `acr-audit/testing`: table in, test cases out, for any test runner. */

export { cases } from './cases.ts';
export type { AnyRow, Case, Expectation, Irrelevant, Row, RowVerdict } from './row.ts';
