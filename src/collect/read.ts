import * as v from 'valibot';
import { asMember, type KnownEnum, type OpenEnum } from '../model/enums.ts';

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
    `Azure's answer for ${what} is not in a known form${path ? ` at ${path}` : ''}: ${issue?.message}`,
  );
}

/** What ARM may leave out or answer as null: `null` in the facet. */
export const maybe = <S extends v.GenericSchema>(schema: S) => v.nullish(schema, null);

export const text = v.string();
export const flag = v.boolean();
export const number = v.number();
export const texts = v.array(v.string());

/** A list that ARM may leave out where it is empty. */
export const listOf = <S extends v.GenericSchema>(item: S) =>
  v.pipe(
    v.nullish(v.array(item), []),
    v.transform((items) => items),
  );

/** An enum in any casing, and any member Azure invents. */
export const member = <E extends KnownEnum>(name: E) =>
  v.pipe(
    v.string(),
    v.transform((raw): OpenEnum<E> => asMember(name, raw)),
  );
