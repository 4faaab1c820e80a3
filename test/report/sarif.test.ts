import type { Log, ReportingDescriptor, Result, Run } from 'sarif';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { sarif } from '../../src/report/sarif.ts';
import { brokenRules, type GithubRule, githubRules } from './github-rules.ts';
import { menagerie } from './support.ts';

const report = menagerie();
const logOf = (from: Report): Log => JSON.parse(sarif(from));
const log = (): Log => logOf(report);

test('keeps every rule of GitHub', () => {
  expect(brokenRules(log())).toEqual([]);
});

describe('the rules of GitHub can fail', () => {
  const many = (length: number) => (run: Run, result: Result) => {
    run.results = Array.from({ length }, (_, n) => ({
      ...result,
      partialFingerprints: { primaryLocationLineHash: `${n.toString(16).padStart(16, '0')}:1` },
    }));
  };
  const mutations: readonly [GithubRule, string, (run: Run, result: Result, rule: ReportingDescriptor) => void][] = [
    ['there are results, if only an empty list', 'none', (run) => delete run.results],
    ['each result names a rule that is there', 'another index', (_, result) => Object.assign(result, { ruleIndex: 5 })],
    ['each result names a rule that is there', 'no such rule', (_, result) => Object.assign(result, { ruleId: 'x' })],
    ['each result has a message', 'an empty one', (_, result) => Object.assign(result.message, { text: '' })],
    ['each level is one that GitHub knows', 'critical', (_, result) => Object.assign(result, { level: 'critical' })],
    ['each result has a path', 'no location', (_, result) => Object.assign(result, { locations: [] })],
    ['each result has a path', 'logical only', (_, result) => delete result.locations?.[0]?.physicalLocation],
    ['each path is relative, encoded and in one casing', 'absolute', at('https://management.azure.com/subscriptions')],
    ['each path is relative, encoded and in one casing', 'leading slash', at('/subscriptions/x')],
    ['each path is relative, encoded and in one casing', 'colon', at('registry:x/y')],
    ['each path is relative, encoded and in one casing', 'a space', at('azure/resourcegroups/rg (prod)')],
    ['each path is relative, encoded and in one casing', 'casing', at('azure/resourceGroups/rg')],
    ['each result has a region', 'none', (_, result) => delete result.locations?.[0]?.physicalLocation?.region],
    ['each result has a fingerprint', 'none', (_, result) => delete result.partialFingerprints],
    ['no two results are one alert', 'twice', (run, result) => run.results?.push(result)],
    [
      'nothing GitHub overlooks: what is suppressed or passed would be an open alert',
      'a pass',
      (_, result) => Object.assign(result, { kind: 'pass' }),
    ],
    [
      'nothing GitHub overlooks: what is suppressed or passed would be an open alert',
      'a waiver',
      (_, result) => Object.assign(result, { suppressions: [{ kind: 'external' }] }),
    ],
    ['at most 25,000 results and as many rules', 'one more', many(25_001)],
    ['more than 5,000 results are announced', 'one more', many(5_001)],
    ['each rule has all its texts, within their limits', 'no help', (_, __, rule) => delete rule.help],
    [
      'each rule has all its texts, within their limits',
      'a long one',
      (_, __, rule) => Object.assign(rule, { fullDescription: { text: 'x'.repeat(1025) } }),
    ],
    [
      'each rule has at most ten tags',
      'eleven',
      (_, __, rule) => Object.assign(rule.properties ?? {}, { tags: Array.from({ length: 11 }, String) }),
    ],
    ['each security severity is a number, as a string, in a band', 'a number', band(8)],
    ['each security severity is a number, as a string, in a band', 'a word', band('high')],
    ['each security severity is a number, as a string, in a band', 'above ten', band('11')],
    ['each security severity is a number, as a string, in a band', 'zero', band('0.0')],
    ['the category ends in a slash', 'none', (run) => Object.assign(run, { automationDetails: { id: 'acr-audit/x' } })],
    [
      'what was not seen makes the run unsuccessful, so that no alert is closed',
      'success',
      (run) => Object.assign(run.invocations?.[0] ?? {}, { executionSuccessful: true }),
    ],
    [
      'less than 10 MB when zipped',
      'noise',
      (run) => Object.assign(run, { properties: { noise: Array.from({ length: 1_200_000 }, () => Math.random()) } }),
    ],
  ];

  test.each(mutations)('%s: %s', (name, _what, mutate) => {
    const broken = log();
    const [run] = broken.runs;
    const result = run?.results?.[0];
    const rule = run?.tool.driver.rules?.[0];
    if (!run || !result || !rule) throw new Error('the menagerie has nothing to break');
    mutate(run, result, rule);
    expect(brokenRules(broken)).toContain(name);
  });

  test('each of them is broken above', () => {
    expect(new Set(mutations.map(([name]) => name))).toEqual(new Set(Object.keys(githubRules)));
  });

  function at(uri: string) {
    return (_: Run, result: Result) =>
      Object.assign(result.locations?.[0]?.physicalLocation?.artifactLocation ?? {}, { uri });
  }
  function band(severity: unknown) {
    return (_: Run, __: Result, rule: ReportingDescriptor) =>
      Object.assign(rule.properties ?? {}, { 'security-severity': severity });
  }
});

