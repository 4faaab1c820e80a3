import type { Log, ReportingDescriptor, Result, Run } from 'sarif';
import { describe, expect, test } from 'vitest';
import type { WhyUnseen } from '../../src/model/outcome.ts';
import type { Acceptance, Failed, Finding, Report, ReportSubject } from '../../src/pages/report.ts';
import { sarif, sarifFiles } from '../../src/report/sarif.ts';
import { ofVerdict, rowsOf } from '../../src/report/view.ts';
import { brokenRules, type GithubRule, githubRules } from './github-rules.ts';
import { failureOf, fleet, menagerie, onSubjects, withFindings } from './support.ts';

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
      'nothing GitHub overlooks: what passed or is suppressed would be an open alert',
      'a pass',
      (_, result) => Object.assign(result, { kind: 'pass' }),
    ],
    [
      'nothing GitHub overlooks: what passed or is suppressed would be an open alert',
      'a suppression',
      (_, result) => Object.assign(result, { suppressions: [{ kind: 'external', justification: 'a lab' }] }),
    ],
    ['at most 5,000 results: more are not kept', 'one more', many(5_001)],
    [
      'at most 25,000 rules',
      'one more',
      (run, _, rule) => Object.assign(run.tool.driver, { rules: Array.from({ length: 25_001 }, () => rule) }),
    ],
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
      'what is not in it makes the run unsuccessful, so that no alert is closed',
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
  const { runs } = log();
  const results = runs.flatMap((run) => run.results ?? []);
  const failed = ofVerdict(rowsOf(report), 'fail');

  test('every check is a rule of every run, whether or not it fired', () => {
    for (const run of runs)
      expect(run.tool.driver.rules?.map(({ id }) => id)).toEqual(report.checks.map(({ id }) => id));
  });

  test('a rule says the problem, not its opposite, and each sentence ends once', () => {
    const rule = runs[0]?.tool.driver.rules?.find(({ id }) => id === 'admin-user-disabled');
    expect(rule?.shortDescription?.text).toBe('The shared admin account is switched on.');
    expect(rule?.fullDescription?.text).toMatch(/^The shared admin account is switched on\. One user name .*[^.]\.$/);
    expect(rule?.help?.markdown).toContain('- <https://learn.microsoft.com/azure/container-registry/');
    const anonymous = runs[0]?.tool.driver.rules?.find(({ id }) => id === 'anonymous-pull-disabled');
    expect(anonymous?.help?.markdown).toContain('`docker pull` works');
  });

  test('there is a run for each subscription, and only failures are results, worst first', () => {
    expect(runs.map(({ automationDetails }) => automationDetails?.id?.split('/')[1])).toEqual([
      '00000000-0000-0000-0000-000000000001',
      '00000000-0000-0000-0000-0000000000ab',
    ]);
    expect(results).toHaveLength(failed.length);
    expect(runs[0]?.results?.map(({ level }) => level)).toEqual([
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
    const messages = results.map(({ message }) => message.text?.split('\n')[0]);
    expect(messages).toContain('kvacrprod: The shared admin account is switched on.');
  });

  test('what the fix breaks stands above the fix', () => {
    const text = results.find(({ ruleId }) => ruleId === 'admin-user-disabled')?.message.text ?? '';
    expect(text.indexOf('BREAKS')).toBeGreaterThan(0);
    expect(text.indexOf('BREAKS')).toBeLessThan(text.indexOf('az acr update'));
  });

  const waived = { reason: 'lab', until: '2027-03-31' };
  test.each<[string, Acceptance, string]>([
    ['a waiver', { waived }, 'lab (until 2027-03-31).'],
    ['the baseline', { baseline: true }, 'in the baseline.'],
  ])('what %s accepts is suppressed in a file', (_, how, justification) => {
    const all = withFindings(report, (one) => (one.verdict === 'fail' ? { ...one, ...how } : one));
    const results = logOf(all).runs.flatMap((run) => run.results ?? []);
    expect(results).toHaveLength(failed.length);
    for (const { suppressions } of results)
      expect(suppressions).toEqual([{ kind: 'external', status: 'accepted', justification }]);
  });

  test('what is accepted is in no folder to upload: GitHub overlooks suppressions, and would show it as open', () => {
    for (const how of [{ waived }, { baseline: true as const }]) {
      const from = withFindings(report, (one) => (one.verdict === 'fail' ? { ...one, ...how } : one));
      const all: { readonly runs: readonly Run[] } = {
        runs: sarifFiles(from).flatMap(({ text }) => (JSON.parse(text) as Log).runs),
      };
      expect(all.runs.flatMap((run) => run.results ?? [])).toEqual([]);
      expect(all.runs.map((run) => run.properties?.['accepted']).reduce((sum, one) => sum + one, 0)).toBe(
        failed.length,
      );
    }
  });

  test.each([
    ['critical', '9.5'],
    ['high', '8.0'],
    ['medium', '5.5'],
    ['low', '2.0'],
    ['info', undefined],
  ])('%s has security severity %s', (severity, band) => {
    const rule = runs[0]?.tool.driver.rules?.[report.checks.findIndex((check) => check.severity === severity)];
    expect(rule?.properties?.['security-severity']).toBe(band);
  });
});

