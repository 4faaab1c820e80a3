import type { Grant } from './access.ts';
import { admittingTests, type Condition, readCondition } from './condition.ts';

/** Whether the grant's condition, as far as we can read it, lets some repositories in by name. */
export function namesRepositories({ condition }: Grant): boolean {
  const formula = condition === null ? null : readCondition(condition);
  return formula !== null && repositoryTests(formula).length > 0;
}

const repositoryTests = (formula: Condition) =>
  admittingTests(formula).filter(({ attribute }) => /registries\/repositories:name\]$/i.test(attribute));

/** Whether a condition speaks of repositories at all. */
export const aboutRepositories = (condition: string): boolean => /registries\/repositories:name\b/i.test(condition);

/**
 * The prefixes in a condition that also match names nobody meant: `team` lets `team-b/app` in. `null` for a condition
 * we cannot read. Source: MicrosoftDocs container-registry-rbac-abac-repository-permissions.md.
 */
export function loosePrefixes(condition: string): readonly string[] | null {
  const formula = readCondition(condition);
  if (!formula) return null;
  return repositoryTests(formula).flatMap(({ operator, values }) => {
    if (/StringStartsWith(IgnoreCase)?$/i.test(operator)) return values.filter((value) => !value.endsWith('/'));
    if (/StringLike(IgnoreCase)?$/i.test(operator)) return values.filter((value) => /(^|[^/])\*$/.test(value));
    return [];
  });
}