describe('what is in it', () => {
  const [run] = log().runs;
  const failed = report.findings.filter(({ verdict }) => verdict === 'fail');

  test('every check is a rule, whether or not it fired', () => {
    expect(run?.tool.driver.rules?.map(({ id }) => id)).toEqual(report.checks.map(({ id }) => id));
  });

  test('only failures are results, worst first', () => {
    expect(run?.results).toHaveLength(failed.length);
    expect(run?.results?.map(({ level }) => level)).toEqual([
      'error',
      'error',
      'error',
      'error',
      'warning',
      'note',
      'note',
    ]);
  });

  test('the first sentence names the registry and the problem', () => {
    const messages = run?.results?.map(({ message }) => message.text?.split('\n')[0]);
    expect(messages).toContain('kvacrprod: The shared admin account is switched on.');
  });

  test('a waived failure is no result', () => {
    const waived = report.findings.map((finding) => ({ ...finding, waived: { reason: 'lab' } }));
    expect(logOf({ ...report, findings: waived as unknown as Report['findings'] }).runs[0]?.results).toEqual([]);
  });

  test.each([
    ['critical', '9.5'],
    ['high', '8.0'],
    ['medium', '5.5'],
    ['low', '2.0'],
    ['info', undefined],
  ])('%s has security severity %s', (severity, band) => {
    const rule = run?.tool.driver.rules?.[report.checks.findIndex((check) => check.severity === severity)];
    expect(rule?.properties?.['security-severity']).toBe(band);
  });

  test('each thing that could not be seen is a notification with the missing action and scope', () => {
    const notifications = run?.invocations?.[0]?.toolExecutionNotifications ?? [];
    expect(notifications.map(({ level, descriptor }) => [level, descriptor?.id])).toEqual([
      ['error', 'scope-not-listed'],
      ['error', 'check-broke'],
      ['warning', 'evidence-not-seen'],
      ['warning', 'evidence-not-seen'],
    ]);
    const texts = notifications.map(({ message }) => message.text ?? '');
    const missing = [...report.scopes, ...report.findings].flatMap((from) => from.missing);
    expect(missing.length).toBeGreaterThan(1);
    for (const { action, scope } of missing)
      expect(texts.some((text) => text.includes(`needs ${action} at ${scope}`))).toBe(true);
  });

  test('a complete scan is successful and says nothing', () => {
    const complete: Report = {
      ...report,
      complete: true,
      scopes: report.scopes.filter(({ observed }) => observed),
      findings: failed,
      summary: { ...report.summary, unknown: 0, error: 0 },
    };
    expect(logOf(complete).runs[0]?.invocations).toMatchObject([
      { executionSuccessful: true, toolExecutionNotifications: [] },
    ]);
    expect(brokenRules(logOf(complete))).toEqual([]);
  });

  test.each([
    [true, 0, true],
    [false, 0, false],
    [true, 1, false],
  ])('complete: %s and broken checks: %i make success: %s', (complete, error, success) => {
    const made = logOf({ ...report, complete, summary: { ...report.summary, error } });
    expect(made.runs[0]?.invocations?.[0]?.executionSuccessful).toBe(success);
  });

  test('a failure with many observations shows ten, and how many more there are', () => {
    const [finding] = failed;
    const observations = Array.from({ length: 12 }, (_, n) => ({
      at: `facet/${n}`,
      about: null,
      saw: n,
      wanted: null,
    }));
    const long = { ...report, findings: [{ ...finding, observations }] } as unknown as Report;
    const text = logOf(long).runs[0]?.results?.[0]?.message.text;
    expect(text?.split('\n').filter((line) => line.startsWith('- '))).toEqual([
      ...observations.slice(0, 10).map(({ at, saw }) => `- ${at}: saw ${saw}`),
      '- and 2 more',
    ]);
  });

  describe('the category', () => {
    const categoryOf = (...ids: string[]) => {
      const scope = { name: null, observed: true, reason: null, missing: [] };
      const scopes = ids.map((id) => ({ ...scope, id: `/subscriptions/${id}` }));
      return logOf({ ...report, scopes }).runs[0]?.automationDetails?.id;
    };

    test('names the subscription', () => {
      expect(categoryOf('B')).toBe('acr-audit/b/');
    });

    test('of several subscriptions is one for the same set, and another for another', () => {
      expect(categoryOf('B', 'a')).toMatch(/^acr-audit\/2-subscriptions-[0-9a-f]{12}\/$/);
      expect(categoryOf('B', 'a')).toBe(categoryOf('a', 'b'));
      expect(categoryOf('B', 'a')).not.toBe(categoryOf('B', 'c'));
    });
  });

  test('the casing of an id changes neither path nor fingerprint', () => {
    const shouted = report.findings.map((finding) => ({ ...finding, subject: finding.subject.toUpperCase() }));
    const keys = (from: Report) =>
      logOf(from).runs[0]?.results?.map(({ locations, partialFingerprints }) => [
        locations?.[0]?.physicalLocation?.artifactLocation?.uri,
        partialFingerprints,
      ]);
    expect(keys({ ...report, findings: shouted })).toEqual(keys(report));
  });
});

