import { gzipSync } from 'node:zlib';
import type { Log, Result, Run } from 'sarif';

/**
 * What GitHub code scanning asks of a file beyond the SARIF schema (docs.github.com, "SARIF support for code scanning",
 * and the errors its server answers). Each rule gives what is wrong with the run, one sentence for each fault.
 */
export const githubRules = {
  'there are results, if only an empty list': (run) => (Array.isArray(run.results) ? [] : ['no results array']),

  'each result names a rule that is there': (run) =>
    faults(run, (result) => rulesOf(run)[result.ruleIndex ?? -1]?.id === result.ruleId),

  'each result has a message': (run) => faults(run, ({ message }) => (message?.text ?? '') !== ''),

  'each level is one that GitHub knows': (run) =>
    faults(run, ({ level }) => ['error', 'warning', 'note'].includes(level ?? '')),

  'each result has a path': (run) => faults(run, (result) => uriOf(result) !== undefined),

  'each path is relative, encoded and in one casing': (run) =>
    faults(run, (result) =>
      /^(?:[a-z0-9._~-]|%[0-9A-F]{2})+(?:\/(?:[a-z0-9._~-]|%[0-9A-F]{2})+)*$/.test(uriOf(result) ?? ''),
    ),

  'each result has a region': (run) =>
    faults(run, (result) => {
      const region = result.locations?.[0]?.physicalLocation?.region;
      return [region?.startLine, region?.startColumn, region?.endLine, region?.endColumn].every((at) => (at ?? 0) >= 1);
    }),

  'each result has a fingerprint': (run) =>
    faults(run, (result) => /^[0-9a-f]{16}:\d+$/.test(fingerprintOf(result) ?? '')),

  'no two results are one alert': (run) => {
    const seen = new Set<string>();
    return faults(run, (result) => {
      const key = [result.ruleId, uriOf(result), fingerprintOf(result)].join();
      return seen.size < seen.add(key).size;
    });
  },

  'nothing GitHub overlooks: what passed or is suppressed would be an open alert': (run) =>
    faults(run, (result) => !('kind' in result || 'baselineState' in result || 'suppressions' in result)),

  'at most 5,000 results: more are not kept': (run) => ((run.results?.length ?? 0) > 5_000 ? ['too many'] : []),

  'at most 25,000 rules': (run) => (rulesOf(run).length > 25_000 ? ['too many'] : []),

  'each rule has all its texts, within their limits': (run) =>
    rulesOf(run)
      .filter(
        ({ name, shortDescription, fullDescription, help }) =>
          !within(name, 255) ||
          !within(shortDescription?.text, 1024) ||
          !within(fullDescription?.text, 1024) ||
          !within(help?.text, Number.POSITIVE_INFINITY),
      )
      .map(({ id }) => id),

  'each rule has at most ten tags': (run) =>
    rulesOf(run)
      .filter(({ properties }) => (properties?.tags?.length ?? 0) > 10)
      .map(({ id }) => id),

  'each security severity is a number, as a string, in a band': (run) =>
    rulesOf(run)
      .map(({ properties }) => properties?.['security-severity'] as unknown)
      .filter((severity) => severity !== undefined && !isBand(severity))
      .map(String),

  'the category ends in a slash': ({ automationDetails }) =>
    /^acr-audit\/[^/]+\/[^/]+\/$/.test(automationDetails?.id ?? '') ? [] : [String(automationDetails?.id)],

  'what is not in it makes the run unsuccessful, so that no alert is closed': ({ invocations }) => {
    const [invocation] = invocations ?? [];
    const missing = invocation?.toolExecutionNotifications ?? [];
    return invocation?.executionSuccessful === (missing.length === 0) ? [] : ['it says the opposite'];
  },

  'less than 10 MB when zipped': (run) =>
    gzipSync(JSON.stringify(run), { level: 1 }).length < 10_000_000 ? [] : ['too large'],
} as const satisfies Record<string, (run: Run) => string[]>;

export type GithubRule = keyof typeof githubRules;

/** Rules of a file as a whole. */
const fileRules = {
  'at most 20 runs': ({ runs }) => runs.length <= 20,
  'each run has a category of its own': ({ runs }) =>
    new Set(runs.map(({ automationDetails }) => automationDetails?.id)).size === runs.length,
} as const satisfies Record<string, (log: Log) => boolean>;

/** Which rules a file breaks. */
export const brokenRules = (log: Log): string[] => [
  ...(Object.keys(githubRules) as GithubRule[]).filter((name) =>
    log.runs.some((run) => githubRules[name](run).length > 0),
  ),
  ...Object.entries(fileRules).flatMap(([name, holds]) => (holds(log) ? [] : [name])),
];

/**
 * What the "SARIF SAST Scans" tab and Advanced Security of Azure DevOps take beyond that: a tool with a full name, and
 * severities that the tab knows. Ids of the pipeline are for the publishing task to fill in.
 */
export const brokenAdoRules = (log: Log): string[] =>
  log.runs.flatMap(({ tool: { driver }, results = [] }) => [
    ...(driver.fullName ? [] : ['the tool has no full name']),
    ...(driver.semanticVersion ? [] : ['the tool has no version']),
    ...results.flatMap(({ ruleId, locations, level }) =>
      ruleId && locations?.length === 1 && level && level !== 'none' ? [] : [`${ruleId} has no place or no level`],
    ),
  ]);

const rulesOf = (run: Run) => run.tool.driver.rules ?? [];
const uriOf = (result: Result) => result.locations?.[0]?.physicalLocation?.artifactLocation?.uri;
const fingerprintOf = (result: Result) => result.partialFingerprints?.['primaryLocationLineHash'];
const within = (text: string | undefined, limit: number) => text !== undefined && text !== '' && text.length <= limit;
const isBand = (severity: unknown) =>
  typeof severity === 'string' && /^\d+(\.\d+)?$/.test(severity) && Number(severity) > 0 && Number(severity) <= 10;

const faults = (run: Run, holds: (result: Result) => boolean): string[] =>
  (run.results ?? []).filter((result) => !holds(result)).map(({ ruleId }) => String(ruleId));
