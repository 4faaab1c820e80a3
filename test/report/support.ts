import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { Failed, Finding, Report, ReportSubject } from '../../src/pages/report.ts';
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

/** The report with other findings: each is changed, or left out where the answer is `null`. */
export const withFindings = (
  report: Report,
  change: (finding: Finding, subject: ReportSubject) => Finding | null,
): Report => ({
  ...report,
  subjects: report.subjects.map((subject) => ({
    ...subject,
    findings: subject.findings.flatMap((finding) => change(finding, subject) ?? []),
  })),
});

/** The report with other subjects in place of its own. */
export const onSubjects = (report: Report, subjects: readonly ReportSubject[]): Report => ({ ...report, subjects });

/** As many registries with these findings. */
export const fleet = (report: Report, count: number, findings: readonly Finding[]): Report => {
  const [model] = report.subjects.filter(({ kind }) => kind === 'registry');
  if (!model) throw new Error('the report has no registry');
  return {
    ...report,
    subjects: Array.from({ length: count }, (_, n) => ({
      ...model,
      id: `/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg/providers/Microsoft.ContainerRegistry/registries/kvacr${n}`,
      name: `kvacr${n}`,
      findings: findings.map((one) => ({
        ...one,
        fingerprint: `${one.fingerprint.slice(0, 8)}${n.toString(16).padStart(8, '0')}`,
      })),
    })),
  };
};

/** The first failure of a check. */
export function failureOf(report: Report, check: string): Failed {
  for (const { findings } of report.subjects)
    for (const one of findings) if (one.check === check && one.verdict === 'fail') return one;
  throw new Error(`the menagerie has no failure of ${check}`);
}
