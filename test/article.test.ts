import { describe, expect, test } from 'vitest';
import { checks } from '../checks/index.ts';
import { articlePage } from '../src/dev/article.ts';
import { type ArticleRow, classes, otherTables, playbook } from '../src/dev/article-data.ts';

const rows = [...classes, ...playbook, ...otherTables];
const answers = ({ row }: ArticleRow) => checks.filter(({ article }) => article?.includes(row));

test('the article has eleven classes and a playbook of twelve rows', () => {
  expect(classes.length).toBe(11);
  expect(playbook.map(({ row }) => row)).toEqual(Array.from({ length: 12 }, (_, index) => `Playbook ${index + 1}`));
});

test.each(classes)('$row: a check answers it', (row) => {
  expect(answers(row).length).toBeGreaterThan(0);
});

test.each(playbook)('$row: a check answers it, or one that is planned', (row) => {
  expect(answers(row).length + (row.planned?.length ?? 0)).toBeGreaterThan(0);
});

test.each(otherTables)('$row: a check answers it, or a word says where it went', (row) => {
  expect(answers(row).length > 0 || row.note !== '' || row.planned !== undefined).toBe(true);
});

describe('the checks', () => {
  test.each(checks.filter(({ article }) => article))('$id names rows that there are', ({ article }) => {
    const known = rows.map(({ row }) => row);
    expect(article?.filter((row: string) => !known.includes(row))).toEqual([]);
  });

  test('each stands on the page', () => {
    const page = articlePage();
    for (const { id } of checks) expect(page).toContain(`[${id}](checks/${id}.md)`);
  });

  test('one is linked where it says that it belongs', () => {
    const row = articlePage()
      .split('\n')
      .find((line) => line.startsWith('| Disable admin user |'));
    expect(row).toContain('[admin-user-disabled]');
    expect(row).not.toContain('[geo-replicated]');
  });
});
