import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { severities } from '../../src/model/check.ts';
import { verdicts } from '../../src/pages/report.ts';
import { type Format, formats } from '../../src/report/formats.ts';
import { type Style, shown } from '../../src/report/index.ts';
import { ofVerdict, rowsOf } from '../../src/report/view.ts';
import { toldVerdicts } from '../verdicts.ts';
import { expectGolden, failureOf, fleet, menagerie, menagerieText, rendered } from './support.ts';

const plain: Style = { colorLevel: 0, width: 100 };
const colour: Style = { colorLevel: 1, width: 100 };
const report = menagerie();
const isHigh = (id: string): boolean =>
  ['critical', 'high'].includes(report.checks.find((check) => check.id === id)?.severity ?? '');

test('the menagerie has every verdict and a failure of every severity', () => {
  expect(new Set(toldVerdicts(report).map(({ verdict }) => verdict))).toEqual(new Set(verdicts));
  expect(new Set(ofVerdict(rowsOf(report), 'fail').map(({ severity }) => severity))).toEqual(new Set(severities));
});

test.each<[string, Format, Style]>([
  ['menagerie.txt', 'table', plain],
  ['menagerie.colour.txt', 'table', colour],
  ['menagerie.quiet.txt', 'table', { ...plain, quiet: true }],
  ['menagerie.full.txt', 'table', { ...plain, full: true }],
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

describe('a display filter', () => {
  test.each([
    [{}, toldVerdicts(report).length],
    [{ minSeverity: 'high' }, toldVerdicts(report).filter(({ check }) => isHigh(check)).length],
    [{ verdicts: ['unknown', 'error'] }, report.summary.unknown + report.summary.error],
    [{ verdicts: ['pass'] }, report.summary.pass],
    [{ minSeverity: 'critical', verdicts: ['unknown'] }, 0],
  ] as const)('%j', (filter, left) => {
    const few = shown(report, filter);
    expect(toldVerdicts(few)).toHaveLength(left);
    expect({ ...few, subjects: report.subjects }).toEqual(report);
    const text = rendered.table(few, plain);
    const hidden = toldVerdicts(report).length - left;
    for (const read of [text, rendered.markdown(few)])
      if (hidden > 0) expect(read).toContain(`${hidden} findings not shown`);
      else expect(read).not.toContain('not shown');
    expect(text).toContain('INCOMPLETE');
  });
});

test('a scan that found no registry says so', () => {
  const summary = { pass: 0, fail: 0, unknown: 0, error: 0, 'not-applicable': 0, waived: 0 };
  const nothing = { ...report, complete: true, scopes: [], subjects: [], unread: [], summary };
  expect(rendered.table(nothing, plain)).toContain('0 registries · nothing was judged');
  expect(rendered.table(nothing, plain)).not.toContain('INCOMPLETE');
  expect(rendered.markdown(nothing)).not.toContain('Incomplete');
});

test('Markdown for hundreds of registries stays within a job summary and says what it left out', () => {
  const text = rendered.markdown(fleet(report, 2000, [failureOf(report, 'private-dns-records-complete')]));
  expect(Buffer.byteLength(text)).toBeLessThan(1_000_000);
  expect(text).toMatch(/\d+ more subjects with open findings left out/);
});

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) deepFreeze(part);
  return Object.freeze(value);
}
