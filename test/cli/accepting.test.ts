import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checks } from '../../checks/index.ts';
import { withoutIgnored } from '../../src/cli/coverage.ts';
import { chosenBy } from '../../src/cli/judged-report.ts';
import { knownRules, ofRules } from '../../src/cli/select.ts';
import { denied, observed } from '../../src/model/evidence.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import type { Report } from '../../src/pages/report.ts';
import { acrAudit } from './run.ts';

const folder = mkdtempSync(join(tmpdir(), 'acr-audit-accepting-'));
const scan = (...args: string[]) =>
  acrAudit(['scan', '--demo', 'contosodev', '--check', 'admin-user-disabled', ...args]);

test('a waiver in the configuration accepts a failure, and every report says so', async () => {
  const config = join(folder, 'waived.yaml');
  const waiver = (registry: string, until: string) =>
    `  - { check: admin-user-disabled, registry: ${registry}, reason: the portal needs it, until: ${until} }\n`;
  writeFileSync(config, `waivers:\n${waiver('contoso*', '2027-03-31')}${waiver('contosodev', '2020-01-01')}`);
  const ran = await scan('--config', config, '-o', `json=${join(folder, 'waived.json')}`, '-o', 'table');
  expect(ran.code).toBe(0);
  expect(ran.stdout).not.toContain('The shared admin account');
  expect(ran.stderr).toBe(
    'the waiver of admin-user-disabled for contosodev ended on 2020-01-01 and no longer holds\n1 failure is accepted: --show-waived shows them\n',
  );
  const report = JSON.parse(readFileSync(join(folder, 'waived.json'), 'utf8')) as Report;
  expect(report.summary).toMatchObject({ fail: 0, waived: 1 });
  expect((await scan('--config', config, '--show-waived')).stdout).toContain('admin-user-disabled');
  expect((await scan('--config', config, '--no-waivers')).code).toBe(1);
});

test('a baseline accepts what fails today; a file that is none is refused', async () => {
  const file = join(folder, 'baseline.json');
  const missing = await scan('--baseline', file);
  expect(missing.stderr).toBe(
    `acr-audit: there is no baseline ${file}\n  write it with: acr-audit scan --baseline ${file} --update-baseline\n`,
  );
  expect(missing.code).toBe(2);
  const first = await scan('--baseline', file, '--update-baseline');
  expect(first.code).toBe(0);
  expect(first.stderr).toContain(`${file} accepts 1 failure\n`);
  expect(JSON.parse(readFileSync(file, 'utf8')).accepted).toMatchObject([{ check: 'admin-user-disabled' }]);
  const page = join(folder, 'page.html');
  const second = await scan('--baseline', file, '-o', `html=${page}`, '-q');
  expect(second.code).toBe(0);
  expect(readFileSync(page, 'utf8')).toContain(`since ${file}: 0 new · 0 fixed · 1 still there`);
  writeFileSync(file, '{"schema": "acr-audit/baseline@1", "accepted": [{}]}');
  expect((await scan('--baseline', file)).stderr).toMatch(
    /is no baseline of acr-audit: it is damaged at accepted\/0\n/,
  );
  // What is there is read before it is written: to write again over it would be refused for ever.
  expect((await scan('--baseline', file, '--update-baseline')).stderr).toMatch(
    /\n {2}move it away, and write it with:/,
  );
  expect((await scan('--baseline', folder)).stderr).toMatch(/is no file\n {2}name the file of the baseline\n/);
  expect((await scan('--update-baseline')).stderr).toContain('which baseline?');
});

test.each([
  ['0.9', /^no check of this version is as old as rules 0\.9$/],
  ['99.0', /^this version has no rules 99\.0 yet$/],
])('rules %s, by which nothing or not yet can be judged, are refused', (rules, says) => {
  expect(() => knownRules(checks, rules)).toThrow(says);
  expect(() => knownRules(checks, checks[0]?.since)).not.toThrow();
  expect(() => knownRules(checks, undefined)).not.toThrow();
  expect(() => chosenBy({ profile: undefined, check: [], skip: [], area: [] }, { rules })).toThrow(says);
});

test('rules of an earlier version judge by its checks, and name what came later', () => {
  const [check, ...rest] = checks;
  if (!check) throw new Error('there are no checks');
  const later = { ...check, id: 'later', since: '1.10' };
  const { chosen, newer } = ofRules([...rest, later], '1.9');
  expect(newer).toEqual(['later']);
  expect(chosen).toEqual(rest);
  expect(ofRules([later], undefined).chosen).toEqual([later]);
});

test('a subscription that need not be looked in is no gap', () => {
  const entry = (name: string, seen: boolean) => ({
    id: `/subscriptions/${name}`,
    name,
    registries: seen ? observed([]) : denied('no', []),
    facets: {},
  });
  const snapshot = {
    subscriptions: [entry('sandbox', false), entry('other', false), entry('seen', true)],
    shared: {
      privateDns: observed({
        zones: [],
        searched: [{ subscription: '/subscriptions/SANDBOX', zones: denied('no', []) }],
      }),
    },
  } as unknown as Snapshot;
  const { snapshot: left, words } = withoutIgnored(snapshot, {
    ignore: [
      { subscription: 'sand*', reason: 'no workloads' },
      { subscription: 'seen', reason: 'r' },
    ],
  });
  expect(left.subscriptions.map(({ name }) => name)).toEqual(['other', 'seen']);
  expect(left.shared.privateDns).toMatchObject({ value: { searched: [] } });
  expect(words).toEqual(['sandbox could not be looked in, which is accepted: no workloads']);
  expect(withoutIgnored(snapshot, undefined).snapshot).toBe(snapshot);
});
