/** The rule tester, `acr-audit/testing`: table in, test cases out, for any test runner. */
export {
  type AnyRow,
  type Case,
  cases,
  type Expectation,
  type Irrelevant,
  type Row,
  type RowVerdict,
} from './cases.ts';