describe('a finding over many things', () => {
  const finding = failureOf(report, 'admin-user-disabled');
  const thing = (name: string, print: string, more: object = {}) => ({
    thing: `token/${name}`,
    words: `${name} never expires`,
    fingerprint: print.repeat(16),
    ...more,
  });
  const resultsOf = (...things: NonNullable<Failed['things']>) =>
    logOf(fleet(report, 1, [{ ...finding, things }])).runs.flatMap((run) => run.results ?? []);

  test('is a result for each, with a fingerprint of its own: dismissing one hides no other', () => {
    const results = resultsOf(thing('ci', 'a'), thing('dev', 'b'));
    expect(results.map(({ message }) => message.text?.split('\n')[0])).toEqual([
      'kvacr0: ci never expires.',
      'kvacr0: dev never expires.',
    ]);
    expect(results.map(({ partialFingerprints }) => partialFingerprints?.['primaryLocationLineHash'])).toEqual([
      `${'a'.repeat(16)}:1`,
      `${'b'.repeat(16)}:1`,
    ]);
  });

  test('suppresses only the thing that is accepted, after what is open', () => {
    const waived = { reason: 'vendor', until: '2027-03-31' };
    const results = resultsOf(thing('ci', 'a', { waived }), thing('dev', 'b'));
    expect(results.map(({ suppressions }) => suppressions?.length)).toEqual([undefined, 1]);
    expect(results.map(({ message }) => message.text?.split('\n')[0])).toEqual([
      'kvacr0: dev never expires.',
      'kvacr0: ci never expires.',
    ]);
  });

  test('points at the file that declares it', () => {
    const [result] = resultsOf(thing('ci', 'a', { place: { file: 'infra/acr main.bicep', line: 12 } }));
    expect(result?.locations?.[0]?.physicalLocation).toMatchObject({
      artifactLocation: { uri: 'infra/acr%20main.bicep' },
      region: { startLine: 12, endLine: 12 },
    });
  });
});

describe('a run is called successful only where all is in it', () => {
  const invocations = (from: Report) => logOf(from).runs.map((run) => run.invocations?.[0]);
  const passing = onSubjects(
    { ...report, unread: [], scopes: report.scopes.filter(({ observed }) => observed) },
    fleet(report, 1, []).subjects,
  );
  const unknown = (unseen: WhyUnseen): Finding => ({
    check: 'premium-sku',
    verdict: 'unknown',
    unseen,
    reason: 'not seen',
    fingerprint: '',
    ...(unseen === 'unread' ? { missing: [{ action: 'a/read', scope: '/s' }] } : {}),
  });
  const broken: Finding = { check: 'premium-sku', verdict: 'error', reason: 'it threw', fingerprint: '' };

  test.each<[string, Report, boolean[], RegExp | null]>([
    ['it passes', passing, [true], null],
    ['Azure does not tell', fleet(passing, 1, [unknown('untold')]), [true], null],
    ['the user did not ask', fleet(passing, 1, [unknown('unasked')]), [true], null],
    ['something was not read', fleet(passing, 1, [unknown('unread')]), [false], /not seen; needs a\/read at \/s/],
    ['a check broke', fleet(passing, 1, [broken]), [false], /it threw/],
    [
      'a registry that was named is not there',
      { ...passing, asked: { ...passing.asked, registries: ['lost'] } },
      [false],
      /not all that was asked for/,
    ],
    ['no registry was found', { ...passing, complete: false, subjects: [] }, [false], /not all that was asked for/],
    ['no registry was found, and none need be', { ...passing, complete: true, subjects: [] }, [true], null],
    [
      'another subscription would not list',
      { ...passing, scopes: report.scopes, unread: report.unread },
      [true, false],
      /needs Microsoft.ContainerRegistry\/registries\/read at/,
    ],
  ])('%s', (_, from, successful, says) => {
    const all = invocations(from);
    expect(all.map((one) => one?.executionSuccessful)).toEqual(successful);
    const said = all.flatMap((one) => one?.toolExecutionNotifications ?? []).map(({ message }) => message.text);
    if (says === null) expect(said).toEqual([]);
    else expect(said.join('\n')).toMatch(says);
    expect(brokenRules(logOf(from))).toEqual([]);
  });

  test('verdicts that wait for one thing are one notification', () => {
    const waiting = fleet(passing, 1, [unknown('unread'), { ...unknown('unread'), check: 'admin-user-disabled' }]);
    expect(invocations(waiting)[0]?.toolExecutionNotifications).toMatchObject([
      { message: { text: expect.stringContaining('premium-sku, admin-user-disabled on') } },
    ]);
  });

  test('not where it is cut: what is beyond would be closed as fixed', () => {
    const low = failureOf(report, 'premium-sku');
    const many = fleet(passing, 5_001, [low]);
    const [first, ...rest] = many.subjects;
    const worst = { ...first, findings: [failureOf(report, 'anonymous-pull-disabled')] } as ReportSubject;
    const [run] = logOf(onSubjects(many, [...rest, worst])).runs;
    expect(run?.results).toHaveLength(5_000);
    expect(run?.results?.[0]?.ruleId).toBe('anonymous-pull-disabled');
    expect(run?.invocations?.[0]).toMatchObject({
      executionSuccessful: false,
      toolExecutionNotifications: [
        { message: { text: expect.stringContaining('1 result of the lowest severity left out') } },
      ],
    });
  });
});

