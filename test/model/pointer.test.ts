import { describe, expect, test } from 'vitest';
import { lastSegment, namesBelow, pointerOf, segments, valueAt, withValueAt } from '../../src/model/pointer.ts';

const names = ['links', 'a/b', '~', '~1', 'm~n', '', '0', '%2F'];

test.each(names)("the name '%s' goes into a pointer and comes out of it", (name) => {
  const at = pointerOf(['tags', name, 'x']);
  expect(segments(at)).toEqual(['tags', name, 'x']);
  expect(lastSegment(pointerOf(['tags', name]))).toBe(name);
  const root = { tags: { [name]: { x: 1 }, other: 2 } };
  expect(valueAt(root, at)).toBe(1);
  expect(withValueAt(root, at, 3)).toEqual({ tags: { [name]: { x: 3 }, other: 2 } });
});

describe('the names from one place to another', () => {
  test.each<[string, readonly string[], string, readonly string[] | null]>([
    ['below it', ['zones', '0'], 'zones/0/links/1', ['links', '1']],
    ['below a name that is escaped', ['tags', 'a/b~'], 'tags/a~1b~0/x~1y', ['x/y']],
    ['beside it', ['zones', '1'], 'zones/10/links', null],
    ['beside a name that is the same in a pointer', ['tags', 'a~1b'], 'tags/a~1b/x', null],
    ['at the place itself', ['zones', '0'], 'zones/0', null],
  ])('%s', (_, above, at, below) => {
    expect(namesBelow(above, at)).toEqual(below);
  });
});
