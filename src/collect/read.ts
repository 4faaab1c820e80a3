import * as v from 'valibot';
import { asMember, type KnownEnum, type OpenEnum } from '../model/enums.ts';
import type { UnreadEntry } from '../model/evidence.ts';

/** An answer whose shape we cannot read: says where and why. */
export class ShapeError extends Error {
  override readonly name = 'ShapeError';
}

/** Reads the fields a schema names and nothing else, so that a secret in an answer cannot reach a snapshot. */
export function read<S extends v.GenericSchema>(what: string, schema: S, body: unknown): v.InferOutput<S> {
  const result = v.safeParse(schema, body);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const path = issue ? v.getDotPath(issue) : null;
  throw new ShapeError(
    `Azure's answer for ${what} is not in a known form${path ? ` at ${path}` : ''}: ${issue ? wordsOf(issue) : ''}`,
  );
}

/** Never the value: it may be a secret that stands where nobody expects one. */
const wordsOf = ({ expected, received, message }: v.GenericIssue): string =>
  expected === null
    ? message.replace(received, 'another')
    : `expected ${expected} but received ${received.startsWith('"') ? 'a text' : received}`;

/** What ARM may leave out or answer as null: `null` in the facet, which may mean that there is none. */
export const maybe = <S extends v.GenericSchema>(schema: S) => v.nullish(schema, null);

/**
 * What ARM may leave out, where `null` means that it did not say. An answer of another type says nothing that anybody
 * knows: `null` too. Not for what may be absent because there is none.
 */
export const told = <S extends v.GenericSchema>(schema: S) => v.fallback(maybe(schema), null);

export const text = v.string();
export const flag = v.boolean();
export const number = v.number();
/** A moment, in any form that has one meaning. */
export const instant = v.pipe(
  v.string(),
  v.check((said) => !Number.isNaN(Date.parse(said)), 'it is no instant'),
);
export const texts = v.array(v.string());

const idSegment = String.raw`(?!\.{1,2}(?:/|$))[^/?#%:\\\s]+`;

/** The id of a resource in a resource group, in the one form that may become the path of a question. */
export const armId = v.pipe(
  v.string(),
  v.regex(
    new RegExp(
      `^/subscriptions/[0-9a-z-]+/resourceGroups/${idSegment}/providers/[a-z0-9.]+(?:/${idSegment}/${idSegment})+$`,
      'i',
    ),
    'it is no id of a resource',
  ),
);

/** A list that is always there, empty or not. One that is absent says nothing: the answer is in no known form. */
export const listOf = <S extends v.GenericSchema>(item: S) => v.array(item);

/** A list that recorded answers leave out, or answer as null, where it is empty. */
export const listOrNone = <S extends v.GenericSchema>(item: S) =>
  v.pipe(
    v.nullish(v.array(item), []),
    v.transform((items) => items),
  );

/** A list that recorded answers give as null where it is empty, and never leave out. */
export const listOrNull = <S extends v.GenericSchema>(item: S) =>
  v.pipe(
    v.nullable(v.array(item)),
    v.transform((items) => items ?? []),
  );

/**
 * Reads the elements of a list one by one: an odd one becomes an unread entry of the evidence that is being asked for,
 * and the others stay. Throw the elements away that are nobody's concern before reading them.
 */
export type Each = <T>(items: readonly unknown[], parse: (body: unknown) => T | Promise<T>) => Promise<T[]>;

/** The odd elements go to `unread`. */
export function eachNoting(unread: UnreadEntry[]): Each {
  return async <T>(items: readonly unknown[], parse: (body: unknown) => T | Promise<T>) => {
    const read = async (body: unknown, index: number): Promise<readonly T[]> => {
      try {
        return [await parse(body)];
      } catch (error) {
        if (!(error instanceof ShapeError)) throw error;
        unread.push({ entry: entryName(body, index), reason: error.message });
        return [];
      }
    };
    return (await Promise.all(items.map(read))).flat() as T[];
  };
}

/** What a list calls the element, as far as it can be made out. */
function entryName(body: unknown, index: number): string {
  const named = v.safeParse(v.union([v.object({ id: text }), v.object({ name: text })]), body);
  if (!named.success) return `element ${index + 1} of the list`;
  return 'id' in named.output ? named.output.id : named.output.name;
}

/** An enum in any casing, and any member Azure invents. */
export const member = <E extends KnownEnum>(name: E) =>
  v.pipe(
    v.string(),
    v.transform((raw): OpenEnum<E> => asMember(name, raw)),
  );
