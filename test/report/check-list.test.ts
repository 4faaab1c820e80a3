import { expect, test } from 'vitest';
import { renderCheckList } from '../../src/report/check-list.ts';
import { menagerie } from './support.ts';

const { checks } = menagerie();
const plain = { colorLevel: 0, width: 100 } as const;

test('as a list: by area, the worst first, each with its title below; then the count', () => {
  const lines = renderCheckList(checks, 'table', plain).split('\n');
  for (const { id, severity, profile, title, area } of checks) {
    const at = lines.indexOf(`  ${severity.padEnd(8)} ${id}  ${profile}`);
    expect(lines[at + 1]).toBe(`           ${title}`);
    expect(lines.slice(0, at).findLast((line) => /^\w/.test(line))).toBe(area);
  }
  expect(lines.at(-2)).toContain(`${checks.length} checks`);
});

test.each([60, 80])('at %i columns no line is wider, whatever its check is called', (width) => {
  const longest = {
    ...checks[0],
    id: 'private-endpoint-covers-every-region',
    severity: 'high',
    profile: 'recommended',
  };
  const lines = renderCheckList([longest as (typeof checks)[number]], 'table', { ...plain, width }).split('\n');
  expect(lines.filter((line) => line.length > width)).toEqual([]);
});

test('as Markdown: a row for each check', () => {
  const rows = renderCheckList(checks, 'markdown', plain).trimEnd().split('\n');
  expect(rows).toHaveLength(checks.length + 2);
});

test('as JSON: what a script wants to know, by area and worst first', () => {
  const list: { id: string; area: string; severity: string }[] = JSON.parse(renderCheckList(checks, 'json', plain));
  expect(list.map(({ id }) => id).sort()).toEqual(checks.map(({ id }) => id).sort());
  expect(list.map(({ area }) => area)).toEqual(list.map(({ area }) => area).sort());
});
