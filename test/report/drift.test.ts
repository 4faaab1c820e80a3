import { describe, expect, test } from 'vitest';
import { sinceBaseline } from '../../src/engine/comparison.ts';
import type { Drift, Drifted } from '../../src/pages/drift.ts';
import { driftHtml, driftJson, driftMarkdown, renderDrift } from '../../src/report/drift.ts';
import { failureOf, menagerie, rendered } from './support.ts';

const failure = (name: string, more: Partial<Drifted> = {}): Drifted => ({
  subject: '/subscriptions/1/resourceGroups/rg/providers/Microsoft.ContainerRegistry/registries/contoso',
  name: 'contoso',
  check: 'token-passwords-expire',
  severity: 'medium',
  thing: `token/${name}`,
  words: `${name} never expires`,
  fingerprint: name,
  ...more,
});
const drift: Drift = {
  schema: 'acr-audit/diff@1',
  before: '2026-11-01T00:00:00Z',
  after: '2026-11-20T00:00:00Z',
  new: [failure('low', { severity: 'low' }), failure('worst', { severity: 'critical' })],
  fixed: [failure('gone', { why: 'it is gone' })],
  still: [failure('old')],
  unseen: [failure('dark', { why: 'the verdict is unknown' })],
};
const plain = { colorLevel: 0, width: 100 } as const;

describe('a drift', () => {
  test.each([
    ['table', renderDrift(drift, plain)],
    ['markdown', driftMarkdown(drift)],
    ['html', driftHtml(drift)],
  ])('as %s says what became of each failure, what needs somebody first and the worst on top', (_, text) => {
    const order = ['worst', 'low', 'dark', 'old', 'gone'].map((name) => text.indexOf(`${name} never expires`));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(order[0]).toBeGreaterThan(0);
    for (const words of ['2 new', '2026-11-01', '2026-11-20', 'it is gone', 'the verdict is unknown'])
      expect(text.replace(/<\/?strong>/g, '').replace(/\s+/g, ' ')).toContain(words);
  });

  test('as a page unfolds what needs somebody, and folds the rest', () => {
    const folds = [...driftHtml(drift).matchAll(/<details class="page"( open)?><summary><h3>([^<]*)/g)];
    expect(folds.map(([, isOpen, title]) => [title, isOpen !== undefined])).toEqual([
      ['New: 2', true],
      ['Can no longer be seen: 1', true],
      ['Still there: 1', false],
      ['Fixed: 1', false],
    ]);
  });

  test.each(['<script>alert(1)</script>', '\u001b[2J', 'a | b', '##vso[x]', '\u202eevil', 'one\ntwo'])(
    'takes no orders from the name %j',
    (name) => {
      const words = { name, words: name, thing: name, why: name, check: name };
      const hostile = { ...drift, new: [failure('x', words)] };
      const texts = [renderDrift(hostile, plain), driftMarkdown(hostile), driftHtml(hostile), driftJson(hostile)];
      for (const text of texts) {
        for (const acting of ['\u001b', '\u202e', '##vso']) expect(text).not.toContain(acting);
        expect(text.split('\n')).not.toContain('two');
      }
      expect(driftHtml(hostile)).not.toContain('<script>');
      const rows = driftMarkdown(hostile)
        .split('\n')
        .filter((line) => line.startsWith('| medium'));
      for (const row of rows) expect(row.replaceAll('\\|', '').split('|')).toHaveLength(6);
    },
  );
});

describe('since a baseline', () => {
  const report = menagerie();
  const now = failureOf(report, 'admin-user-disabled');
  const subject = report.subjects.find(({ findings }) => findings.includes(now))?.id ?? '';
  const entry = (fingerprint: string, check: string) => ({ fingerprint, check, subject });
  const [passing = ''] = Object.keys(report.subjects.find(({ id }) => id === subject)?.rest.pass ?? {});
  const baseline = {
    schema: 'acr-audit/baseline@1',
    accepted: [entry(now.fingerprint, now.check), entry('fixed', passing), entry('other', 'no-such-check')],
  } as const;
  const since = sinceBaseline(baseline, 'acr-baseline.json', report);

  test('a failure in it is still there, one that passes is fixed, and others are new', () => {
    expect(since.still.map(({ check }) => check)).toEqual([now.check]);
    expect(since.fixed).toMatchObject([{ check: passing, severity: expect.any(String) }]);
    expect(since.new.length).toBeGreaterThan(3);
    // Nobody ran that check: nothing is said.
    expect(JSON.stringify(since)).not.toContain('no-such-check');
  });

  test('the page of a scan shows it, and without a baseline no such part', () => {
    const page = rendered.html(report, { ...plain, drift: since });
    expect(page).toMatch(/<h2 id="drift">Since <bdi>acr-baseline\.json<\/bdi><\/h2>[\s\S]*<h3>New: \d+<\/h3>/);
    expect(page).toContain('<h3>Fixed: 1</h3>');
    expect(page).not.toContain('<h3>Still there');
    expect(rendered.html(report, plain)).not.toContain('id="drift"');
  });
});
