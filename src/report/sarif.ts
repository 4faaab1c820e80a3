import { createHash } from 'node:crypto';
import type { Invocation, Log, Notification, Result, Run } from 'sarif';
import { canonical } from '../model/canonical.ts';
import { byText, idKey, subscriptionGuid } from '../model/ids.ts';
import { isAccepted, type Report, type ReportScope, type ReportSubject, type Verdict } from '../pages/report.ts';
import { inSarif, jsonText } from './safe-text.ts';
import { resultsOf } from './sarif-result.ts';
import { ruleOf } from './sarif-rule.ts';
import { counted, grouped, missingOf, missingText, ofVerdict, type Row, rowsOf, sentence, worstFirst } from './view.ts';

/** GitHub keeps this much of a run; what is beyond it would be closed as fixed. */
const most = { results: 5_000 } as const;

/**
 * A run for each subscription, with every rule that ran, and what failed; what is accepted as suppressed. For whoever
 * knows suppressions: GitHub does not, and takes the files of a folder.
 */
export const sarif = (report: Report): string => logOf(runsOf(report, 'suppressed'));

/** More runs than this in an upload are rejected as a whole. */
export const mostRuns = 20;

/** A file of a folder. Uploads merge the folder they are told of: what must not be uploaded stands apart. */
export interface SarifFile {
  readonly complete: boolean;
  /** From 1 on, among the complete or the others. */
  readonly number: number;
  readonly text: string;
}

/**
 * The same runs in files that may each be uploaded, and those that would close alerts of what was not seen. What is
 * accepted is left out: GitHub overlooks suppressions, and would show it as an open alert.
 */
export function sarifFiles(report: Report): SarifFile[] {
  const runs = runsOf(report, 'left-out');
  return [true, false].flatMap((complete) => {
    const own = runs.filter(({ invocations }) => invocations?.every((one) => one.executionSuccessful) === complete);
    return Array.from({ length: Math.ceil(own.length / mostRuns) }, (_, index) => ({
      complete,
      number: index + 1,
      text: logOf(own.slice(index * mostRuns, (index + 1) * mostRuns)),
    }));
  });
}

/** A file of some runs. */
export const logOf = (runs: readonly Run[]): string =>
  jsonText({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [...runs],
  } satisfies Log);

/** What becomes of results that somebody accepts. */
export type Accepted = 'suppressed' | 'left-out';

/** A run for each subscription: one that cannot be read says nothing of the others. */
export function runsOf(report: Report, accepting: Accepted): Run[] {
  const rules = report.checks.map((check) =>
    ruleOf({ ...check, severity: report.asked.severity[check.id] ?? check.severity }),
  );
  const bySubscription = grouped(rowsOf(report), ({ subject }) => subscriptionOf(subject));
  const keys = new Set([
    ...report.scopes.map(({ id }) => idKey(subscriptionGuid(id))),
    ...report.subjects.map(subscriptionOf),
  ]);
  const strength = strengthOf(report);
  return [...(keys.size > 0 ? [...keys].sort(byText) : ['no-subscription'])].map((key) => ({
    tool: {
      driver: {
        name: report.tool.name,
        fullName: `${report.tool.name} ${report.tool.version}`,
        semanticVersion: report.tool.version,
        informationUri: homepage,
        rules,
      },
    },
    automationDetails: { id: `acr-audit/${key}/${strength}/` },
    columnKind: 'utf16CodeUnits' as const,
    originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The root of the repository.' } } },
    ...told(report, key, bySubscription.get(key) ?? [], accepting),
  }));
}

/** Where the tool can be read about. */
const homepage = 'https://www.npmjs.com/package/acr-audit';

const subscriptionOf = ({ id }: ReportSubject): string =>
  idKey(/^\/subscriptions\/([^/]+)/i.exec(id)?.[1] ?? 'no-subscription');

/**
 * What decides which results can appear. One upload replaces another of the same category and closes what is missing
 * in it: a weaker or a narrower scan needs a category of its own. Subscriptions are no part of it: each has its run.
 */
export function strengthOf({ profile, asked, tool }: Report): string {
  const { subscriptions: _, ...narrowing } = asked;
  const lists = Object.fromEntries(
    Object.entries(narrowing).map(([what, given]) => [
      what,
      Array.isArray(given) ? given.map((one) => idKey(JSON.stringify(canonical(one)))).sort(byText) : canonical(given),
    ]),
  );
  return `${profile}-${digest(JSON.stringify(canonical({ ...lists, rules: tool.rules })))}`;
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12);

