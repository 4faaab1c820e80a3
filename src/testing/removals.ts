import { known } from '../model/enums.ts';
import { denied } from '../model/evidence.ts';
import { pointerOf, segments, valueAt, withValueAt } from '../model/pointer.ts';
import type { KnownFacts } from '../model/step.ts';
import { nullable } from './nullable.ts';

/** The same facts with one thing less, or with one value that nobody knows. */
export interface Removal {
  /** Where, with `*` for the number of a list's element. */
  readonly at: string;
  readonly facts: KnownFacts;
}

/** Each value that was read left out by Azure, each nested evidence denied, each enum with a new member: one at a time. */
export const removals = (facts: KnownFacts, read: ReadonlySet<string>): Removal[] =>
  [...read].flatMap((pointer) => {
    const value = valueAt(facts, pointer);
    const at = pointerOf(segments(pointer).map((name) => (/^\d+$/.test(name) ? '*' : name)));
    const without = (replacement: unknown): Removal => ({ at, facts: withValueAt(facts, pointer, replacement) });
    return [
      ...(value !== null && value !== undefined && nullable.has(at) ? [without(null)] : []),
      ...(isObserved(value) ? [without(denied('withheld by the test', someAction))] : []),
      ...(typeof value === 'string' && members.has(value) ? [without('SomethingNew')] : []),
    ];
  });

export const someAction = [{ action: 'Microsoft.Test/read', scope: '/' }];

const members: ReadonlySet<string> = new Set(Object.values(known).flat());

const isObserved = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  'state' in value &&
  value.state === 'observed' &&
  'value' in value &&
  'sources' in value;

/** Whether a pattern names the place: `*` is one segment, `**` any number. */
export const names = (pattern: string, at: string): boolean => areNamed(segments(pattern), segments(at));

function areNamed([first, ...rest]: readonly string[], at: readonly string[]): boolean {
  if (first === undefined) return at.length === 0;
  if (first === '**') return at.some((_, index) => areNamed(rest, at.slice(index + 1)));
  return at.length > 0 && (first === '*' || first === at[0]) && areNamed(rest, at.slice(1));
}
