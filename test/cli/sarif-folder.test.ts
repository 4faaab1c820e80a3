import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Log } from 'sarif';
import { describe, expect, test } from 'vitest';
import { type OutputAsked, targets } from '../../src/cli/output.ts';
import { writeSarifFolder } from '../../src/cli/sarif-folder.ts';
import { checkRuns } from '../../src/cli/write-report.ts';
import type { Report, ReportSubject } from '../../src/pages/report.ts';
import { brokenRules } from '../report/github-rules.ts';
import { failureOf, fleet, menagerie } from '../report/support.ts';

const parent = (): string => mkdtempSync(join(tmpdir(), 'sarif-'));
const report = menagerie();
const guid = (n: number): string => `00000000-0000-0000-0000-${String(n).padStart(12, '0')}`;

/** A registry with a finding in each of so many subscriptions; some of them would not list. */
function ofSubscriptions(count: number, hidden: readonly number[] = []): Report {
  const [model] = fleet(report, 1, [failureOf(report, 'admin-user-disabled')]).subjects;
  const there = Array.from({ length: count }, (_, n) => n + 1);
  return {
    ...report,
    unread: [],
    scopes: there.map((n) => ({ id: `/subscriptions/${guid(n)}`, name: null, observed: !hidden.includes(n) })),
    subjects: there.map((n) => ({ ...model, id: model?.id.replace(guid(1), guid(n)) }) as ReportSubject),
  };
}

const files = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.sarif'))
    .sort();
const log = (file: string): Log => JSON.parse(readFileSync(file, 'utf8'));

describe('-o sarif=DIR/', () => {
  test('writes folders of at most 20 runs, each of which code scanning takes', async () => {
    const folder = parent();
    await writeSarifFolder(`${folder}/out/`, ofSubscriptions(45));
    expect(files(folder)).toEqual(['out/1/acr-audit.sarif', 'out/2/acr-audit.sarif', 'out/3/acr-audit.sarif']);
    const logs = files(folder).map((name) => log(join(folder, name)));
    expect(logs.map(({ runs }) => runs.length)).toEqual([20, 20, 5]);
    expect(logs.flatMap(brokenRules)).toEqual([]);
    const categories = logs.flatMap(({ runs }) => runs.map(({ automationDetails }) => automationDetails?.id));
    expect(new Set(categories).size).toBe(45);
  });

  test('keeps what is not complete apart: its upload would close what was not seen', async () => {
    const folder = parent();
    await writeSarifFolder(`${folder}/out/`, ofSubscriptions(3, [2]));
    expect(files(folder)).toEqual(['out.incomplete/1/acr-audit.sarif', 'out/1/acr-audit.sarif']);
    const successful = (name: string) =>
      log(join(folder, name)).runs.map(({ invocations }) => invocations?.[0]?.executionSuccessful);
    expect(successful('out/1/acr-audit.sarif')).toEqual([true, true]);
    expect(successful('out.incomplete/1/acr-audit.sarif')).toEqual([false]);
  });

  test('leaves nothing of an earlier scan to be uploaded, and touches no file of others', async () => {
    const folder = parent();
    await writeSarifFolder(`${folder}/out/`, ofSubscriptions(45, [1]));
    mkdirSync(join(folder, 'out', 'mine'));
    writeFileSync(join(folder, 'out', '3', 'notes.txt'), 'kept');
    await writeSarifFolder(`${folder}/out/`, ofSubscriptions(2));
    expect(files(folder)).toEqual(['out/1/acr-audit.sarif']);
    expect(readdirSync(folder)).toEqual(['out']);
    expect(readdirSync(join(folder, 'out')).sort()).toEqual(['1', '3', 'mine']);
  });
});

describe('-o sarif=FILE', () => {
  const asked = (output: string): OutputAsked => ({
    targets: targets([output]),
    filter: {},
    full: false,
    pages: false,
    quiet: true,
    color: 'never',
  });

  test.each([
    [`sarif=${parent()}/a.sarif`, 20, true],
    [`sarif=${parent()}/a.sarif`, 21, false],
    ['sarif', 21, false],
    [`sarif=${parent()}/out/`, 2_000, true],
    [`json=${parent()}/a.json`, 2_000, true],
  ])('%s of %i subscriptions is taken: %s', (output, subscriptions, taken) => {
    const check = () => checkRuns(asked(output), subscriptions);
    if (taken) expect(check).not.toThrow();
    else expect(check).toThrow(/code scanning takes 20/);
  });

  test('a folder that is a file is refused before anything is asked', () => {
    const file = join(parent(), 'file');
    writeFileSync(file, '');
    expect(() => targets([`sarif=${file}/`])).toThrow('is no folder');
  });
});
