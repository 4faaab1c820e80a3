import { describe, expect, test } from 'vitest';
import type { Failed, Finding, Report } from '../../src/pages/report.ts';
import type { Format } from '../../src/report/formats.ts';
import { failureOf, fleet, menagerie, onSubjects, rendered } from './support.ts';

const report = menagerie();
const failed = failureOf(report, 'admin-user-disabled');
const [registry] = report.subjects.filter(({ kind }) => kind === 'registry');

/** One registry with these findings, all of whose names are as given. */
function named(name: string, findings: readonly Finding[]): Report {
  if (!registry) throw new Error('the menagerie has no registry');
  const rest = { pass: {}, 'not-applicable': {} };
  return { ...onSubjects(report, [{ ...registry, name, owner: name, findings, rest }]), complete: true, unread: [] };
}

const thing = (name: string, fingerprint: string) => ({ thing: `token/${name}`, words: name, fingerprint });
const waived = { reason: 'lab', until: '2027-03-31' };

/** The fail of one check, the unknown of another and the break of a third, in which every text is the name. */
const everywhere = (name: string): Report =>
  named(name, [
    {
      ...failed,
      message: name,
      breaks: name,
      things: [
        { ...thing(name, 'aa'), place: { file: name, line: 7 } },
        { ...thing(name, 'bb'), baseline: true },
      ],
      fix: [{ kind: 'manual', text: name }],
    },
    { ...failed, check: 'private-dns-records-complete', message: name, waived: { ...waived, reason: name } },
    {
      check: 'premium-sku',
      verdict: 'unknown',
      unseen: 'unread',
      reason: name,
      missing: [{ action: name, scope: name }],
      fingerprint: 'dd',
    },
    { check: 'deletes-recoverable', verdict: 'error', reason: name, fingerprint: 'ee' },
  ]);

/** Reads CSV as RFC 4180 has it. */
function cellsOf(text: string): string[][] {
  const cells = [...text.matchAll(/("(?:[^"]|"")*"|[^",\n]*)(,|\n)/gy)];
  expect(cells.map(([whole]) => whole).join('')).toBe(text);
  const rows: string[][] = [[]];
  for (const [, cell = '', end] of cells) {
    rows.at(-1)?.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
    if (end === '\n') rows.push([]);
  }
  return rows.slice(0, -1);
}

