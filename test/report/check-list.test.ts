import { expect, test } from 'vitest';
import { renderCheckList } from '../../src/report/check-list.ts';
import { menagerie } from './support.ts';

const { checks } = menagerie();
const plain = { colorLevel: 0, width: 100 } as const;

test('as a table: a heading, a line for each check, the count', () => {
  const lines = renderCheckList(checks, 'table', plain).split('\n');
  expect(lines[1]?.split('│').map((cell) => cell.trim())).toEqual([
    '',
    'check',
    'area',
    'severity',
    'profile',
    'what holds',
    '',
  ]);
  expect(lines.filter((line) => checks.some(({ id }) => line.includes(`│ ${id} `)))).toHaveLength(checks.length);
  expect(lines.at(-2)).toContain(`${checks.length} checks`);
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
