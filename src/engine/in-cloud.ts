import type { AnyCheck } from '../model/check.ts';
import type { CloudFacts } from '../model/snapshot.ts';

/** Values for `<placeholders>`, by name. */
export type Values = Readonly<Record<string, string>>;

/** What is in place of a value that is not known yet. */
export const hole = /<([a-z][a-z-]*)>/g;

/** The check as it reads in a cloud: its commands and words name the registries and zones of that cloud. */
export const inCloud = (check: AnyCheck, { registrySuffix }: Pick<CloudFacts, 'registrySuffix'>): AnyCheck =>
  filled(check, { 'registry-suffix': registrySuffix }) as AnyCheck;

/** The same with the values in place of its placeholders, wherever they stand; those without a value stay. */
export function filled(given: unknown, values: Values): unknown {
  if (typeof given === 'string') return given.replace(hole, (whole, name: string) => values[name] ?? whole);
  if (Array.isArray(given)) return given.map((item) => filled(item, values));
  if (typeof given !== 'object' || given === null) return given;
  return Object.fromEntries(Object.entries(given).map(([key, item]) => [key, filled(item, values)]));
}