/** Reads XML of elements, attributes and text, and throws where it is not well formed. */
function elementsOf(xml: string): { name: string; attributes: Record<string, string>; text: string }[] {
  const token =
    /<\?xml [^?]*\?>|<\/([a-z]+)>|<([a-z]+)((?: [a-z]+="(?:[^<&"]|&(?:amp|lt|gt|quot);)*")*)(\/?)>|((?:[^<>&]|&(?:amp|lt|gt|quot);)+)/gy;
  const [open, found]: [string[], ReturnType<typeof elementsOf>] = [[], []];
  let read = '';
  for (const [whole, closed, name, attributes = '', alone, text] of xml.matchAll(token)) {
    read += whole;
    if (closed !== undefined) expect(open.pop()).toBe(closed);
    if (name !== undefined) {
      if (alone === '') open.push(name);
      const pairs = [...attributes.matchAll(/ ([a-z]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, value]);
      found.push({ name, attributes: Object.fromEntries(pairs), text: '' });
    }
    const last = found.at(-1);
    if (text !== undefined && last) last.text += text;
  }
  expect(read).toBe(xml);
  expect(open).toEqual([]);
  return found;
}

const harmless: { readonly [F in Format]?: (text: string) => void } = {
  csv: (text) => {
    const rows = cellsOf(text);
    expect(rows.map((cells) => cells.length)).toEqual([11, 11, 11, 11, 11, 11]);
    expect(rows.flat().filter((cell) => /^\s*[=+\-@＝＋－＠]/.test(cell))).toEqual([]);
  },
  junit: (text) => {
    expect(text).not.toMatch(/[\uFFFE\uFFFF]/);
    expect(elementsOf(text).map(({ name }) => name)).toEqual([
      ...['testsuites', 'testsuite', 'properties', 'property'],
      ...['testcase', 'failure', 'testcase', 'skipped', 'testcase', 'error', 'testcase', 'error'],
    ]);
  },
  github: (text) => {
    const property = '[^:,\\n]*';
    const command = new RegExp(`^::(error|warning|notice) title=${property}(,file=${property},line=\\d+)?::[^\\n]+$`);
    const lines = text.trimEnd().split('\n');
    expect(lines.filter((line) => !command.test(line))).toEqual([]);
    expect(lines).toHaveLength(2);
  },
  'azure-pipelines': (text) => {
    const property = '[^;\\]\\n]*';
    const command = new RegExp(
      `^##vso\\[task\\.logissue type=(error|warning)(;sourcepath=${property};linenumber=\\d+)?;code=${property}\\][^\\n]+$`,
    );
    const lines = text.trimEnd().split('\n');
    expect(lines.filter((line) => !command.test(line) || line.lastIndexOf('##') > 0)).toEqual([]);
    expect(lines).toHaveLength(2);
  },
};

describe.each(Object.entries(harmless))('%s', (format, check) => {
  test.each([
    ['two lines', 'one\r\ntwo\n\nthree'],
    ['a command of GitHub', '::set-output name=a::b'],
    ['a command of GitHub on its own line', 'x\n::error title=y,file=z::w%0A::stop-commands::t'],
    ['a command of Azure Pipelines', 'x]##vso[task.setvariable variable=a;isSecret=true]b;c##[error]d'],
    ['a script', '<script>alert("1" & \'2\')</script>'],
    ['the end of a CDATA section', ']]><!--&lt;%3Cx&#0;'],
    ['text turned around', 'gpj.\u202eexe\u2066\u200f'],
    ['terminal escapes', '\u001b[2J\u0000\u0007\u009b1m'],
    ['what XML has no place for', 'a\uFFFEb\uFFFFc\uD800d'],
    ['300 characters', 'x'.repeat(300)],
    ['a formula', '=cmd|"/c calc"!A1'],
    ['a formula behind a space', ' @SUM(1,2)'],
    ['a formula in wide letters', '＝1+1'],
    ['a minus', '-1+1,"2'],
    ['nothing', ''],
  ])('a name that is %s is harmless', (_, name) => {
    const text = rendered[format as Format](everywhere(name));
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
    expect(text.replaceAll(/^##vso\[task\.logissue /gm, '')).not.toMatch(/##(vso)?\[/i);
    check(text);
  });
});

describe('csv', () => {
  test('has a row for each thing, and for the finding where there is none', () => {
    const two = { ...failed, things: [thing('ci', 'aa'), { ...thing('cd', 'bb'), waived }] };
    const alone = { ...failed, fingerprint: 'cc', baseline: true } as const;
    const rows = cellsOf(rendered.csv(named('contoso', [two, alone])));
    expect(rows[0]?.join()).toBe(
      'registry,subscription,check,severity,verdict,thing,message,owner,waived,frameworks,fingerprint',
    );
    const frameworks = report.checks.find(({ id }) => id === failed.check)?.frameworks.join('; ');
    const subscription = registry?.id.split('/')[2]?.toLowerCase();
    const start = ['contoso', subscription, 'admin-user-disabled', 'high', 'fail'];
    expect(rows.slice(1)).toEqual([
      [...start, 'token/ci', 'ci', 'contoso', '', frameworks, 'aa'],
      [...start, 'token/cd', 'cd', 'contoso', 'lab (until 2027-03-31)', frameworks, 'bb'],
      [...start, '', failed.message, 'contoso', 'in the baseline', frameworks, 'cc'],
    ]);
  });
});

describe('junit', () => {
  const unknown = { check: 'premium-sku', verdict: 'unknown', reason: 'why', fingerprint: '' } as const;
  test.each<[string, Finding, string[]]>([
    ['a failure', failed, ['failure']],
    ['a waived failure', { ...failed, waived }, ['skipped']],
    ['a failure in the baseline', { ...failed, baseline: true }, ['skipped']],
    ['what was not read', { ...unknown, unseen: 'unread' }, ['error']],
    ['what Azure does not tell', { ...unknown, unseen: 'untold' }, ['skipped']],
    ['what the user left out', { ...unknown, unseen: 'unasked' }, ['skipped']],
    ['a broken check', { check: 'premium-sku', verdict: 'error', reason: 'why', fingerprint: '' }, ['error']],
    [
      'what does not apply',
      { check: 'premium-sku', verdict: 'not-applicable', reason: 'why', fingerprint: '' },
      ['skipped'],
    ],
    ['a pass', { check: 'premium-sku', verdict: 'pass', message: 'ok', observations: [], fingerprint: '' }, []],
  ])('%s', (_, finding, ending) => {
    const found = elementsOf(rendered.junit(named('contoso', [finding])));
    expect(found.slice(5).map(({ name }) => name)).toEqual(ending);
    expect(found[4]?.attributes).toEqual({ name: finding.check, classname: 'contoso', time: '0' });
    const count = (name: string) => (ending.includes(name) ? '1' : '0');
    expect(found[1]?.attributes).toMatchObject({
      ...{ name: 'contoso', tests: '1', failures: count('failure') },
      ...{ errors: count('error'), skipped: count('skipped') },
    });
  });

  test('has a suite for each subject and a case for each check', () => {
    const found = elementsOf(rendered.junit(report));
    expect(found.filter(({ name }) => name === 'testsuite')).toHaveLength(report.subjects.length);
    const all = Object.values(report.summary).reduce((sum, count) => sum + count, 0);
    expect(found.filter(({ name }) => name === 'testcase')).toHaveLength(all);
  });

  test('a failure tells what it saw of what is not accepted, what the fix breaks, then the fix', () => {
    const things = [thing('ci', 'aa'), { ...thing('cd', 'bb'), waived }];
    const text = elementsOf(rendered.junit(named('contoso', [{ ...failed, things }]))).at(-1)?.text;
    expect(text).toMatch(/^- ci\nSymptom: .+\nCause: .+\nBREAKS .+\nFix \(bash\):\n/);
  });

  test('a scan that missed what has no case of its own is not green', () => {
    const missed = { ...named('contoso', []), complete: false };
    const unread = [{ what: 'registries of sub-7', reason: 'denied', missing: [] }];
    expect(elementsOf(rendered.junit(missed)).at(-1)?.name).toBe('error');
    expect(elementsOf(rendered.junit({ ...missed, unread })).at(-1)?.text).toContain('registries of sub-7: denied');
  });
});

const bySeverity = (...severities: NonNullable<Failed['severity']>[]): Report =>
  named(
    'contoso',
    severities.map((severity): Failed => ({ ...failed, severity, message: '50% is, so: [a]; b' })),
  );

describe('annotations', () => {
  test('of GitHub', () => {
    const { problem } = report.checks.find(({ id }) => id === failed.check) ?? {};
    expect(rendered.github(bySeverity('low', 'medium', 'critical'))).toBe(
      [
        ['error', 'critical'],
        ['warning', 'medium'],
        ['notice', 'low'],
      ]
        .map(
          ([level, severity]) =>
            `::${level} title=${severity}%3A ${problem}::contoso: 50%25 is, so: [a]; b (acr-audit explain admin-user-disabled)\n`,
        )
        .join(''),
    );
  });

  test('of Azure Pipelines, which has no notices', () => {
    const text = rendered['azure-pipelines'](bySeverity('low', 'medium', 'critical'));
    expect(text.match(/type=[a-z]+/g)).toEqual(['type=error', 'type=warning', 'type=warning']);
    expect(text).toContain(';code=admin-user-disabled]critical: ');
    expect(text).toContain('contoso: 50%AZP25 is, so: [a]; b (');
  });

  test.each(['github', 'azure-pipelines'] as const)('%s names file and line where a file declares it', (format) => {
    const things = [{ ...thing('ci', 'aa'), place: { file: 'infra/a,b;c.tf', line: 7 } }];
    const text = rendered[format](named('contoso', [{ ...failed, things }]));
    expect(text).toContain(
      format === 'github' ? ',file=infra/a%2Cb;c.tf,line=7::' : ';sourcepath=infra/a,b%3Bc.tf;linenumber=7;',
    );
  });

  test.each([
    ['github', 25, ['error'], { error: 10, notice: 1 }, '15 more errors not shown here'],
    ['github', 13, ['low'], { notice: 10 }, '4 more notices not shown here'],
    ['github', 10, ['high', 'medium', 'low'], { error: 10, warning: 10, notice: 10 }, null],
    [
      'azure-pipelines',
      12,
      ['high', 'medium'],
      { error: 10, warning: 10 },
      '2 more errors, 3 more warnings not shown here',
    ],
  ] as const)('%s of %i registries that fail %j', (format, registries, failing, expected, count) => {
    const findings = failing.map((one): Failed => ({ ...failed, severity: one === 'error' ? 'critical' : one }));
    const text = rendered[format]({ ...fleet(report, registries, findings), complete: true, unread: [] });
    const levels = [...text.matchAll(/^(?:::|##vso\[task\.logissue type=)([a-z]+)/gm)].map(([, level = '']) => level);
    expect(
      Object.fromEntries([...new Set(levels)].map((one) => [one, levels.filter((l) => l === one).length])),
    ).toEqual(expected);
    expect(/\d+ more .+/.exec(text)?.[0] ?? null).toBe(count);
  });

  test.each(['github', 'azure-pipelines'] as const)(
    '%s says what could not be seen, and nothing where all is well',
    (format) => {
      const unread = [{ what: 'registries of sub-7', reason: 'denied', missing: [] }];
      expect(rendered[format]({ ...named('contoso', []), complete: false, unread })).toContain(
        'registries of sub-7: denied',
      );
      expect(rendered[format](named('contoso', [{ ...failed, waived }]))).toBe('');
    },
  );
});
