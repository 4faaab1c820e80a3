import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { benchPatterns } from '../../../src/dev/bench-patterns.ts';
import { hostilePatterns, longTags } from '../../../src/dev/hostile-patterns.ts';
import { purgesInShell } from '../../../src/facts/tasks/find-purges.ts';
import { bounds, budgetOf } from '../../../src/facts/tasks/pattern-match.ts';
import { repositoryPattern, splitFilter, tagPattern } from '../../../src/facts/tasks/patterns.ts';
import { readPurge } from '../../../src/facts/tasks/purge-reading.ts';
import { purgesOf } from '../../../src/facts/tasks/purges.ts';
import { acr } from '../../support.ts';
import { command, task } from './yaml.ts';

const matches = (pattern: ReturnType<typeof tagPattern>, text: string): boolean | null | 'refused' | 'unreadable' =>
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

describe('whether a pattern fits any name at all', () => {
  const tags = fc.constantFrom('a', 'A', '1', '.', '-', '_x', 'latest', 'v1.2', 'dev-42', 'sha256-ab');
  test.each<readonly [string, boolean]>([
    ['^$', false],
    ['', true],
    ['$', true],
    ['a$', true],
    ['$a', false],
    ['a^b', false],
    ['^*$', true],
    ['^+$', false],
    ['(a$)?b', true],
    ['(a$)b', false],
    ['(|$)b', true],
    ['a/b', false],
    ['[ /]|v', true],
    ['x{0}!?', true],
    ['!{2,}', false],
    ['(?=x)$', true],
  ])('%j: %s', (source, fits) => {
    expect(tagPattern(source, 19)).toMatchObject({ fits });
  });

  test('what fits none matches none', () => {
    const parts = fc.array(fc.constantFrom('a', '/', '^', '$', '(a|$)', '(^|!)', '.', '!*', '(a$)+', '^?'), {
      maxLength: 5,
    });
    fc.assert(
      fc.property(parts, tags, (some, text) => {
        const pattern = tagPattern(some.join(''), 19);
        if ('fits' in pattern && pattern.matches(text)) expect(pattern.fits).toBe(true);
      }),
    );
  });

  test('names of repositories have small letters', () => {
    expect(repositoryPattern('App', 19)).toMatchObject({ fits: false });
    expect(repositoryPattern('app/web', 19)).toMatchObject({ fits: true });
  });
});

describe('what regexp2 takes and RE2 does not', () => {
  test.each<readonly [string, string, boolean | 'refused' | 'unreadable']>([
    ['^(?!latest$).*', 'latest', false],
    ['^(?!latest$).*', 'v1', true],
    ['^((?!latest).)*$', 'v1', true],
    ['(?<=v)1', 'v1', true],
    ['(?<!v)1', 'v1', false],
    ['^(?!(v?[0-9]+\\.)+[0-9]+$)', '1.2.3', false],
    ['^(?!(v?[0-9]+\\.)+[0-9]+$)', 'dev', true],
    ['(?i)^(?!latest)', 'Latest', false],
    ['^(?!(?i)latest)', 'LATEST', false],
    ['(?=(a+)+b)', 'aaab', true],
    ['(a)\\1', 'aa', 'unreadable'],
    ['[a-z-[aeiou]]', 'latest', 'unreadable'],
    ['[a-[b]]', 'a', 'unreadable'],
    ['\\Qv1.0\\E', 'v1.0', 'unreadable'],
    ['\\u0076', 'v1', 'unreadable'],
    ['(?#x)v', 'v1', 'unreadable'],
    ['(?x) v', 'v1', 'unreadable'],
    ['\\h', 'v1', 'unreadable'],
    ['\\e', 'v1', 'unreadable'],
    ['\\cA', 'v1', 'unreadable'],
    ['\\Z', 'v1', 'unreadable'],
    ['[', 'x', 'refused'],
    ['(', 'x', 'refused'],
    [')', 'x', 'refused'],
    ['*', 'x', 'refused'],
    ['a**', 'x', 'refused'],
    ['[z-a]', 'x', 'refused'],
    ['^*$', 'anything', true],
  ])('%s on %s since 0.5: %s', (source, text, expected) => {
    expect(matches(tagPattern(source, 19), text)).toBe(expected);
  });

  test('before 0.5 acr-cli refused a look-around, and read [a-z-[aeiou]] as RE2 does', () => {
    expect(matches(tagPattern('^(?!latest$).*', 4), 'v1')).toBe('refused');
    expect(matches(tagPattern('[a-z-[aeiou]]', 4), 'a]')).toBe(true);
  });
});

const scaled = (factor: number) =>
  budgetOf({ size: bounds.size * factor, work: bounds.work * factor, each: bounds.each * factor });

const atom = fc.constantFrom('a', '1', '.', '\\d', '\\w', '[a-c]', '[^0-9]', '(?:ab|1)', '-', '(a|b)', '^', '$', '\\b');
const simple = fc
  .array(fc.tuple(atom, fc.constantFrom('', '*', '+', '?', '{2}', '{1,3}', '*?')), { minLength: 1, maxLength: 6 })
  .map((parts) => parts.map((part) => part.join('')).join(''));