test.each([
  [5_001, 5_001, 'shows the worst 5000'],
  [25_002, 25_000, '2 results of the lowest severity left out'],
])('%i failures give %i results and a notification', (count, results, says) => {
  const [low, critical] = ['premium-sku', 'anonymous-pull-disabled'].map((id) =>
    report.findings.find(({ check, verdict }) => check === id && verdict === 'fail'),
  );
  if (!low || !critical) throw new Error('the menagerie lacks them');
  const findings = Array.from({ length: count - 1 }, (_, n) => ({
    ...low,
    subject: `${low.subject}${n}`,
    fingerprint: n.toString(16).padStart(16, '0'),
  }));
  const big = logOf({ ...report, findings: [...findings, critical] });
  expect(big.runs[0]?.results).toHaveLength(results);
  expect(big.runs[0]?.results?.[0]?.ruleId).toBe('anonymous-pull-disabled');
  expect(JSON.stringify(big.runs[0]?.invocations)).toContain(says);
});

test('descriptions of any length are cut to what GitHub takes', () => {
  const checks = report.checks.map((check) => ({ ...check, why: '𐐷'.repeat(3000), title: 'long '.repeat(400) }));
  const text = sarif({ ...report, checks });
  expect(text).not.toContain('\\ud801"');
  expect(brokenRules(JSON.parse(text))).toEqual([]);
});
