import { createHash } from 'node:crypto';
import type { Invocation, Log, Notification, ReportingDescriptor, Result, Run } from 'sarif';
import type { Severity } from '../model/check.ts';
import { byText, idKey, subscriptionGuid } from '../model/ids.ts';
import type { Finding, Report, ReportCheck } from '../model/report.ts';
import { atMost, fenced, inMarkdown, inSarif, jsonText, visible } from './safe-text.ts';
import { counted, missingText, observationText, pasteable, worstFirst } from './view.ts';

/** What GitHub refuses or cuts (docs.github.com, "SARIF support for code scanning"). */
const limits = { description: 1024, name: 255, results: 25_000, kept: 5_000, observations: 10 } as const;

/** For code scanning: every rule that ran, and what failed. Verdicts other than fail are counted in the run's properties. */
export const sarif = (report: Report): string =>
  jsonText({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [run(report)],
  } satisfies Log);

function run(report: Report): Run {
  const failed = report.findings
    .filter(({ verdict, waived }) => verdict === 'fail' && waived === null)
    .sort(worstFirst);
  const ruleIndex = new Map(report.checks.map((check, index) => [check.id, index]));
  const subjects = new Map(report.subjects.map(({ id, name }) => [idKey(id), name]));
  return {
    tool: {
      driver: {
        name: report.tool.name,
        fullName: `${report.tool.name} ${report.tool.version}`,
        semanticVersion: report.tool.version,
        rules: report.checks.map(rule),
      },
    },
    automationDetails: { id: `acr-audit/${category(report)}/` },
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The root of the repository.' } } },
    invocations: [invocation(report, failed.length, ruleIndex)],
    results: failed
      .slice(0, limits.results)
      .map((finding) => result(finding, subjects.get(idKey(finding.subject)) ?? finding.subject, ruleIndex)),
    properties: { profile: report.profile, complete: report.complete, verdicts: report.summary },
  };
}

/**
 * One upload replaces another of the same category, and what is missing in it counts as fixed: so it names exactly what
 * was looked at.
 */
function category({ scopes, asked }: Report): string {
  const ids = scopes.map(({ id }) => subscriptionGuid(idKey(id))).sort(byText);
  const [only = 'no-subscription'] = ids;
  const where = ids.length <= 1 ? only : `${ids.length}-subscriptions-${digest(ids)}`;
  const narrowed = Object.entries(asked).flatMap(([what, names]) =>
    names.map((name: string) => `${what} ${idKey(name)}`).sort(byText),
  );
  return narrowed.length === 0 ? where : `${where}-narrowed-${digest(narrowed)}`;
}

const digest = (parts: readonly string[]): string =>
  createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 12);

const level: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
};

/** GitHub's bands; the middle of each, because their edges are left open. No band fits `info`. */
const securitySeverity: Readonly<Record<Severity, string | null>> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '2.0',
  info: null,
};

const problemSeverity = { error: 'error', warning: 'warning', note: 'recommendation' } as const;

function rule(check: ReportCheck): ReportingDescriptor {
  const band = securitySeverity[check.severity];
  const [helpUri] = check.refs;
  return {
    id: check.id,
    name: atMost(pascal(check.id), limits.name),
    shortDescription: { text: atMost(inSarif(`${check.title}.`), limits.description) },
    fullDescription: { text: atMost(inSarif(`${check.problem}: ${check.why}`), limits.description) },
    help: helpOf(check),
    ...(helpUri === undefined ? {} : { helpUri }),
    defaultConfiguration: { level: level[check.severity] },
    properties: {
      tags: ['security', 'azure', 'container-registry', check.area, `profile-${check.profile}`],
      precision: 'very-high',
      'problem.severity': problemSeverity[level[check.severity]],
      ...(band === null ? {} : { 'security-severity': band }),
    },
  };
}

const pascal = (id: string): string =>
  id.replace(/(?:^|-)(\w)/g, (_dash, letter: string) => letter.toUpperCase()).replace(/\W/g, '');

