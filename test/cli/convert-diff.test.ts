import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { menagerieText } from '../report/support.ts';
import { acrAudit } from './run.ts';

const folder = mkdtempSync(join(tmpdir(), 'convert-'));
const file = (name: string, text?: string): string => {
  const path = join(folder, name);
  if (text !== undefined) writeFileSync(path, text);
  return path;
};
const snapshot = file('demo.jsonl.gz');
const report = file('demo.json');
const page = file('scan.html');
beforeAll(async () => {
  await acrAudit(['collect', '--demo', '-q', '--allow-incomplete', '-o', snapshot]);
  await acrAudit(['scan', '--snapshot', snapshot, '-o', `json=${report}`, '-o', `html=${page}`]);
}, 120_000);

describe('convert', () => {
  test('tells a report as its scan did, with its exit code', async () => {
    const again = file('again.html');
    const json = file('again.json');
    const { code } = await acrAudit(['convert', report, '-o', `html=${again}`, '-o', `json=${json}`]);
    expect(code).toBe(1);
    expect(readFileSync(json, 'utf8')).toBe(readFileSync(report, 'utf8'));
    // What a scan says beside its report is not in it.
    const withoutNotes = (text: string) => text.replace(/<p class="faint">[^<]*<\/p>/g, '').replace(/\n+/g, '\n');
    expect(withoutNotes(readFileSync(again, 'utf8'))).toBe(withoutNotes(readFileSync(page, 'utf8')));
  });

  test.each([
    ['critical', 1],
    ['none', 3],
  ])('--fail-on %s gives %i', async (bar, expected) => {
    const { code } = await acrAudit(['convert', '-', '--fail-on', bar, '-o', 'csv'], {}, readFileSync(report, 'utf8'));
    expect(code).toBe(expected);
  });

  test.each<[string, string, RegExp]>([
    ['no JSON', file('no.json', '{'), /is no report of acr-audit\n.*scan -o json=/],
    ['another schema', file('other.json', '{"schema":"acr-audit/report@2"}'), /is acr-audit\/report@2, not/],
    [
      'a damaged one',
      file('damaged.json', menagerieText.replace('"complete": false', '"complete": "no"')),
      /see complete/,
    ],
    ['no file', file('nothing.json'), /ENOENT/],
    ['a file without end', '/dev/zero', /larger than any report/],
  ])(
    '%s ends in two lines',
    async (_, path, says) => {
      const { code, stderr, stdout } = await acrAudit(['convert', path]);
      expect([code, stdout, stderr.trim().split('\n').length]).toEqual([2, '', 2]);
      expect(stderr).toMatch(says);
    },
    120_000,
  );
});

describe('diff', () => {
  /** The report with other verdicts of its first failure. */
  const changed = (name: string, change: (finding: Record<string, unknown>) => Record<string, unknown>): string => {
    const { subjects, ...rest } = JSON.parse(readFileSync(report, 'utf8'));
    const first = subjects.find((one: { findings: { verdict: string }[] }) => one.findings[0]?.verdict === 'fail');
    const others = subjects.filter((one: unknown) => one !== first);
    const [finding, ...findings] = first.findings;
    return file(
      name,
      JSON.stringify({ ...rest, subjects: [{ ...first, findings: [change(finding), ...findings] }, ...others] }),
    );
  };

  test('of a report and the snapshot it came from is nothing', async () => {
    const { code, stdout } = await acrAudit(['diff', report, snapshot, '-o', 'json']);
    const { new: added, fixed, unseen, still } = JSON.parse(stdout);
    expect([code, added, fixed, unseen]).toEqual([0, [], [], []]);
    expect(still.length).toBeGreaterThan(40);
  });

  test('of a new failure is 1, and of one that can no longer be seen 3', async () => {
    const unknown = changed('unknown.json', ({ check, fingerprint }) => ({
      check,
      fingerprint,
      verdict: 'unknown',
      unseen: 'unread',
      reason: 'denied',
    }));
    const worse = await acrAudit(['diff', unknown, report]);
    expect(worse.code).toBe(1);
    expect(worse.stdout).toMatch(/^\d+ new · 0 fixed/);
    const hidden = await acrAudit(['diff', report, unknown, '-o', 'markdown']);
    expect(hidden.code).toBe(3);
    expect(hidden.stdout).toMatch(/### Can no longer be seen[\s\S]*the verdict is unknown/);
    expect((await acrAudit(['diff', unknown, report, '--fail-on', 'none'])).code).toBe(0);
  });
});
