import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { checks } from '../../checks/index.ts';
import type { Report } from '../../src/pages/report.ts';
import { palettes } from '../../src/report/html/style.ts';
import { hopIds, hopOf, movedChecks } from '../../src/report/html/way.ts';
import { acrAudit } from '../cli/run.ts';
import { failureOf, fleet, menagerie, rendered, withFindings } from './support.ts';

const style = { colorLevel: 0, width: 100, exit: { code: 1, why: '2 findings at or above high' } } as const;
let demo: Report;
let page = '';
beforeAll(async () => {
  demo = JSON.parse((await acrAudit(['scan', '--demo', '--pages', '-o', 'json'])).stdout);
  page = rendered.html(demo, style);
}, 60_000);

/** Every tag that is opened and the attributes it has; throws where one is closed that is not open. */
function tagsOf(text: string): { readonly name: string; readonly attributes: Readonly<Record<string, string>> }[] {
  const [, body = ''] = text.split('</style>');
  const open: string[] = [];
  const found = [...body.matchAll(/<(\/?)([a-z][a-z0-9]*)((?: [a-z-]+(?:="[^"<>]*")?)*)>|[<>]/g)].map(
    ([whole, closing, name = '', attributes = '']) => {
      if (name === '') throw new Error(`a stray ${whole}`);
      if (closing) {
        const last = open.pop();
        if (last !== undefined && last !== name) throw new Error(`${whole} closes ${last}`);
      } else if (!['br', 'meta'].includes(name)) open.push(name);
      return {
        name: `${closing}${name}`,
        attributes: Object.fromEntries(
          [...attributes.matchAll(/ ([a-z-]+)(?:="([^"]*)")?/g)].map(([, key, value = '']) => [key, value]),
        ),
      };
    },
  );
  expect(open).toEqual([]);
  return found.filter(({ name }) => !name.startsWith('/'));
}

describe('the page', () => {
  test('is well formed, has one heading of the first rank, and each link in it leads somewhere', () => {
    const tags = tagsOf(page);
    expect(tags.filter(({ name }) => name === 'h1')).toHaveLength(1);
    const ids = tags.flatMap(({ attributes }) => attributes['id'] ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    const targets = tags.flatMap(({ attributes }) => attributes['href'] ?? []);
    const inside = targets.filter((href) => href.startsWith('#'));
    expect(inside.length).toBeGreaterThan(50);
    expect(inside.filter((href) => !ids.includes(href.slice(1)))).toEqual([]);
    const labels = tags.flatMap(({ attributes }) => attributes['aria-labelledby'] ?? []);
    expect(labels.filter((id) => !ids.includes(id))).toEqual([]);
  });

  test('loads nothing and runs nothing: its own policy forbids it', () => {
    const [, policy] = /Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
    const [, css = ''] = /<style>([\s\S]*?)<\/style>/.exec(page) ?? [];
    const hash = createHash('sha256').update(css).digest('base64');
    expect(policy).toBe(`default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`);
    expect(css).not.toMatch(/url\(|@import/);
    const tags = tagsOf(page);
    expect(tags.filter(({ name }) => ['script', 'img', 'link', 'iframe', 'form', 'object'].includes(name))).toEqual([]);
    for (const { attributes } of tags)
      expect(Object.keys(attributes).filter((name) => /^on|^src$|^style$/.test(name))).toEqual([]);
    for (const { attributes } of tags) if (attributes['href']) expect(attributes['href']).toMatch(/^(#|https:\/\/)/);
  });

  test('can be used without a mouse and read aloud', () => {
    expect(page).toMatch(/<html lang="en">/);
    expect(page).toMatch(/<a class="skip" href="#findings">[\s\S]*<main id="findings">/);
    const tags = tagsOf(page);
    const tables = tags.filter(({ name }) => name === 'table').length;
    expect(tags.filter(({ name }) => name === 'caption')).toHaveLength(tables);
    expect(tags.filter(({ name, attributes }) => name === 'th' && !attributes['scope'])).toEqual([]);
    // What scrolls can be reached by the keyboard.
    expect(tags.filter(({ name, attributes }) => name === 'pre' && attributes['tabindex'] !== '0')).toEqual([]);
  });

  test('says first what is worst, how bad it is, and why the exit code is what it is', () => {
    const [header = ''] = page.split('</header>');
    expect(header).toContain('registries have critical or high findings');
    expect(header).toContain('The worst is');
    expect(header).toMatch(/<strong>2<\/strong> critical/);
    expect(header).toContain('Exit code 1: 2 findings at or above high');
  });

  test.each([
    ['the way from commit to pod, with the checks of each hop', /<ol class="way"><li class="hop [a-z]+"><h4>Identity/],
    ['what is wrong, with where', /What is wrong, worst first[\s\S]*4: contosoedge, contosoarchive/],
    ['the matrix of registries and areas', /Registries by area, worst first[\s\S]*>contosoarchive</],
    ['who can pull', /Who can pull, by the region that serves the layers/],
    ['what stops a pull, and how it is mended', /stop 1: [\s\S]*?<dt>fix<\/dt>/],
    ['who can do what', /<caption>Workloads<\/caption>/],
    [
      'what was not seen, by permission',
      /Missing permissions:[\s\S]*Microsoft\.ContainerRegistry\/registries\/tasks\/read/,
    ],
    ['a role with all that is missing', /&quot;Actions&quot;: \[\n +&quot;Microsoft\./],
    ['controls of frameworks', /<caption>Controls of frameworks/],
    ['how it was judged', /rules 1\.0, profile recommended/],
    ['what is in order, with where it rests', /<span class="tag pass">pass<\/span> <code>/],
  ])('shows %s', (_, pattern) => {
    expect(page).toMatch(pattern);
  });

  test('tells a finding in the order of the terminal, with what breaks right above the fix', () => {
    const sections = page.split('<details class="finding ').slice(1);
    const full = sections.filter((one) => one.includes('<dt>undo</dt>') && one.includes('<dt>saw</dt>'));
    expect(full.length).toBeGreaterThan(5);
    const order = ['saw', 'symptom', 'cause', 'check', 'BREAKS', 'fix', 'undo', 'risk'];
    for (const one of full) {
      const terms = [...one.matchAll(/<dt[^>]*>([^<]*)<\/dt>/g)].flatMap(([, term]) => term ?? []);
      expect(terms.filter((term) => order.includes(term))).toEqual(order.filter((term) => terms.includes(term)));
      expect(terms.indexOf('fix') - terms.indexOf('BREAKS')).toBe(1);
    }
  });

  test('unfolds what is critical or high, and nothing else', () => {
    for (const [, severity, attributes] of page.matchAll(/<details class="finding (\w+)" id="s[^"]*"( open)?>/g))
      expect([severity, attributes === ' open']).toEqual([severity, severity === 'critical' || severity === 'high']);
  });

  test('shows what is accepted with its reason, and what ends first on top', () => {
    const until = ['2027-12-31', '2026-12-31'];
    const report = withFindings(menagerie(), (one) =>
      one.verdict === 'fail' ? { ...one, waived: { reason: 'a lab', until: until.pop() ?? '2028-01-01' } } : one,
    );
    const [, section = ''] = rendered.html(report).split('<h2 id="accepted">');
    expect(section).toContain('a lab (until 2026-12-31)');
    expect(section.indexOf('2026-12-31')).toBeLessThan(section.indexOf('2027-12-31'));
  });

  test('says what a saved report lacks', () => {
    expect(rendered.html(menagerie())).toContain('acr-audit scan --pages');
    expect(page).not.toContain('acr-audit scan --pages');
  });

  test('of 1,000 registries is written in seconds', () => {
    const report = menagerie();
    const many = fleet(report, 1000, [
      failureOf(report, 'private-dns-records-complete'),
      failureOf(report, 'admin-user-disabled'),
    ]);
    const start = performance.now();
    const text = rendered.html(many);
    expect(performance.now() - start).toBeLessThan(10_000);
    expect(text.length).toBeLessThan(30_000_000);
    expect(text).toMatch(/One cause, many findings[\s\S]*1000 findings/);
    tagsOf(`${text.slice(0, text.indexOf('<section class="subject"'))}</main></body></html>`);
  });
});

describe('the way from commit to pod', () => {
  test('has a place for every check, and no hop without one', () => {
    expect(new Set(checks.map((check) => hopOf(check)))).toEqual(new Set(hopIds));
  });

  test.each(movedChecks)('%s is a check, and stands elsewhere than its area', (id) => {
    const check = checks.find((one) => one.id === id);
    expect(check).toBeDefined();
    expect(check && hopOf(check)).not.toBe(check && hopOf({ id: '', area: check.area }));
  });
});

describe.each(Object.entries(palettes))('the colours of the %s scheme', (_, { line, back, panel, ...inks }) => {
  test.each(Object.entries(inks))('%s can be read on both backgrounds', (_name, ink) => {
    for (const behind of [back, panel]) expect(contrast(ink, behind)).toBeGreaterThan(4.5);
    expect(line).toMatch(/^#/);
  });
});

/** As WCAG 2 defines it. */
function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.039_28 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
