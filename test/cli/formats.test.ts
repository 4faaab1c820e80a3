import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import formatsOfAjv from 'ajv-formats';
import { beforeAll, describe, expect, test } from 'vitest';
import { writeTo } from '../../src/cli/terminal.ts';
import { root } from '../../src/dev/files.ts';
import type { Report } from '../../src/pages/report.ts';
import { formats } from '../../src/report/formats.ts';
import { rendered } from '../report/support.ts';
import { acrAudit, type Ran } from './run.ts';

const folder = mkdtempSync(join(tmpdir(), 'formats-'));
const file = (format: string): string => join(folder, format);
const text = (format: string): string => readFileSync(file(format), 'utf8');

describe('one scan of the demo', () => {
  let ran: Ran;
  let report: Report;
  beforeAll(async () => {
    const files = formats.flatMap((format) => (format === 'table' ? [] : ['-o', `${format}=${file(format)}`]));
    ran = await acrAudit(['scan', '--demo', '-o', 'table', ...files], { COLUMNS: '100' });
    report = JSON.parse(text('json'));
  }, 60_000);

  test('ends as the findings say, and leaves no half file', () => {
    expect(ran.code).toBe(1);
    expect(readdirSync(folder).sort()).toEqual(formats.filter((format) => format !== 'table').sort());
  });

  test.each(formats)('writes %s as the report of the same run renders', (format) => {
    const written = format === 'table' ? ran.stdout : text(format);
    const [, why = ''] = /^exit 1: (.+)$/m.exec(ran.stdout) ?? [];
    const exit = { code: 1, why };
    const notes = ran.stderr.trim().split('\n').filter(Boolean);
    expect(written).toBe(rendered[format](report, { colorLevel: 0, width: 100, exit, notes, again: '--demo' }));
  });

  test('keeps the pages of explain beside HTML, in a report that its schema takes', () => {
    const ajv = new Ajv({ allowUnionTypes: true });
    formatsOfAjv.default(ajv);
    const valid = ajv.compile(JSON.parse(readFileSync(`${root}schemas/report.schema.json`, 'utf8')));
    expect(valid(report) ? [] : valid.errors).toEqual([]);
    const pages = report.subjects.filter(({ kind }) => kind === 'registry').map((subject) => subject.pages);
    expect(pages).toHaveLength(7);
    expect(pages.filter((one) => one === undefined)).toEqual([]);
  });
});

test('a file is replaced as a whole, or not at all', async () => {
  const path = file('replaced');
  writeFileSync(path, 'before');
  const broken = function* () {
    yield 'half of it';
    throw new Error('the disk is full');
  };
  await expect(writeTo(path, broken(), 'w')).rejects.toThrow('the disk is full');
  expect(readFileSync(path, 'utf8')).toBe('before');
  await writeTo(path, ['after'], 'w');
  expect(readFileSync(path, 'utf8')).toBe('after');
  expect(readdirSync(folder).filter((name) => name.startsWith('replaced'))).toEqual(['replaced']);
});
