import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { type Format, formats } from '../../src/report/formats.ts';
import { reporters, type Style } from '../../src/report/index.ts';

const golden = (name: string): URL => new URL(`../../fixtures/golden/${name}`, import.meta.url);

export const menagerieText = readFileSync(golden('menagerie.report.json'), 'utf8');

/** A report with a finding of every verdict and severity, and names from hostile hands. */
export const menagerie = (): Report => JSON.parse(menagerieText) as Report;

/** Compares with the file in fixtures/golden; `U=1` writes it instead and prints it, to be read before it is committed. */
export function expectGolden(name: string, text: string): void {
  if (process.env['U']) {
    writeFileSync(golden(name), text);
    console.log(text);
  }
  expect(text, `fixtures/golden/${name} is stale; U=1 npx vitest run test/report rewrites it`).toBe(
    readFileSync(golden(name), 'utf8'),
  );
}

/** What each reporter says, in one piece. */
export const rendered = Object.fromEntries(
  formats.map((format) => [
    format,
    (report: Report, style: Style = { colorLevel: 0, width: 100 }) => [...reporters[format](report, style)].join(''),
  ]),
) as { readonly [F in Format]: (report: Report, style?: Style) => string };