function told(
  report: Report,
  key: string,
  rows: readonly Row[],
  accepting: Accepted,
): Pick<Run, 'invocations' | 'results' | 'properties'> {
  const ruleIndex = new Map(report.checks.map((check, index) => [check.id, index]));
  const failed = ofVerdict(rows, 'fail').sort(worstFirst);
  const all = failed.flatMap((row) => resultsOf(row, ruleIndex));
  const isSuppressed = ({ suppressions }: Result) => suppressions !== undefined;
  // What is open comes first, so that a cut takes what is accepted before it.
  const results = [
    ...all.filter((one) => !isSuppressed(one)),
    ...(accepting === 'suppressed' ? all.filter(isSuppressed) : []),
  ];
  const scope = report.scopes.find(({ id }) => idKey(subscriptionGuid(id)) === key);
  const notifications = [
    ...(scope?.observed === false ? [unlisted(report, scope)] : []),
    ...(isSearched(report) ? [] : [notification('not-found', 'error', ['not all that was asked for was found'])]),
    ...broken(rows, ruleIndex),
    ...unread(rows, ruleIndex),
    ...(results.length > most.results ? [notification('many-results', 'error', [tooMany(results.length)])] : []),
  ];
  const counts = Object.fromEntries(
    [...grouped(rows, ({ finding }) => finding.verdict)].map(([v, all]) => [v, all.length]),
  );
  return {
    // Unsuccessful means that not all is in it, never that something failed.
    invocations: [
      {
        executionSuccessful: notifications.length === 0,
        endTimeUtc: report.evaluatedAt,
        toolExecutionNotifications: notifications,
      } satisfies Invocation,
    ],
    results: results.slice(0, most.results),
    properties: {
      profile: report.profile,
      complete: notifications.length === 0,
      accepted: failed.filter(({ finding }) => isAccepted(finding)).length,
      verdicts: counts satisfies { readonly [V in Verdict]?: number },
    },
  };
}

/** Whether each registry that was named is there, and any at all: none may be a wrong tenant, which is fixed in nothing. */
function isSearched({ asked, complete, subjects }: Report): boolean {
  if (!complete && !subjects.some(({ kind }) => kind === 'registry')) return false;
  const there = new Set(subjects.flatMap(({ id, name }) => [idKey(id), idKey(name)]));
  return asked.registries.every((wanted) => there.has(idKey(wanted)));
}

type NotificationId = 'scope-not-listed' | 'not-found' | 'evidence-not-seen' | 'check-broke' | 'many-results';

function unlisted({ unread }: Report, { id, name }: ReportScope): Notification {
  const why = unread.find(({ what }) => what === `registries of ${name ?? subscriptionGuid(id)}`);
  return notification('scope-not-listed', 'error', [
    `${id}: ${why?.reason ?? 'its registries would not list'}`,
    ...(why?.missing ?? []).map(missingText),
  ]);
}

const broken = (rows: readonly Row[], ruleIndex: ReadonlyMap<string, number>): Notification[] =>
  ofVerdict(rows, 'error').map(({ subject, check, finding }) => ({
    ...notification('check-broke', 'error', [`${check.id} on ${subject.id}: ${finding.reason}`]),
    associatedRule: { id: check.id, index: ruleIndex.get(check.id) ?? -1 },
  }));

/** One for each thing that was not read, however many verdicts wait for it. */
const unread = (rows: readonly Row[], ruleIndex: ReadonlyMap<string, number>): Notification[] =>
  [
    ...grouped(
      ofVerdict(rows, 'unknown').filter(({ finding }) => finding.unseen === 'unread'),
      ({ subject, finding }) => `${subject.id}\0${finding.reason}`,
    ).values(),
  ].flatMap((waiting) => {
    const [first] = waiting;
    if (!first) return [];
    const missing = new Set(waiting.flatMap(({ finding }) => missingOf(finding)).map(missingText));
    return [
      {
        ...notification('evidence-not-seen', 'warning', [
          `${waiting.map(({ check }) => check.id).join(', ')} on ${first.subject.id}: ${first.finding.reason}`,
          ...missing,
        ]),
        associatedRule: { id: first.check.id, index: ruleIndex.get(first.check.id) ?? -1 },
      },
    ];
  });

const tooMany = (results: number): string =>
  `${counted(results - most.results, 'result')} of the lowest severity left out: code scanning keeps ${most.results} of a run`;

const notification = (id: NotificationId, level: 'error' | 'warning', parts: readonly string[]): Notification => ({
  level,
  message: { text: inSarif(sentence(parts.join('; '))) },
  descriptor: { id },
});
