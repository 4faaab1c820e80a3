import {
  type Failed,
  type Finding,
  isAccepted,
  type Report,
  type ReportCheck,
  type ReportSubject,
} from '../pages/report.ts';
import { blocksOf, listing } from './blocks.ts';
import { inXml } from './safe-text.ts';
import { counted, gaps, grouped, missingOf, missingText, overridden, type Row, rowsOf } from './view.ts';

/** How a test case ended, where it did not pass. */
interface Ending {
  readonly kind: 'failure' | 'error' | 'skipped';
  readonly message: string;
  readonly type?: string;
  readonly lines?: readonly string[];
}

interface Case {
  readonly name: string;
  readonly ending: Ending | null;
}

/** For the test pages of a pipeline: a suite for each subject, a case for each check. */
export function* junit(report: Report): Generator<string> {
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="${inXml(report.tool.name)}">\n`;
  const rows = grouped(rowsOf(report), ({ subject }) => subject.id);
  let errors = 0;
  for (const subject of report.subjects) {
    const cases = casesOf(subject, rows.get(subject.id) ?? []);
    errors += ended(cases, 'error');
    yield suite(report, subject.name, subject.id, cases);
  }
  // What would not list or was not found has no case of its own: a scan that missed it is not green.
  if (!report.complete && errors === 0) yield suite(report, report.tool.name, '', [incomplete(report)]);
  yield '</testsuites>\n';
}

const casesOf = ({ rest }: ReportSubject, rows: readonly Row[]): Case[] => [
  ...rows.map(({ check, severity, finding }) => ({ name: check.id, ending: endingOf(finding, check, severity) })),
  ...Object.keys(rest.pass).map((name) => ({ name, ending: null })),
  ...Object.entries(rest['not-applicable']).map(([name, message]) => ({
    name,
    ending: { kind: 'skipped' as const, message: `not applicable: ${message}` },
  })),
];

/** An unknown that a permission would settle is an error; one that Azure or the user's scope leaves open is none. */
function endingOf(finding: Finding, check: ReportCheck, severity: string): Ending | null {
  switch (finding.verdict) {
    case 'pass':
      return null;
    case 'not-applicable':
      return { kind: 'skipped', message: `not applicable: ${finding.reason}` };
    case 'error':
      return { kind: 'error', type: 'broken', message: finding.reason };
    case 'unknown':
      return finding.unseen === 'unread'
        ? { kind: 'error', type: 'unread', message: finding.reason, lines: missingOf(finding).map(missingText) }
        : { kind: 'skipped', message: `unknown: ${finding.reason}` };
    case 'fail':
      return isAccepted(finding)
        ? { kind: 'skipped', message: accepted(finding) }
        : { kind: 'failure', type: severity, message: finding.message, lines: linesOf(finding, check) };
  }
}

const accepted = ({ message, waived }: Failed): string =>
  `${waived ? `waived until ${waived.until}, ${waived.reason}` : 'in the baseline'}: ${message}`;

const linesOf = (finding: Failed, check: ReportCheck): string[] => {
  const { observations, things, confirm, fix, breaks } = finding;
  const severity = overridden({ check, finding });
  return [
    ...(things?.filter((one) => !isAccepted(one)) ?? observations).map(({ words }) => `- ${words}`),
    ...(severity === null ? [] : [`Severity: ${severity}`]),
    `Symptom: ${check.symptom}`,
    `Cause: ${check.cause}`,
    ...(fix.length > 0 ? [`BREAKS ${breaks ?? check.breaks}`, 'Fix (bash):', ...listing(blocksOf(fix, confirm))] : []),
  ];
};

function incomplete(report: Report): Case {
  const unseen = gaps(report);
  return {
    name: 'complete',
    ending: {
      kind: 'error',
      type: 'unread',
      message: `${counted(unseen.length, 'thing')} could not be seen, or not all that was asked for was found`,
      lines: unseen.map(({ what, missing }) => [what, ...missing.map(missingText)].join('; ')),
    },
  };
}

const ended = (cases: readonly Case[], kind: Ending['kind']): number =>
  cases.filter(({ ending }) => ending?.kind === kind).length;

function suite({ evaluatedAt }: Report, name: string, id: string, cases: readonly Case[]): string {
  const attributes = {
    name,
    tests: String(cases.length),
    failures: String(ended(cases, 'failure')),
    errors: String(ended(cases, 'error')),
    skipped: String(ended(cases, 'skipped')),
    time: '0',
    // The schema of JUnit has no time zone here.
    timestamp: evaluatedAt.replace(/(\.\d+)?Z$/, ''),
  };
  return [
    `  <testsuite${written(attributes)}>`,
    ...(id === '' ? [] : [`    <properties><property${written({ name: 'id', value: id })}/></properties>`]),
    ...cases.map((one) => testCase(name, one)),
    '  </testsuite>\n',
  ].join('\n');
}

function testCase(classname: string, { name, ending }: Case): string {
  const open = `    <testcase${written({ name, classname, time: '0' })}`;
  if (!ending) return `${open}/>`;
  const { kind, message, type, lines = [] } = ending;
  const start = `${open}><${kind}${written({ message, ...(type === undefined ? {} : { type }) })}`;
  return lines.length === 0 ? `${start}/></testcase>` : `${start}>${lines.map(inXml).join('\n')}</${kind}></testcase>`;
}

const written = (attributes: Readonly<Record<string, string>>): string =>
  Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${inXml(value)}"`)
    .join('');
