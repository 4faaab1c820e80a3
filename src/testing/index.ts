/** The rule tester, `acr-audit/testing`: table in, test cases out, for any test runner. */
export { type Case, cases, type Expectation, type Row, type RowVerdict } from './cases.ts';
