import { describe, expect, test } from 'vitest';
import type { Failed, Report } from '../../src/pages/report.ts';
import type { Style } from '../../src/report/index.ts';
import { acrAudit } from '../cli/run.ts';
import { failureOf, fleet, menagerie, onSubjects, rendered } from './support.ts';

const exit = { code: 1, why: '6 findings at or above high' };
const lines = (report: Report, style: Partial<Style> = {}): string[] =>
  rendered.table(report, { colorLevel: 0, width: 80, exit, ...style }).split('\n');
const report = menagerie();
const one = (...findings: Failed[]): Report => fleet({ ...report, unread: [], complete: true }, 1, findings);
const long = 'a'.repeat(300);

/** What is never broken, so that it can be copied: a command, a line of a block, an undo. */
const isCommand = (line: string): boolean =>
  /^ {2}(?:check|fix|undo)? {2,}(?:az |nslookup |\( set -e|SUB=|\)|[A-Z_]+='')/.test(line);

const demo = acrAudit(['scan', 'contosodev', '--demo', '-o', 'json']).then(
  ({ stdout }) => JSON.parse(stdout) as Report,
);
const all = acrAudit(['scan', '--demo', '-o', 'json']).then(({ stdout }) => JSON.parse(stdout) as Report);

describe.each([60, 80, 120, 200])('at %i columns', (width) => {
  const fits = (report: Report, style: Partial<Style> = {}) => {
    for (const line of lines(report, { width, ...style }))
      if (!isCommand(line)) expect(line.length, line).toBeLessThanOrEqual(Math.min(width, 100));
  };

  test('one registry fits, and text is never wider than 100', async () => fits(await demo));
  test('every registry in full fits', async () => fits(await all, { full: true }));
  test('the fleet fits', async () => fits(await all));
  test('sentences follow each other, without a second sign between them', async () =>
    expect(rendered.table(await all, { colorLevel: 0, width: 80, exit, full: true })).not.toMatch(/\.[;,:.] [A-Z]/));
  test('long and hostile names fit', () => {
    fits(report);
    const named = one({ ...failureOf(report, 'admin-user-disabled'), message: `${long} ${long}` });
    const [subject] = named.subjects;
    if (!subject) throw new Error('there is one');
    fits(onSubjects(named, [{ ...subject, name: long }]));
    fits(
      onSubjects(
        named,
        Array.from({ length: 8 }, (_, n) => ({ ...subject, id: `${subject.id}${n}`, name: long })),
      ),
    );
  });

  test('a command stands on a line of its own, whole', () => {
    const finding = failureOf(report, 'admin-user-disabled');
    expect(lines(one(finding), { width })).toContain(`  check   ${finding.confirm[0]?.text}`);
  });
});

describe('the first screen', () => {
  test('tells what it is, what it means, how bad, why the exit code, and what is wrong, before any block', async () => {
    const text = lines(await demo)
      .slice(0, 24)
      .join('\n');
    expect(text).toMatch(/^contosodev {3}Standard · westeurope/);
    expect(text).toContain('Anybody on the internet can pull every image without logging in');
    expect(text).toMatch(/1 critical {3}\d high {3}\d medium/);
    expect(text).toContain('exit 1: 6 findings at or above high');
    expect(text).toMatch(/\n 1 {2}CRITICAL {2}\w/);
  });

  test.each<[string, string[]]>([
    ['one registry', ['contosodev']],
    ['every registry', []],
    ['every registry, in full', ['--full']],
  ])('the last screen of 24 lines tells it too: %s', async (_, args) => {
    const { stdout } = await acrAudit(['scan', ...args, '--demo'], { COLUMNS: '80' });
    const text = stdout.split('\n').slice(-24).join('\n');
    expect(text).toMatch(/\nworst {2}CRITICAL {2}contoso(dev|archive): \w/);
    expect(text).toMatch(/\nexit 1: \d+ findings at or above high/);
    expect(text).toMatch(/\nnext: acr-audit plan contoso\w+ --demo puts the fixes in order/);
  });

  test('what fits on a screen says it once', () => {
    const text = lines(one(failureOf(report, 'premium-sku'))).join('\n');
    expect(text.match(/exit 1/g)).toHaveLength(1);
  });

  test('tells low findings as a count, and in full as findings', () => {
    const low = one(failureOf(report, 'premium-sku'));
    expect(lines(low).join('\n')).toMatch(/1 low(.|\n)*--full shows all, 1 low/);
    expect(lines(low).join('\n')).not.toContain('The registry is not Premium');
    expect(lines(low, { full: true }).join('\n')).toContain('The registry is not Premium');
  });
});

