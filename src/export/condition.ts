import type { Property, Value } from './properties.ts';

/**
 * A condition on one registry as ARM writes it. Policies and queries are printed from it, so it says no more than both
 * can say: words compare without their case, and what is absent equals nothing.
 */
export type Condition =
  | { readonly kind: 'all' | 'any'; readonly of: readonly Condition[] }
  | { readonly kind: 'not'; readonly of: Condition }
  | { readonly kind: 'in'; readonly property: Property; readonly values: readonly Value[] }
  | { readonly kind: 'exists'; readonly property: Property }
  | { readonly kind: 'above'; readonly property: Property; readonly value: number };

export const all = (...of: readonly Condition[]): Condition => ({ kind: 'all', of });
export const any = (...of: readonly Condition[]): Condition => ({ kind: 'any', of });
export const not = (of: Condition): Condition => ({ kind: 'not', of });
export const is = (property: Property, ...values: readonly Value[]): Condition => ({ kind: 'in', property, values });
export const exists = (property: Property): Condition => ({ kind: 'exists', property });
export const above = (property: Property, value: number): Condition => ({ kind: 'above', property, value });

/** The properties that a condition looks at, each once. */
export function propertiesOf(condition: Condition): readonly Property[] {
  switch (condition.kind) {
    case 'all':
    case 'any':
      return [...new Set(condition.of.flatMap(propertiesOf))];
    case 'not':
      return propertiesOf(condition.of);
    default:
      return [condition.property];
  }
}

/**
 * The same condition for a body that somebody writes, where what is left out gets Azure's default: a leaf that the
 * default meets is met by absence too.
 */
export function asWritten(condition: Condition): Condition {
  switch (condition.kind) {
    case 'all':
    case 'any':
      return { kind: condition.kind, of: condition.of.map(asWritten) };
    case 'not':
      return not(asWritten(condition.of));
    case 'in': {
      const { byDefault } = condition.property;
      return byDefault !== null && condition.values.includes(byDefault)
        ? any(not(exists(condition.property)), condition)
        : condition;
    }
    default:
      return condition;
  }
}
