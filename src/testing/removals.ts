import { known } from '../model/enums.ts';
import { denied } from '../model/evidence.ts';
import { valueAt, withValueAt } from '../model/pointer.ts';
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
    const at = pointer.replaceAll(/\/\d+(?=\/|$)/g, '/*');
    const without = (replacement: unknown): Removal => ({ at, facts: withValueAt(facts, pointer, replacement) });
    return [
      ...(value !== null && value !== undefined && mayBeLeftOut(at) ? [without(null)] : []),
      ...(isObserved(value) ? [without(denied('withheld by the test', someAction))] : []),
      ...(typeof value === 'string' && members.has(value) ? [without('SomethingNew')] : []),
    ];
  });

export const someAction = [{ action: 'Microsoft.Test/read', scope: '/' }];

const members: ReadonlySet<string> = new Set(Object.values(known).flat());

/** Keys of records are names: `registry/identity/userAssigned/<id>/clientId`. */
const mayBeLeftOut = (at: string): boolean => nullable.has(at.replace(/(\/userAssigned\/)[^/]+/, '$1*'));

const isObserved = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  'state' in value &&
  value.state === 'observed' &&
  'value' in value &&
  'sources' in value;

/** Whether a pattern names the place: `*` is one segment, `**` any number. */
export const names = (pattern: string, at: string): boolean =>
  new RegExp(
    `^${pattern
      .split('/')
      .map((part) => (part === '**' ? '.*' : part === '*' ? '[^/]*' : part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&')))
      .join('/')}$`,
  ).test(at);
