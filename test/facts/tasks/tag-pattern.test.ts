import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { repositoryPattern, splitFilter, tagPattern } from '../../../src/facts/tasks/tag-pattern.ts';

const matches = (pattern: ReturnType<typeof tagPattern>, text: string): boolean | 'refused' | 'unreadable' =>
  'matches' in pattern ? pattern.matches(text) : 'refused' in pattern ? 'refused' : 'unreadable';

const tag = fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,30}$/);

describe('tags are looked for anywhere, repositories from end to end', () => {
  test.each<readonly [string, string, boolean]>([
    ['1', 'v2.1', true],
    ['^1', 'v2.1', false],
    ['dev', 'undeveloped', true],
    ['^dev$', 'dev', true],
    ['(?i)RC', '1.0-rc1', true],
    ['[[:alpha:]]', '123', false],
    ['\\d', 'sha256-abc', true],
  ])('the tag pattern %s and %s: %s', (source, text, expected) => {
    expect(matches(tagPattern(source, 19), text)).toBe(expected);
  });

  test('a literal is found wherever it stands in a tag, and a repository only as a whole', () => {
    fc.assert(
      fc.property(tag, tag, tag, (before, middle, after) => {
        const source = middle.replaceAll('.', '\\.');
        expect(matches(tagPattern(source, 19), before + middle + after)).toBe(true);
        expect(matches(repositoryPattern(source, 19), before + middle + after)).toBe(false);
        expect(matches(repositoryPattern(source, 19), middle)).toBe(true);
      }),
    );
  });

  test('an alternation of repositories escapes the anchors', () => {
    expect(matches(repositoryPattern('a|b', 19), 'a-long-name')).toBe(true);
  });
});

describe('what RE2 does not know', () => {
  test.each<readonly [string, string, boolean | 'refused' | 'unreadable']>([
    ['^(?!latest$).*', 'latest', false],
    ['^(?!latest$).*', 'v1', true],
    ['^((?!latest).)*$', 'v1', true],
    ['(a)\\1', 'aa', 'unreadable'],
    ['(?=(a+)+b)', 'aa', 'unreadable'],
    ['(?=((a+))+b)', 'aa', 'unreadable'],
    ['[', 'x', 'refused'],
    ['*', 'x', 'refused'],
  ])('%s on %s since 0.5: %s', (source, text, expected) => {
    expect(matches(tagPattern(source, 19), text)).toBe(expected);
  });

  test('before 0.5 acr-cli refused a look-around', () => {
    expect(matches(tagPattern('^(?!latest$).*', 4), 'v1')).toBe('refused');
  });

  test('where both RE2 and JavaScript read a pattern of the plain kind, they agree', () => {
    const atom = fc.constantFrom('a', '1', '.', '\\d', '\\w', '[a-c]', '[^0-9]', '(?:ab|1)', '-');
    const pattern = fc
      .array(fc.tuple(atom, fc.constantFrom('', '*', '+', '?', '{2}')), { minLength: 1, maxLength: 5 })
      .map((parts) => parts.map((part) => part.join('')).join(''));
    fc.assert(
      fc.property(pattern, tag, (source, text) => {
        // A look-around that is always true sends the same pattern the other way.
        expect(matches(tagPattern(`(?=)${source}`, 19), text)).toBe(matches(tagPattern(source, 19), text));
      }),
    );
  });
});

describe('a filter is a repository and a tag pattern', () => {
  test.each([
    ['app:.*', { repository: 'app', tags: '.*' }],
    ['team/.*:^v\\d+$', { repository: 'team/.*', tags: '^v\\d+$' }],
    ['app:(?:rc|dev)', { repository: 'app', tags: '(?:rc|dev)' }],
    ['app:(?i:rc)', { repository: 'app', tags: '(?i:rc)' }],
    ['app:[[:digit:]]+', { repository: 'app', tags: '[[:digit:]]+' }],
  ])('%s', (filter, expected) => {
    expect(splitFilter(filter, 19)).toEqual(expected);
  });

  test.each(['app', ':.*', 'app:', 'host:5000/app:.*'])('%s is refused', (filter) => {
    expect(splitFilter(filter, 19)).toHaveProperty('refused');
  });
});
