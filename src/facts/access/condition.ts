import { lastPart } from '../../model/ids.ts';
import { matchesAction } from './actions.ts';

/**
 * A role assignment condition (ABAC), as a formula over the action and over attributes we cannot know.
 * Syntax: Microsoft Learn, "Azure role assignment condition format and syntax".
 */
export type Condition =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Condition[] }
  | { readonly kind: 'not'; readonly part: Condition }
  | { readonly kind: 'action'; readonly pattern: string }
  | AttributeTest
  /** A question we do not model, `SubOperationMatches` or `Exists`: it may hold or not. */
  | { readonly kind: 'opaque' };

/** `@Request[…repositories:name] StringStartsWithIgnoreCase 'team/'`. */
export interface AttributeTest {
  readonly kind: 'test';
  readonly attribute: string;
  readonly operator: string;
  readonly values: readonly string[];
}

/** `maybe`: it depends on the repository or on something else that the condition tests. */
export type Holds = 'always' | 'maybe' | 'never';

/** `null` for text we cannot read: what it grants is then anything between nothing and everything. */
export function readCondition(text: string): Condition | null {
  const tokens = tokensOf(text);
  if (!tokens) return null;
  try {
    const reader: Reader = { tokens, next: 0 };
    const condition = anyOf(reader);
    return reader.next === tokens.length ? condition : null;
  } catch (error) {
    if (error instanceof Unreadable) return null;
    throw error;
  }
}

/**
 * Whether the condition lets an action pass, by three-valued logic: a test of an attribute may hold or not. For the
 * action that hands out a role, tests of which role it is are decided for `role`, a guid in lower case.
 */
export function holdsFor(condition: Condition, action: string, role: string | null = null): Holds {
  const chance = chanceOf(condition, action, role);
  return chance === 1 ? 'always' : chance === 0 ? 'never' : 'maybe';
}

/** What a condition still asks where the action is known. */
export function forAction(condition: Condition, action: string): Condition {
  switch (condition.kind) {
    case 'and':
    case 'or': {
      const holds = condition.kind === 'and';
      const parts = condition.parts.map((part) => forAction(part, action)).filter((part) => !isConstant(part, holds));
      return parts.some((part) => isConstant(part, !holds)) ? constant(!holds) : { kind: condition.kind, parts };
    }
    case 'not': {
      const part = forAction(condition.part, action);
      return isConstant(part, true)
        ? constant(false)
        : isConstant(part, false)
          ? constant(true)
          : { kind: 'not', part };
    }
    case 'action':
      return constant(matchesAction(condition.pattern, action));
    default:
      return condition;
  }
}

/** Nothing that must hold holds always; nothing of which one must hold, never. */
const constant = (holds: boolean): Condition => ({ kind: holds ? 'and' : 'or', parts: [] });

const isConstant = (condition: Condition, holds: boolean): boolean =>
  condition.kind === (holds ? 'and' : 'or') && condition.parts.length === 0;

/** A test, and whether the condition admits where it fails instead of where it holds. */
export interface AdmittingTest {
  readonly test: AttributeTest;
  readonly negated: boolean;
}

/**
 * The tests by which a condition admits, those under a negation turned round.
 */
export function admittingTests(condition: Condition, negated = false): readonly AdmittingTest[] {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return condition.parts.flatMap((part) => admittingTests(part, negated));
    case 'not':
      return admittingTests(condition.part, !negated);
    case 'test':
      return [{ test: condition, negated }];
    default:
      return [];
  }
}

/** Whether part of a condition is a question that we do not model. */
export function isPartlyOpaque(condition: Condition): boolean {
  if (condition.kind === 'and' || condition.kind === 'or') return condition.parts.some(isPartlyOpaque);
  return condition.kind === 'not' ? isPartlyOpaque(condition.part) : condition.kind === 'opaque';
}

/** The guids, in lower case, of the roles that a condition names. */
export const rolesNamed = (condition: Condition): readonly string[] =>
  admittingTests(condition).flatMap(({ test }) => (isAboutRole(test) ? test.values.map(guidOf) : []));

const isAboutRole = ({ attribute }: AttributeTest): boolean => /roleAssignments:RoleDefinitionId\]$/i.test(attribute);

const guidOf = (value: string): string => lastPart(value).toLowerCase();

function chanceOf(condition: Condition, action: string, role: string | null): number {
  switch (condition.kind) {
    case 'and':
      return Math.min(1, ...condition.parts.map((part) => chanceOf(part, action, role)));
    case 'or':
      return Math.max(0, ...condition.parts.map((part) => chanceOf(part, action, role)));
    case 'not':
      return 1 - chanceOf(condition.part, action, role);
    case 'action':
      return matchesAction(condition.pattern, action) ? 1 : 0;
    case 'test':
      return role !== null && isAboutRole(condition) ? chanceOfRole(condition, role) : 0.5;
    default:
      return 0.5;
  }
}