test('a failure with many observations shows ten, and how many more there are', () => {
  const observations = Array.from({ length: 12 }, (_, n) => ({
    at: `facet/${n}`,
    saw: n,
    wanted: null,
    words: `it is ${n}`,
  }));
  const long = fleet(report, 1, [{ ...failureOf(report, 'admin-user-disabled'), observations }]);
  const text = logOf(long).runs[0]?.results?.[0]?.message.text;
  expect(text?.split('\n').filter((line) => line.startsWith('- '))).toEqual([
    ...observations.slice(0, 10).map(({ words }) => `- ${words}`),
    '- and 2 more',
  ]);
});

describe('the category of an upload', () => {
  const category = (changed: Partial<Report>): string =>
    logOf({ ...report, ...changed }).runs[0]?.automationDetails?.id ?? '';
  const asked = (changed: Partial<Report['asked']>): string => category({ asked: { ...report.asked, ...changed } });
  const whole = category({});

  test('is the subscription and the strength of the scan', () => {
    expect(whole).toMatch(/^acr-audit\/00000000-0000-0000-0000-000000000001\/hardened-[0-9a-f]{12}\/$/);
  });

  test.each<[string, string]>([
    ['of another profile', category({ profile: 'recommended' })],
    ['by other rules', category({ tool: { ...report.tool, rules: '1.1' } })],
    ['of one registry', asked({ registries: ['contosoprod'] })],
    ['of a group', asked({ groups: ['rg'] })],
    ['of a tag', asked({ tags: ['env=prod'] })],
    ['of an area', asked({ areas: ['network'] })],
    ['of some checks', asked({ checks: ['admin-user-disabled'] })],
    ['without some checks', asked({ skips: ['admin-user-disabled'] })],
    ['with an opt-in', asked({ optIns: ['--data-plane'] })],
    ['with another option', asked({ options: { 'token-passwords-short-lived': { days: 60 } } })],
    ['with another severity', asked({ severity: { 'geo-replicated': 'low' } })],
    ['with a plug-in', asked({ plugins: ['./ours.mjs'] })],
    ['with declared consumers', asked({ consumers: [{ registry: 'kvacrprod', clusters: [], networks: [] }] })],
    ['with a partner registry', asked({ partnerRegistries: ['vendor.azurecr.io'] })],
    ['with a purpose', asked({ purposes: [{ principal: 'p', rights: ['push'], reason: 'CI' }] })],
  ])('is another one for a scan %s: what it leaves out must not count as fixed', (_, other) => {
    expect(other).not.toBe(whole);
    expect(other).toMatch(/^acr-audit\/[0-9-]+\/(hardened|recommended)-[0-9a-f]{12}\/$/);
  });

  test('is the same whatever else was looked in: a new subscription is a new run', () => {
    expect(asked({ subscriptions: ['a', 'b'] })).toBe(whole);
    expect(category({ scopes: [...report.scopes, { id: '/subscriptions/zz', name: null, observed: true }] })).toBe(
      whole,
    );
  });

  test('is the same whatever the order and the casing of names', () => {
    expect(asked({ registries: ['B', 'a'] })).toBe(asked({ registries: ['A', 'b'] }));
  });
});

test('the casing of an id changes neither path nor fingerprint', () => {
  const keys = (from: Report) =>
    logOf(from)
      .runs.flatMap((run) => run.results ?? [])
      .map(({ locations, partialFingerprints }) => [
        locations?.[0]?.physicalLocation?.artifactLocation?.uri,
        partialFingerprints,
      ]);
  const shouted = report.subjects.map((subject) => ({ ...subject, id: subject.id.toUpperCase() }));
  expect(keys(onSubjects(report, shouted))).toEqual(keys(report));
});

test('descriptions of any length are cut to what GitHub takes', () => {
  const checks = report.checks.map((check) => ({ ...check, why: '𐐷'.repeat(3000), problem: 'long '.repeat(400) }));
  const text = sarif({ ...report, checks });
  expect(text).not.toContain('\\ud801"');
  expect(brokenRules(JSON.parse(text))).toEqual([]);
});
