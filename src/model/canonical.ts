import { byText } from './ids.ts';

/** The same value with the keys of its objects in order, at every depth: the same facts give the same bytes. */
export function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => byText(a, b))
      .map(([key, inner]) => [key, canonical(inner)]),
  );
}