describe('a block', () => {
  const finding = failureOf(report, 'admin-user-disabled');

  test('has the order saw, symptom, cause, check, BREAKS, fix', () => {
    const order = ['saw', 'symptom', 'cause', 'check', 'BREAKS', 'fix'];
    const labels = lines(one(finding)).flatMap((line) => order.filter((label) => line.startsWith(`  ${label} `)));
    expect(labels).toEqual(order);
  });

  test('has BREAKS directly above the fix', async () => {
    const told = lines(await demo, { full: true });
    for (const [index, line] of told.entries()) {
      if (!line.startsWith('  fix ')) continue;
      const above = told.slice(0, index).findLastIndex((before) => /^ {2}\w/.test(before));
      expect(told[above]).toMatch(/^ {2}BREAKS /);
    }
  });

  test('tells the same fact once: the second refers to the first', () => {
    const second: Failed = { ...finding, check: 'anonymous-pull-disabled' };
    expect(lines(one(finding, second)).join('\n')).toContain('the same facts as 1, anonymous-pull-disabled');
  });

  test('prints a manual step that looks like a command as prose', () => {
    const text = 'az acr delete --name contoso --yes #';
    const told = lines(one({ ...finding, fix: [{ kind: 'manual', text }] }));
    expect(told).toContain(`  fix     by hand: ${text}`);
  });

  test('says how to go back, and where nothing does', () => {
    const command = { kind: 'command', text: 'az x' } as const;
    const told = lines(
      one({
        ...finding,
        fix: [
          { ...command, undo: 'az y' },
          { ...command, final: 'it is gone' },
        ],
      }),
    );
    expect(told).toContain('  undo    az y');
    expect(told.join('\n')).toContain('none: it is gone');
  });
});

describe('more than five registries are a fleet', () => {
  const many = fleet({ ...report, complete: true, unread: [] }, 1000, [
    failureOf(report, 'anonymous-pull-disabled'),
    failureOf(report, 'admin-user-disabled'),
    failureOf(report, 'premium-sku'),
  ]);

  test('told in about 60 lines, in under a second', () => {
    const start = process.cpuUsage();
    const told = lines(many);
    expect(process.cpuUsage(start).user).toBeLessThan(1_000_000);
    expect(told.length).toBeLessThan(60);
    expect(told[0]).toBe('1000 registries · 2 subscriptions');
  });

  test('with counts, what is wrong worst first, one cause of many findings, and the worst registries', () => {
    const text = lines(many).join('\n');
    expect(text).toMatch(/registries +1000 +1000 +0 +1000 +0\nfindings +1000 +1000 +0 +1000\n/);
    expect(text).toMatch(/ CRITICAL {2}Anyone .* 1000 {2}kvacr0/);
    expect(text).toMatch(/1 command closes 1000 findings/);
    expect(text).toMatch(/Worst registries\n {2}kvacr0 +1 +1 +0 +1 {2}rg/);
  });

  test('names whole registries, and how many more there are', () => {
    const problem = (names: readonly string[], width: number) =>
      lines(
        onSubjects(
          many,
          many.subjects.slice(0, names.length).map((subject, n) => ({ ...subject, name: names[n] ?? '' })),
        ),
        { width },
      ).find((line) => line.includes('CRITICAL  Any'));
    const six = ['alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta'];
    expect(problem(six, 80)).toMatch(/ 6 {2}alpha beta gamma \+3$/);
    expect(problem(six, 200)).toMatch(/ 6 {2}alpha beta gamma \+3$|alpha beta gamma delta \+2$/);
    expect(problem([long, ...six], 80)).toMatch(/ 7 {2}a+\.\.\. \+6$/);
  });

  test('by owner, where one is known', () => {
    const owned = many.subjects.map((subject, n) => ({ ...subject, owner: n % 2 ? 'payments' : 'data' }));
    expect(lines(onSubjects(many, owned)).join('\n')).toMatch(/By owner\n {2}data +500 critical {2}500 high/);
  });

  test('what could not be read is a line for each permission', () => {
    const unread = Array.from({ length: 50 }, (_, n) => ({
      what: `tasks of kvacr${n}`,
      reason: 'no',
      missing: [{ action: 'Microsoft.X/tasks/read', scope: `/s/${n}` }],
    }));
    const text = lines({ ...many, complete: false, unread }).join('\n');
    expect(text).toContain('INCOMPLETE: 50 things could not be seen');
    expect(text.match(/needs Microsoft/g)).toHaveLength(1);
    expect(text).toContain('needs Microsoft.X/tasks/read at 50 scopes');
  });

  test.each([
    ['/subscriptions/00000000-0000-0000-0000-000000000001', 'subscription Contoso production'],
    [
      '/subscriptions/00000000-0000-0000-0000-000000000001/providers/Microsoft.Security',
      'subscription Contoso production',
    ],
    ['/subscriptions/other', 'subscription other'],
    ['/subscriptions/a/resourceGroups/rg/providers/Microsoft.ContainerRegistry/registries/kvacr', 'kvacr'],
    ['/subscriptions/a/resourceGroups/rg', 'rg'],
  ])('the scope %s is told in a word: %s', (scope, place) => {
    const [first, ...rest] = many.scopes;
    if (!first) throw new Error('there is one');
    const scopes = [
      { ...first, id: '/subscriptions/00000000-0000-0000-0000-000000000001', name: 'Contoso production' },
      ...rest,
    ];
    const unread = [{ what: 'x', reason: 'no', missing: [{ action: 'Microsoft.X/y/read', scope }] }];
    expect(lines({ ...many, scopes, complete: false, unread })).toContain(`  needs Microsoft.X/y/read at ${place}`);
  });
});

