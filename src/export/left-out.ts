import type { AnyCheck } from '../model/check.ts';
import { policyOf } from './azure-policy.ts';
import { propertiesOf } from './condition.ts';
import { flaggedBy, formOf } from './forms.ts';

/** Why a check on the registry alone is not a condition. */
const onRegistryAlone: Readonly<Record<string, string>> = {
  'customer-managed-key-rotates': 'it reads the version out of the address of the key',
  'dedicated-data-endpoints': 'it weighs the state of every private endpoint connection, a list',
  'ip-allow-rules-narrow': 'it counts the addresses of ranges',
};

/** Why a check is in no query, and then in no policy either; null where it is in one. */
export function notInKql(check: AnyCheck): string | null {
  if (formOf(check) !== null) return null;
  const facets: readonly string[] = [...check.needs, ...(check.evidence ?? [])].filter((one) => one !== 'registry');
  if (facets.length > 0) return `it rests on ${facets.map((one) => `\`${one}\``).join(', ')}`;
  return onRegistryAlone[check.id] ?? 'it is written as code alone';
}

/** Why a check that is in a query is in no policy; null where it is in one. */
export function notInPolicy(check: AnyCheck): string | null {
  const form = formOf(check);
  if (form === null || policyOf(check) !== null) return null;
  const unnamed = propertiesOf(flaggedBy(form)).filter(({ field }) => field === null);
  return `no published policy uses an alias of ${unnamed.map(({ arm }) => `\`${arm}\``).join(', ')}`;
}
