import type { Grant } from './access.ts';
import {
  type AdmittingTest,
  admittingTests,
  type Condition,
  forAction,
  holdsFor,
  isPartlyOpaque,
  readCondition,
} from './condition.ts';

/** Whether a condition speaks of repositories at all; where it cannot be read, it may. */
export const aboutRepositories = (condition: string): boolean =>
  /registries\/repositories:name\b/i.test(condition) || readCondition(condition) === null;

const pulling = 'Microsoft.ContainerRegistry/registries/repositories/content/read';

/** How a condition on a role that pulls turns out for its holder. */
export type PullCondition =
  | { readonly admits: 'some'; readonly repositories: readonly string[] }
  | { readonly admits: 'none'; readonly reason: string }
  | { readonly admits: 'untold'; readonly reason: string };

/** Whether the condition of a grant lets its holder pull, as of `now` (ISO 8601). */
export function pullUnder({ condition }: Grant, now: string): PullCondition {
  const formula = condition === null ? null : readCondition(condition);
  if (formula === null) return { admits: 'untold', reason: 'its condition cannot be read' };
  const timed = decided(formula, now);
  if (holdsFor(timed, pulling) === 'never')
    return {
      admits: 'none',
      reason: holdsFor(formula, pulling) === 'never' ? 'it lets nothing in' : 'its time is over',
    };
  if (isPartlyOpaque(timed)) return { admits: 'untold', reason: 'its condition asks what we do not read' };
  const others = admittingTests(timed).filter(({ test }) => !isAboutName(test.attribute));
  if (others.length > 0)
    return {
      admits: 'untold',
      reason: `its condition also tests ${others.map(({ test }) => test.attribute).join(', ')}`,
    };
  const named = repositoryTests(timed);
  const strange = named.find((one) => meaningOf(one) === null);
  if (strange) return { admits: 'untold', reason: `its condition compares by ${strange.test.operator}` };
  const repositories = named.flatMap((one) => (meaningOf(one)?.admits ? one.test.values : []));
  return repositories.length === 0 && named.length === 0
    ? { admits: 'untold', reason: 'its condition names no repository' }
    : { admits: 'some', repositories };
}

/** The repositories on which a condition lets somebody do one thing, in its own words. */
export interface RepositoriesUnder {
  readonly only: readonly string[];
  readonly except: readonly string[];
  /** It asks something else too, or compares in a way that nobody knows. */
  readonly more: boolean;
}

/** `null` where the condition cannot be read or names no repository for the action. */
export function repositoriesUnder(condition: string, action: string): RepositoriesUnder | null {
  const whole = readCondition(condition);
  if (whole === null) return null;
  const formula = forAction(whole, action);
  const tests = admittingTests(formula);
  const named = repositoryTests(formula).map((one) => ({ values: one.test.values, meaning: meaningOf(one) }));
  const words = (admits: boolean): readonly string[] => [
    ...new Set(named.flatMap(({ values, meaning }) => (meaning?.admits === admits ? values.map(meaning.words) : []))),
  ];
  const [only, except] = [words(true), words(false)];
  return only.length + except.length === 0
    ? null
    : {
        only,
        except,
        more: isPartlyOpaque(formula) || tests.length > named.length || named.some(({ meaning }) => meaning === null),
      };
}

/** A prefix in a condition that also matches names nobody meant, and what ends it rightly. */
export interface LoosePrefix {
  readonly value: string;
  readonly instead: string;
}

/**
 * The prefixes in a condition that also match names nobody meant: `team` lets `team-b/app` in. A prefix that ends in a
 * separator is a naming scheme. `null` where the condition or an operator in it cannot be read.
 * Source: MicrosoftDocs container-registry-rbac-abac-repository-permissions.md.
 */
export function loosePrefixes(condition: string): readonly LoosePrefix[] | null {
  const formula = readCondition(condition);
  if (!formula) return null;
  const tests = repositoryTests(formula).map((one) => ({ values: one.test.values, meaning: meaningOf(one) }));
  if (tests.some(({ meaning }) => meaning === null)) return null;
  return tests.flatMap(({ values, meaning }) => {
    if (!meaning?.admits) return [];
    if (meaning.kind === 'prefix')
      return values.filter((value) => !endsInSeparator(value)).map((value) => ({ value, instead: `${value}/` }));
    if (meaning.kind !== 'pattern') return [];
    return values
      .filter((value) => value.endsWith('*') && !endsInSeparator(value.replace(/\*+$/, '')))
      .map((value) => ({ value, instead: `${value.replace(/\*+$/, '')}/*` }));
  });
}

/** An empty prefix lets everything in, and is no naming scheme. */
const endsInSeparator = (prefix: string): boolean => /[/._-]$/.test(prefix);

const isAboutName = (attribute: string): boolean => /registries\/repositories:name\]$/i.test(attribute);

const repositoryTests = (formula: Condition): readonly AdmittingTest[] =>
  admittingTests(formula).filter(({ test }) => isAboutName(test.attribute));

interface Meaning {
  readonly kind: 'name' | 'prefix' | 'pattern';
  /** Names that match are let in; `false`: names that do not match. */
  readonly admits: boolean;
  readonly words: (value: string) => string;
}

const operators: Readonly<Record<string, Pick<Meaning, 'kind' | 'words'>>> = {
  equals: { kind: 'name', words: (value) => value },
  startswith: { kind: 'prefix', words: (value) => `${value}…` },
  like: { kind: 'pattern', words: (value) => value },
};

/** What a test lets in: a negated negative is the positive. `null` for an operator that nobody knows. */
function meaningOf({ test: { operator }, negated }: AdmittingTest): Meaning | null {
  const [, not, name = ''] =
    /^(?:ForAny\w+:|ForAll\w+:)?String(Not)?(Equals|StartsWith|Like)(?:IgnoreCase)?$/i.exec(operator) ?? [];
  const known = operators[name.toLowerCase()];
  return known ? { ...known, admits: (not !== undefined) === negated } : null;
}

/** The formula with its tests of the time decided. */
function decided(formula: Condition, now: string): Condition {
  switch (formula.kind) {
    case 'and':
    case 'or':
      return { ...formula, parts: formula.parts.map((part) => decided(part, now)) };
    case 'not':
      return { ...formula, part: decided(formula.part, now) };
    case 'test': {
      const held = /[[:]utcNow\]$/i.test(formula.attribute) ? holdsAt(formula, now) : null;
      return held === null ? formula : { kind: held ? 'and' : 'or', parts: [] };
    }
    default:
      return formula;
  }
}

/** Whether a test of the time holds; `null` where it cannot be read, or will change: what is not over yet may end. */
function holdsAt({ operator, values }: { operator: string; values: readonly string[] }, now: string): boolean | null {
  const at = Date.parse(values[0] ?? '');
  if (Number.isNaN(at) || values.length !== 1) return null;
  const later = Date.parse(now) > at;
  if (/^DateTimeLessThan(OrEquals)?$/i.test(operator)) return later ? false : null;
  if (/^DateTimeGreaterThan(OrEquals)?$/i.test(operator)) return later ? true : null;
  return null;
}