test('of plain patterns, with and without look-around, it says what JavaScript says', () => {
  const looking = fc
    .tuple(fc.constantFrom('', '(?=', '(?!', '(?<=', '(?<!'), simple, simple)
    .map(([look, a, b]) => (look === '' ? a : `${look}${a})${b}`));
  fc.assert(
    fc.property(looking, tag, (source, text) => {
      let wanted: boolean;
      try {
        wanted = new RegExp(source).test(text);
      } catch {
        return;
      }
      expect(matches(tagPattern(source, 19), text)).toBe(wanted);
    }),
  );
});

describe('no pattern takes longer than its size and the text allow', () => {
  const verdicts = (factor: number) =>
    hostilePatterns.map((source) => longTags.map((text) => matches(tagPattern(source, 19, scaled(factor)), text)));

  test('a quarter and four times of the bound give the same verdicts', () => {
    const asIs = verdicts(1);
    expect(verdicts(0.25)).toEqual(asIs);
    expect(verdicts(4)).toEqual(asIs);
  });

  test('the benchmark shows each of them, and none costs more than the bound', () => {
    const lines: string[] = [];
    benchPatterns((line) => lines.push(line));
    const shares = lines.flatMap((line) => [...line.matchAll(/^ {2}(.+?) +([\d.]+) % +\d+ ms$/gm)]);
    const shown = shares.map(([, pattern = '']) => pattern.replace(/\.{3}$/, ''));
    expect(hostilePatterns.filter((one) => !shown.some((start) => one.startsWith(start)))).toEqual([]);
    expect(hostilePatterns.length).toBe(30);
    expect(shares.filter(([, , share]) => Number(share) > 100)).toEqual([]);
  });

  test('nor do they change what is said of a purge', () => {
    const readings = (factor: number) =>
      hostilePatterns.map((source) => {
        const [found] = purgesInShell(`acr purge --filter 'app:${source}' --ago 30d`) ?? [];
        return found && readPurge(found.command, { scheduled: true, abac: () => false }, scaled(factor));
      });
    const asIs = readings(1);
    expect(readings(0.25)).toEqual(asIs);
    expect(readings(4)).toEqual(asIs);
  });

  test('a purge whose pattern costs more than its bound is not called safe', () => {
    const [found] = purgesInShell("acr purge --filter 'app:(\\w|[a-z])*[.]$' --ago 30d") ?? [];
    const read = (work: number) =>
      found && readPurge(found.command, { scheduled: true, abac: () => false }, budgetOf({ ...bounds, work, each: 0 }));
    expect(read(bounds.work)?.unreadable).toEqual([]);
    expect(read(5_000)?.unreadable).toEqual([expect.stringContaining('costs more than this tool spends')]);
  });

  test('a hundred hostile filters share one budget, and what is plain is read all the same', () => {
    const filters = Array.from({ length: 100 }, (_, place) => `--filter 'app${place}:(\\w?){300}z$'`).join(' ');
    const [many] = purgesInShell(`acr purge ${filters} --ago 30d`) ?? [];
    const [plain] = purgesInShell("acr purge --filter 'app:^dev-' --ago 30d --keep 5") ?? [];
    const budget = budgetOf({ ...bounds, work: 1_000_000 });
    const where = { scheduled: true, abac: () => false };
    expect(many && readPurge(many.command, where, budget).fate.deletes).toBe('unknown');
    // Each that comes after the budget was spent takes a step or two more.
    expect(budget.left).toBeGreaterThan(-10_000);
    expect(plain && readPurge(plain.command, where, budget)).toMatchObject({ unreadable: [], dangers: [] });
  });

  test('so do the purges of all tasks of a registry', () => {
    const spentBy = (count: number) =>
      bounds.work -
      purgesOf(
        Array.from({ length: count }, () =>
          task('purge', command(`acr purge --filter 'app:${'a?'.repeat(60)}z$' --ago 30d`)),
        ),
        acr(),
      ).budget.left;
    expect(spentBy(1)).toBeGreaterThan(10_000);
    expect(spentBy(3)).toBe(3 * spentBy(1));
  });

  test('a purge of more filters than anybody writes is not read', () => {
    const filters = Array.from({ length: 201 }, (_, place) => `--filter 'app${place}:^dev-'`).join(' ');
    const [many] = purgesInShell(`acr purge ${filters} --ago 30d`) ?? [];
    expect(many && readPurge(many.command, { scheduled: true, abac: () => false })).toMatchObject({
      fate: { deletes: 'unknown' },
      unreadable: ['it has more than 200 filters'],
    });
  });

  test('what costs more than its bound is not judged', () => {
    expect(
      matches(tagPattern('(\\w|[a-z])*!', 19, budgetOf({ size: 1_000, work: 200, each: 0 })), 'a'.repeat(100)),
    ).toBeNull();
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
