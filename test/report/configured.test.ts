import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/pages/report.ts';
import type { Format } from '../../src/report/formats.ts';
import { shown } from '../../src/report/index.ts';
import { failureOf, menagerie, rendered, withFindings } from './support.ts';

const check = 'admin-user-disabled';
const own = menagerie().checks.find(({ id }) => id === check)?.severity;
const plain = (text: string): string => text.replace(/<\/?d[dt][^>]*>/g, ' ').replace(/\s+/g, ' ');

/** The report with only the failure of one check, changed. */
const only = (change: object): Report => {
  const report = withFindings(menagerie(), (finding) =>
    finding.check === check && finding.verdict === 'fail' ? { ...finding, ...change } : null,
  );
  const subjects = report.subjects.filter(({ findings }) => findings.length > 0);
  return { ...report, subjects, complete: true, unread: [] };
};

describe('a severity that the configuration overrides is shown as one', () => {
  const report = {
    ...only({ severity: 'low' }),
    asked: { ...menagerie().asked, severity: { [check]: 'low' as const } },
  };

  test.each<Format>(['table', 'markdown', 'html', 'junit'])('in %s', (format) => {
    const said = plain(rendered[format](report, { colorLevel: 0, width: 100, full: true }));
    expect(said).toContain(`low by the configuration, ${own} by the check`);
    // Of one that is not overridden there is nothing to say.
    expect(rendered[format](only({}), { colorLevel: 0, width: 100, full: true })).not.toContain('by the configuration');
  });

  test('in the rule of SARIF, whose severity is the one that GitHub shows, and in each result', () => {
    const [run] = JSON.parse(rendered.sarif(report)).runs;
    const rule = run.tool.driver.rules.find(({ id }: { id: string }) => id === check);
    expect(rule).toMatchObject({ defaultConfiguration: { level: 'note' }, properties: { 'security-severity': '2.0' } });
    expect(run.results).toMatchObject([{ level: 'note' }]);
  });

  test('in CSV', () => {
    expect(rendered.csv(report)).toMatch(new RegExp(`,${check},low,fail,`));
  });
});

describe('what is accepted is shown where somebody asks for it, with the reason and the end', () => {
  const report = only({ waived: { reason: 'the portal needs it', until: '2027-03-31' } });

  test.each<Format>(['table', 'markdown', 'html', 'csv', 'junit'])('in %s', (format) => {
    const said = plain(rendered[format](shown(report, { accepted: true }), { colorLevel: 0, width: 100, full: true }));
    expect(said).toMatch(/the portal needs it/);
    expect(said).toMatch(/until 2027-03-31/);
  });

  test('in Markdown it is no failure, and counted', () => {
    const told = rendered.markdown(
      shown({ ...report, summary: { ...report.summary, waived: 1, fail: 0 } }, { accepted: true }),
    );
    expect(told).toMatch(/^\| fail \| accepted \|/m);
    expect(told).toMatch(/^\| 0 \| 1 \|/m);
    expect(told).toMatch(/^\| accepted \| \w+ \| admin-user-disabled \|/m);
  });
});

test('a message that joins what was seen is not said beside it', () => {
  const things = ['ci', 'cd'].map((name) => ({
    thing: `token/${name}`,
    words: `${name} never expires`,
    fingerprint: name,
  }));
  const told = (message: string) => rendered.table(only({ message, things }), { colorLevel: 0, width: 100 });
  const [, block = ''] = told('ci never expires; cd never expires').split(/^-- /m);
  expect(block.match(/ci never expires/g)).toHaveLength(1);
  expect(told('two tokens never expire').split(/^-- /m)[1]).toMatch(/saw {5}two tokens never expire\n +ci never/);
});

test('what was not read, and changes no verdict, is a line; in full all of it', () => {
  const unread = [{ what: 'locks of sub-7', reason: 'denied', missing: [] }];
  const report = { ...only({}), unread };
  const table = (full: boolean) => rendered.table(report, { colorLevel: 0, width: 100, full });
  expect(table(false)).toContain('not read, and no verdict rests on it: 1 thing (--full names them)\n');
  expect(table(false)).not.toContain('locks of sub-7');
  expect(table(true)).toContain('locks of sub-7: denied');
  expect(failureOf(report, check).verdict).toBe('fail');
});

test.each<Format>(['table', 'html'])('of two things of which the same is said, each is named in %s', (format) => {
  const things = ['ci', 'cd'].map((name) => ({ thing: `cluster/${name}`, words: 'no link', fingerprint: name }));
  const told = rendered[format](only({ message: 'no link; no link', things }));
  for (const name of ['ci', 'cd']) expect(told).toContain(`cluster/${name}: no link`);
});
