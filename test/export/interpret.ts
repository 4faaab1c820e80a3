import type { Condition } from '../../src/export/condition.ts';
import type { Form } from '../../src/export/forms.ts';
import type { Property, Value } from '../../src/export/properties.ts';

/** Whether a condition holds of a body: what Azure Policy and Resource Graph are documented to do. */
export function holds(condition: Condition, body: unknown): boolean {
  switch (condition.kind) {
    case 'all':
      return condition.of.every((one) => holds(one, body));
    case 'any':
      return condition.of.some((one) => holds(one, body));
    case 'not':
      return !holds(condition.of, body);
    case 'in':
      return condition.values.some((value) => same(condition.property, seenIn(condition.property, body), value));
    case 'exists':
      return seenIn(condition.property, body) !== null;
    case 'above': {
      const value = seenIn(condition.property, body);
      return typeof value === 'number' && value > condition.value;
    }
  }
}

export type Said = 'not-applicable' | 'fail' | 'pass' | 'unknown';

/** The verdict that a query would print. */
export function said({ besides, fails, passes }: Form, body: unknown): Said {
  if (besides !== null && holds(besides, body)) return 'not-applicable';
  if (holds(fails, body)) return 'fail';
  return holds(passes, body) ? 'pass' : 'unknown';
}

const seenIn = ({ arm }: Property, body: unknown): unknown =>
  arm.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | null)?.[key] ?? null, body);

/** Both engines know a location in every spelling. */
function same({ arm }: Property, value: unknown, wanted: Value): boolean {
  if (typeof value !== typeof wanted) return false;
  const text = String(value).toLowerCase();
  return (arm === 'location' ? text.replaceAll(' ', '') : text) === String(wanted).toLowerCase();
}