function helpOf(check: ReportCheck): { text: string; markdown: string } {
  const prose: [string, string][] = [
    ['Risk', check.why],
    ['Symptom', check.symptom],
    ['Root cause', check.cause],
  ];
  const steps = check.fix.steps.map(pasteable);
  return {
    text: inLines([
      ...prose.map(([name, text]) => inSarif(`${name}: ${text}`)),
      ...['Confirm:', ...check.confirm, 'Fix:', ...steps].map(inSarif),
      inSarif(`What the fix breaks: ${check.fix.breaks}`),
      ...check.refs.map(inSarif),
    ]),
    markdown: [
      ...prose.map(([name, text]) => `**${name}.** ${inMarkdown(text)}`),
      ...(check.confirm.length > 0 ? [`**Confirm** (changes nothing)\n\n${fenced(check.confirm)}`] : []),
      ...(steps.length > 0 ? [`**Fix**\n\n${fenced(steps)}`] : []),
      `**What the fix breaks.** ${inMarkdown(check.fix.breaks)}`,
      ...(check.refs.length > 0 ? [check.refs.map((ref) => `- ${inMarkdown(ref)}`).join('\n')] : []),
    ].join('\n\n'),
  };
}

const inLines = (lines: readonly string[]): string => lines.join('\n');

function result(finding: Finding, name: string, ruleIndex: ReadonlyMap<string, number>): Result {
  const index = ruleIndex.get(finding.check);
  return {
    ruleId: finding.check,
    ...(index === undefined ? {} : { ruleIndex: index }),
    level: level[finding.severity],
    message: { text: messageOf(finding, name) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uriBaseId: '%SRCROOT%', uri: locationOf(finding.subject) },
          region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 },
        },
        logicalLocations: [{ name: visible(name), kind: 'resource', fullyQualifiedName: visible(finding.subject) }],
      },
    ],
    partialFingerprints: {
      primaryLocationLineHash: `${finding.fingerprint}:1`,
      'acrAuditFinding/v1': finding.fingerprint,
    },
  };
}

/** GitHub shows the first sentence as the alert's title. */
function messageOf({ message, observations, fix }: Finding, name: string): string {
  const shown = observations.slice(0, limits.observations).map((observation) => `- ${observationText(observation)}`);
  const more = observations.length - shown.length;
  return inLines(
    [
      `${name}: ${message}.`,
      ...shown,
      ...(more > 0 ? [`- and ${more} more`] : []),
      ...(fix.length > 0 ? ['Fix (read first what it breaks, in the rule):', ...fix.map(pasteable)] : []),
    ].map(inSarif),
  );
}

/**
 * There is no file, but GitHub rejects an upload with a result that has none. A relative path without a colon passes;
 * lower case, because ARM changes the casing of ids between answers and another path would be another alert.
 */
const locationOf = (subject: string): string =>
  ['azure', ...idKey(subject).split('/').filter(Boolean).map(percentEncoded)].join('/');

const percentEncoded = (segment: string): string =>
  encodeURIComponent(visible(segment)).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

type NotificationId = 'scope-not-listed' | 'evidence-not-seen' | 'check-broke' | 'many-results';

/** Unsuccessful means that not all was seen, never that something failed: GitHub then closes no alert. */
function invocation(report: Report, failed: number, ruleIndex: ReadonlyMap<string, number>): Invocation {
  return {
    executionSuccessful: report.complete && report.summary.error === 0,
    endTimeUtc: report.evaluatedAt,
    toolExecutionNotifications: [
      ...report.scopes
        .filter(({ observed }) => !observed)
        .map(({ id, reason, missing }) =>
          notification('scope-not-listed', 'error', [
            `${id}: ${reason ?? 'its registries would not list'}`,
            ...missing.map(missingText),
          ]),
        ),
      ...report.findings
        .filter(({ verdict }) => verdict === 'unknown' || verdict === 'error')
        .map((finding) => ({
          ...notification(
            finding.verdict === 'error' ? 'check-broke' : 'evidence-not-seen',
            finding.verdict === 'error' ? 'error' : 'warning',
            [`${finding.check} on ${finding.subject}: ${finding.message}`, ...finding.missing.map(missingText)],
          ),
          associatedRule: { id: finding.check, index: ruleIndex.get(finding.check) ?? -1 },
        })),
      ...(failed > limits.kept ? [notification('many-results', 'warning', [tooMany(failed)])] : []),
    ],
  };
}

const tooMany = (failed: number): string =>
  failed > limits.results
    ? `${counted(failed - limits.results, 'result')} of the lowest severity left out: code scanning refuses more than ${limits.results}`
    : `${failed} results: code scanning shows the worst ${limits.kept}`;

const notification = (id: NotificationId, level: 'error' | 'warning', sentences: readonly string[]): Notification => ({
  level,
  message: { text: inSarif(`${sentences.join('; ')}.`) },
  descriptor: { id },
});
