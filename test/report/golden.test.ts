import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { severities } from '../../src/model/check.ts';
import { type Finding, type Report, verdicts } from '../../src/model/report.ts';
import { type Format, formats } from '../../src/report/formats.ts';
import { type Style, shown } from '../../src/report/index.ts';
import { expectGolden, menagerie, menagerieText, rendered } from './support.ts';

const plain: Style = { colorLevel: 0, width: 100 };
const colour: Style = { colorLevel: 1, width: 100 };
const report = menagerie();

test('the menagerie has every verdict and a failure of every severity', () => {
  expect(new Set(report.findings.map(({ verdict }) => verdict))).toEqual(new Set(verdicts));
  const failed = report.findings.filter(({ verdict }) => verdict === 'fail');
  expect(new Set(failed.map(({ severity }) => severity))).toEqual(new Set(severities));
});

test.each<[string, Format, Style]>([
  ['menagerie.txt', 'table', plain],
  ['menagerie.colour.txt', 'table', colour],
  ['menagerie.quiet.txt', 'table', { ...plain, quiet: true }],
  ['menagerie.brief.txt', 'table', { ...plain, brief: true }],
  ['menagerie.sarif', 'sarif', plain],
  ['menagerie.md', 'markdown', plain],
])('%s', (file, format, style) => {
  expectGolden(file, rendered[format](report, style));
});

test('JSON is the report itself, byte for byte', () => {
  expect(rendered.json(report)).toBe(menagerieText);
});

describe.each(formats)('%s', (format) => {
  const render = (style: Style) => rendered[format](report, style);

  test('changes nothing in the report', () => {
    const frozen = deepFreeze(menagerie());
    expect(() => rendered[format](frozen, colour)).not.toThrow();
    expect(frozen).toEqual(menagerie());
  });

  test('gives the same text every time, and ends in one newline', () => {
    expect(render(plain)).toBe(render(plain));
    expect(render(plain)).toMatch(/[^\n]\n$/);
  });

  test('lets no name steer a terminal or turn text around', () => {
    expect(render(plain)).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
  });
});

test('colour adds escapes of its own and changes no letter', () => {
  expect(stripVTControlCharacters(rendered.table(report, colour))).toBe(rendered.table(report, plain));
  expect(rendered.table(report, colour)).not.toBe(rendered.table(report, plain));
});

test.each([40, 80, 100, 300])('at %i columns each command stands on a line of its own, whole', (width) => {
  const lines = rendered
    .table(report, { colorLevel: 0, width })
    .split('\n')
    .map((line) => line.trim());
  const commands = report.findings
    .filter(({ subject }) => !subject.includes('evil'))
    .flatMap((f) => [...f.confirm, ...f.fix]);
  const az = commands.filter((command) => command.startsWith('az '));
  expect(az.length).toBeGreaterThan(5);
  for (const command of az) expect(lines).toContain(command);
});

test('a step that is no command is printed as a comment, so that pasting it runs nothing', () => {
  expect(rendered.table(report, plain)).toContain('# Then attach a DNS zone group');
});

describe('a display filter', () => {
  test.each([
    [{}, report.findings.length],
    [{ minSeverity: 'high' }, report.findings.filter((f) => ['critical', 'high'].includes(f.severity)).length],
    [{ verdicts: ['unknown', 'error'] }, report.summary.unknown + report.summary.error],
    [{ minSeverity: 'critical', verdicts: ['unknown'] }, 0],
  ] as const)('%j', (filter, left) => {
    const few = shown(report, filter);
    expect(few.findings).toHaveLength(left);
    expect({ ...few, findings: report.findings }).toEqual(report);
    const text = rendered.table(few, plain);
    const hidden = report.findings.length - left;
    for (const read of [text, rendered.markdown(few)])
      if (hidden > 0) expect(read).toContain(`${hidden} findings not shown`);
      else expect(read).not.toContain('not shown');
    expect(text).toContain('7 fail · 2 unknown · 1 error · 12 pass · 3 not applicable');
    expect(text).toContain('INCOMPLETE');
  });
});

describe('a table of many registries', () => {
  const unknown = report.findings.find(({ missing }) => missing.length > 0);
  const passed = report.findings.find(({ verdict }) => verdict === 'pass');
  if (!unknown || !passed) throw new Error('the menagerie lacks them');
  const findings = Array.from({ length: 8 }, (_, n) => [
    { ...passed, subject: `${passed.subject}${n}` },
    {
      ...unknown,
      subject: `${passed.subject}${n}`,
      missing: unknown.missing.map((one) => ({ ...one, scope: `${passed.subject}${n}` })),
    },
  ]).flat();
  const text = rendered.table({ ...report, findings }, plain);

  test('counts what passed', () => {
    expect(text.match(/PASS 1 check$/gm)).toHaveLength(8);
  });

  test('names one gap once, with the first of the scopes that lack the permission', () => {
    const summary = text.slice(text.indexOf('INCOMPLETE: 2 things'));
    expect(summary).toMatch(/\(8 verdicts\s+wait for it\)/);
    expect(summary.match(/needs Microsoft.ContainerRegistry\/registries\/tasks\/read/g)).toHaveLength(5);
    expect(summary).toContain('and 3 more');
  });
});

test('a scan that found no registry says so', () => {
  const summary = { pass: 0, fail: 0, unknown: 0, error: 0, 'not-applicable': 0, waived: 0 };
  const nothing = { ...report, complete: true, scopes: [], subjects: [], findings: [], summary };
  expect(rendered.table(nothing, plain)).toContain('0 registries · nothing was judged');
  expect(rendered.table(nothing, plain)).not.toContain('INCOMPLETE');
  expect(rendered.markdown(nothing)).not.toContain('Incomplete');
});

test('Markdown for hundreds of registries stays within a job summary and says what it left out', () => {
  const finding = report.findings.find(({ verdict, fix }) => verdict === 'fail' && fix.length > 2);
  const findings = Array.from(
    { length: 2000 },
    (_, n) => ({ ...finding, subject: `${finding?.subject}${n}` }) as Finding,
  );
  const text = rendered.markdown({ ...report, findings });
  expect(Buffer.byteLength(text)).toBeLessThan(1_000_000);
  expect(text).toMatch(/\d+ more subjects with open findings left out/);
});

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) deepFreeze(part);
  return Object.freeze(value);
}

describe('the category of an upload', () => {
  const category = (asked: Partial<Report['asked']>): string =>
    JSON.parse(rendered.sarif({ ...report, asked: { ...report.asked, ...asked } })).runs[0].automationDetails.id;
  const whole = category({});

  test.each<[string, Partial<Report['asked']>]>([
    ['one registry', { registries: ['contosoprod'] }],
    ['a group', { resourceGroups: ['rg'] }],
    ['a tag', { tags: ['env=prod'] }],
    ['some checks', { checks: ['--check admin-user-disabled'] }],
  ])('is another one for a scan of %s: what it leaves out must not count as fixed', (_, asked) => {
    expect(category(asked)).not.toBe(whole);
    expect(category(asked)).toMatch(/^acr-audit\/.+-narrowed-[0-9a-f]{12}\/$/);
  });

  test('is the same whatever the order and the casing of names', () => {
    expect(category({ registries: ['B', 'a'] })).toBe(category({ registries: ['A', 'b'] }));
  });
});