/** Each operator that compares guids, for the one role that is handed out: Microsoft Learn, "conditions-format". */
function chanceOfRole({ operator, values }: AttributeTest, role: string): number {
  const named = values.some((value) => guidOf(value) === role);
  switch (operator.toLowerCase()) {
    case 'guidequals':
    case 'foranyofanyvalues:guidequals':
      return named ? 1 : 0;
    case 'guidnotequals':
    case 'foranyofallvalues:guidnotequals':
      return named ? 0 : 1;
    default:
      return 0.5;
  }
}

interface Token {
  readonly kind: 'mark' | 'attribute' | 'text' | 'word';
  readonly text: string;
}

interface Reader {
  readonly tokens: readonly Token[];
  next: number;
}

class Unreadable extends Error {}

const token = /\s*(?:(\|\||&&|[!(){},])|(@\w+\[[^\]]*\])|'((?:\\.|[^'\\])*)'|([\w:.$/*-]+))/y;

function tokensOf(text: string): Token[] | null {
  const tokens: Token[] = [];
  const whole = text.trimEnd();
  token.lastIndex = 0;
  while (token.lastIndex < whole.length) {
    const [found, mark, attribute, quoted, word] = token.exec(whole) ?? [];
    if (found === undefined) return null;
    if (mark !== undefined) tokens.push({ kind: 'mark', text: mark });
    else if (attribute !== undefined) tokens.push({ kind: 'attribute', text: attribute });
    else if (quoted !== undefined) tokens.push({ kind: 'text', text: quoted });
    else if (word !== undefined) tokens.push({ kind: 'word', text: word });
  }
  return tokens;
}

const isAnd = (found: Token | undefined): boolean => found?.text === '&&' || isWord(found, 'AND');
const isOr = (found: Token | undefined): boolean => found?.text === '||' || isWord(found, 'OR');
const isWord = (found: Token | undefined, word: string): boolean =>
  found?.kind === 'word' && found.text.toUpperCase() === word;

/** One level of parts. `a AND b OR c` without brackets is refused: what binds tighter is not documented. */
function anyOf(reader: Reader): Condition {
  const parts = [single(reader)];
  const joint = reader.tokens[reader.next];
  const continues = isAnd(joint) ? isAnd : isOr(joint) ? isOr : null;
  while (continues?.(reader.tokens[reader.next])) {
    reader.next += 1;
    parts.push(single(reader));
  }
  const [only] = parts;
  return only && parts.length === 1 ? only : { kind: isAnd(joint) ? 'and' : 'or', parts };
}

function single(reader: Reader): Condition {
  const first = take(reader);
  if (first.text === '!' || isWord(first, 'NOT')) return { kind: 'not', part: single(reader) };
  if (first.kind === 'mark' && first.text === '(') {
    const inner = anyOf(reader);
    expectMark(reader, ')');
    return inner;
  }
  if (isWord(first, 'ACTIONMATCHES')) {
    const patterns = valuesOf(reader).map((pattern): Condition => ({ kind: 'action', pattern }));
    return { kind: 'or', parts: patterns };
  }
  if (isWord(first, 'SUBOPERATIONMATCHES')) {
    valuesOf(reader);
    return { kind: 'opaque' };
  }
  if (isWord(first, 'EXISTS')) {
    take(reader, 'attribute');
    return { kind: 'opaque' };
  }
  if (first.kind !== 'attribute') throw new Unreadable();
  const operator = take(reader, 'word').text;
  return { kind: 'test', attribute: first.text, operator, values: valuesOf(reader) };
}

/** `'one'`, `{'one', 'two'}`, or another attribute, whose values we do not know. */
function valuesOf(reader: Reader): string[] {
  const first = take(reader);
  if (first.kind === 'attribute') return [];
  if (first.kind !== 'mark') return [first.text];
  if (first.text !== '{') throw new Unreadable();
  const values: string[] = [];
  for (;;) {
    const value = take(reader);
    if (value.kind !== 'text' && value.kind !== 'word') throw new Unreadable();
    values.push(value.text);
    const after = take(reader, 'mark').text;
    if (after === '}') return values;
    if (after !== ',') throw new Unreadable();
  }
}

function take(reader: Reader, kind?: Token['kind']): Token {
  const found = reader.tokens[reader.next];
  if (!found || (kind && found.kind !== kind)) throw new Unreadable();
  reader.next += 1;
  return found;
}

function expectMark(reader: Reader, mark: string): void {
  if (take(reader, 'mark').text !== mark) throw new Unreadable();
}
