import picomatch from 'picomatch';
import { type AnyCheck, type Area, areas, type Profile, profiles } from '../model/check.ts';
import { UsageError } from './errors.ts';
import { didYouMean, nearest } from './nearest.ts';

export interface Choice {
  readonly profile: Profile;
  /** Ids or globs; naming a check chooses it whatever the profile. */
  readonly check: readonly string[];
  readonly skip: readonly string[];
  readonly area: readonly string[];
}

/** The checks the user wants, or a `UsageError` that names the nearest id. */
export function selectChecks(all: readonly AnyCheck[], { profile, check, skip, area }: Choice): AnyCheck[] {
  for (const pattern of [...check, ...skip]) knownId(all, pattern);
  for (const name of area) knownArea(name);
  const named = check.length > 0 ? picomatch([...check]) : null;
  const skipped = skip.length > 0 ? picomatch([...skip]) : () => false;
  const bar = profiles.indexOf(profile);
  const chosen = all.filter(
    (one) =>
      (named ? named(one.id) : profiles.indexOf(one.profile) <= bar) &&
      (area.length === 0 || area.includes(one.area)) &&
      !skipped(one.id),
  );
  if (chosen.length === 0)
    throw new UsageError(
      'no check is left to run',
      'loosen --check, --skip and --area; acr-audit checks lists what there is',
    );
  return chosen;
}

/** The ids that ids and globs name, or a `UsageError` that names the nearest id. */
export function namedIds(all: readonly AnyCheck[], patterns: readonly string[]): readonly string[] {
  for (const pattern of patterns) knownId(all, pattern);
  const isNamed = patterns.length > 0 ? picomatch([...patterns]) : () => false;
  return all.map(({ id }) => id).filter((id) => isNamed(id));
}

function knownId(all: readonly AnyCheck[], pattern: string): void {
  const matches = pattern === '' ? () => false : picomatch(pattern);
  if (all.some((one) => matches(one.id))) return;
  const near = nearest(
    pattern,
    all.map((one) => one.id),
  );
  throw new UsageError(
    `there is no check '${pattern}'`,
    near.length > 0 ? `did you mean ${near.join(' or ')}?` : 'acr-audit checks lists them all',
  );
}

function knownArea(name: string): asserts name is Area {
  if (!(areas as readonly string[]).includes(name))
    throw new UsageError(
      `there is no area '${name}'`,
      `${didYouMean(name, areas) ?? ''} the areas are ${areas.join(', ')}`.trim(),
    );
}

const newer = (a: string, b: string): boolean => a.localeCompare(b, 'en', { numeric: true }) > 0;

/** Refuses a version of the rules that no check is as old as, which would judge nothing, and one that is yet to come. */
export function knownRules(all: readonly AnyCheck[], rules: string | undefined): void {
  if (rules === undefined) return;
  const versions = [...new Set(all.map(({ since }) => since))].sort((a, b) => (newer(a, b) ? 1 : -1));
  const [first = rules, last = first] = [versions[0], versions.at(-1)];
  const advice = `it has ${versions.join(', ')}: correct rules in the configuration`;
  if (newer(first, rules)) throw new UsageError(`no check of this version is as old as rules ${rules}`, advice);
  if (newer(rules, last))
    throw new UsageError(`this version has no rules ${rules} yet`, `${advice}, or update acr-audit`);
}

/** The checks that were there in a version of the rules, and the ids of those that came later. */
export function ofRules(
  chosen: readonly AnyCheck[],
  rules: string | undefined,
): { readonly chosen: readonly AnyCheck[]; readonly newer: readonly string[] } {
  const isNewer = ({ since }: AnyCheck) => rules !== undefined && newer(since, rules);
  return {
    chosen: chosen.filter((check) => !isNewer(check)),
    newer: chosen.filter(isNewer).map(({ id }) => id),
  };
}