test.each([60, 80])('letters that fill two columns fit %i of them', (width) => {
  const columns = (line: string) => [...line].reduce((sum, sign) => sum + (/[가-힣一-鿿🚀]/u.test(sign) ? 2 : 1), 0);
  const names = [
    '레지스트리'.repeat(30),
    '登録'.repeat(80),
    `${'🚀'.repeat(50)} ${'あ漢'.repeat(60)}`.replaceAll('あ', '亜'),
  ];
  const finding = failureOf(report, 'admin-user-disabled');
  for (const name of names) {
    const told = one({ ...finding, message: name });
    for (const line of [
      ...lines(told, { width }),
      ...lines(
        onSubjects(
          told,
          Array.from({ length: 8 }, (_, n) => ({ ...(told.subjects[0] ?? never()), id: `/${n}`, owner: name, name })),
        ),
        { width },
      ),
    ]) {
      expect(line).not.toMatch(/[\ud800-\udfff](?![\udc00-\udfff])(?<![\ud800-\udbff][\udc00-\udfff])/);
      if (!isCommand(line)) expect(columns(line), line).toBeLessThanOrEqual(width);
    }
  }
  function never(): never {
    throw new Error('there is one');
  }
});

test.each(['LANG', 'LC_ALL'])('%s without UTF-8 gets ASCII, and JSON as it is', async (variable) => {
  const env = { [variable]: 'C', COLUMNS: '80' };
  for (const args of [['scan', 'contosodev', '--demo'], ['checks'], ['explain', 'access', 'contosodev', '--demo']]) {
    const { stdout } = await acrAudit(args, env);
    expect(stdout).toMatch(/\w/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII
    expect(stdout).toMatch(/^[\x00-\x7f]*$/);
  }
  const utf8 = { LANG: 'C', LC_ALL: 'C.UTF-8' };
  expect((await acrAudit(['explain', 'path', 'contosodev', '--demo'], utf8)).stdout).toContain('│');
});

test('quiet: a line for each failure and one for what was not read', () => {
  const told = lines(report, { quiet: true });
  expect(told.filter((line) => line.includes('INCOMPLETE'))).toHaveLength(1);
  expect(told.some((line) => line.includes('needs '))).toBe(false);
});
