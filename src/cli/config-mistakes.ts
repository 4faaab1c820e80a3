import type { Fault, Schema } from './json-schema.ts';
import { nearest } from './nearest.ts';

/** What is wrong in a configuration, where, and what would be right. */
export interface Mistake {
  readonly path: Fault['path'];
  readonly problem: string;
  readonly advice: string;
}

/** A fault in words. `value` is what stands there. */
export function mistakeOf({ path, keyword, name = '', schema }: Fault, value: unknown): Mistake {
  const what = nameOf(path);
  switch (keyword) {
    case 'surplus':
      return { path: [...path, name], ...surplus(path, name, Object.keys(schema.properties ?? {})) };
    case 'absent':
      return { path, problem: `'${name}' is missing`, advice: `add ${name}:` };
    case 'value':
      return { path, ...otherValue(what, value, (schema.enum ?? []).map(String)) };
    case 'bounds':
      return { path, problem: `${what} is ${String(value)}`, advice: `it is ${boundsOf(schema)}` };
    case 'format':
      return schema.format === 'date'
        ? { path, problem: `${what} is no day: ${String(value)}`, advice: 'write it as 2027-03-31' }
        : { path, problem: `${what} is no regular expression: ${String(value)}`, advice: 'see the page of the check' };
    case 'pattern':
      return { path, ...ofForm(what, schema.pattern ?? '') };
    default:
      return { path, ...ofType(what, value, schema) };
  }
}

const kinds: Readonly<Record<string, string>> = {
  array: 'a list',
  object: 'a map of keys',
  string: 'text',
  number: 'a number',
};

function ofType(what: string, value: unknown, schema: Schema): Omit<Mistake, 'path'> {
  const kind = [schema.type]
    .flat()
    .map((type) => kinds[type ?? ''] ?? type)
    .join(' or ');
  const problem = `${what} must be ${kind}`;
  if (schema.minimum !== undefined) return { problem, advice: `it is ${boundsOf(schema)}` };
  if (schema.pattern?.startsWith('^\\d')) return { problem, advice: 'write it as rules: "1.0"' };
  if (schema.type === 'string' && (typeof value === 'number' || typeof value === 'boolean'))
    return { problem, advice: `write it in quotes: "${String(value)}"` };
  return { problem, advice: 'docs/configuration.md shows a whole file; schemas/config.schema.json describes it' };
}

/** The key, or for an element of a list the key of the list. */
const nameOf = (path: Fault['path']): string => String(path.findLast((part) => typeof part === 'string') ?? 'the file');

const boundsOf = ({ minimum, maximum }: Schema): string => `a number from ${minimum} to ${maximum}`;

function surplus([place, check]: Fault['path'], key: string, known: readonly string[]): Omit<Mistake, 'path'> {
  const keys = known.filter((one) => one !== '$schema');
  if (place !== 'options' && place !== 'severity')
    return { problem: `unknown key '${key}'`, advice: nearestOf(key, keys) ?? `the keys are ${keys.join(', ')}` };
  if (check === undefined)
    return {
      problem: `there is no check '${key}'${place === 'options' ? ' with options' : ''}`,
      advice: nearestOf(key, keys) ?? checksAre,
    };
  return {
    problem: `${check} has no option '${key}'`,
    advice: nearestOf(key, keys) ?? `it takes ${keys.join(', ')}`,
  };
}

function otherValue(what: string, value: unknown, known: readonly string[]): Omit<Mistake, 'path'> {
  if (what === 'check')
    return { problem: `there is no check '${String(value)}'`, advice: nearestOf(String(value), known) ?? checksAre };
  const all = `it is one of ${known.join(', ')}`;
  const near = nearestOf(String(value), known);
  return { problem: `${what} has no value '${String(value)}'`, advice: near === null ? all : `${near} ${all}` };
}

const checksAre = 'acr-audit checks lists them all';

const nearestOf = (typed: string, known: readonly string[]): string | null => {
  const near = nearest(typed, known);
  return near.length > 0 ? `did you mean ${near.join(' or ')}?` : null;
};

/** What texts of a form are called. */
function ofForm(what: string, pattern: string): Omit<Mistake, 'path'> {
  if (pattern.includes('Microsoft'))
    return { problem: 'this is no resource id of that kind', advice: 'az resource show --query id prints it' };
  if (pattern.startsWith('^tag:')) return { problem: `${what} names no tag`, advice: 'write it as owner: tag:team' };
  if (pattern.startsWith('^\\d')) return { problem: `${what} is no version`, advice: 'write it as rules: "1.0"' };
  if (pattern === '\\S') return { problem: `${what} is empty`, advice: 'say why, for whoever reads the report' };
  return { problem: `${what} is no login server`, advice: 'write it as contoso.azurecr.io' };
}
