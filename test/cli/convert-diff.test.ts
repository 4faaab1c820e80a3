import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
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
    ['no file', file('nothing.json'), /ENOENT/],
    ['a folder', folder, /EISDIR/],
    ['a file without end', '/dev/zero', /is no report of acr-audit: it is no JSON object\n.*scan -o json=/],
    ['noise without end', '/dev/urandom', /no report/],
    [
      'a damaged one',
      file('damaged.json', menagerieText.replace('"complete": false', '"complete": 1')),
      /see complete/,
    ],
    ['a snapshot', file('early.jsonl', '{"kind":"header"}\n'), /is a snapshot, not a report\n.*scan --snapshot/],
  ])('%s ends in two lines', async (_, path, says) => {
    for (const args of path.endsWith('jsonl')
      ? [['convert', path]]
      : [
          ['convert', path],
          ['diff', report, path],
        ]) {
      const { code, stderr, stdout } = await acrAudit(args);
      expect([code, stdout, stderr.trim().split('\n').length]).toEqual([2, '', 2]);
      expect(stderr).toMatch(says);
    }
  });

  test('a text without end is left when it is longer than any part of a report', async () => {
    const text = `{"schema":"acr-audit/report@1","profile":"${'x'.repeat(70 * 2 ** 20)}`;
    const { code, stderr } = await acrAudit(['convert', '-'], {}, text);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/a part of it is larger than 64 MB.*\n.*\n$/)]);
  });
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

  test('tells a snapshot by its first line, however much was asked for', async () => {
    const names = Array.from({ length: 30 }, (_, n) => `registry${n}`);
    const [header = '', ...lines] = gunzipSync(readFileSync(snapshot)).toString().split('\n');
    const { kind, asked, ...rest } = JSON.parse(header);
    const long = JSON.stringify({ kind, asked: { ...asked, groups: names }, ...rest });
    const { code, stdout } = await acrAudit(['diff', file('long.jsonl', [long, ...lines].join('\n')), snapshot]);
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^0 new/)]);
  });

  test('names the things of which the same is said', async () => {
    const { stdout } = await acrAudit(['diff', report, report]);
    expect(stdout).toMatch(/clusters-reach-registry\s\(cluster\/[\s\S]*clusters-reach-registry\s\(app\//);
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
    const drift = file('drift.html');
    expect((await acrAudit(['diff', unknown, report, '--fail-on', 'none', '-o', `html=${drift}`])).code).toBe(0);
    expect(readFileSync(drift, 'utf8')).toMatch(/^<!DOCTYPE html>[\s\S]*<h3>New: \d+<\/h3>/);
  });
});
