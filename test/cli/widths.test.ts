import { describe, expect, test } from 'vitest';
import { widthOf } from '../../src/cli/width.ts';
import { acrAudit } from './run.ts';

test.each<[string, number | undefined, string | undefined, number | undefined, number]>([
  ['a terminal knows', 72, '200', 120, 72],
  ['a pipe takes what COLUMNS says', undefined, '80', 120, 80],
  ['a pipe into a pager is as wide as the terminal that shows the messages', undefined, undefined, 120, 120],
  ['a terminal that does not know says 0', 0, undefined, undefined, 100],
  ['nonsense says nothing', undefined, '-1', undefined, 100],
  ['nor does text', undefined, 'wide', undefined, 100],
  ['nobody knows', undefined, undefined, undefined, 100],
])('%s', (_, columns, COLUMNS, beside, wanted) => {
  const stream = { columns } as NodeJS.WriteStream;
  expect(widthOf(stream, { COLUMNS }, beside === undefined ? {} : { columns: beside })).toBe(wanted);
});

/** What is never broken, so that it can be copied: a command, a line of a block, a word that is too long itself. */
const isWhole = (line: string): boolean =>
  /^ *(?:\d+\. |[-·] )?(?:check|fix|undo|verify|try|next)?:? *(?:az |nslookup |acr-audit |\( set -e|SUB=|\)|[A-Z_]+=|#|--[a-z])/.test(
    line,
  ) || !/\S \S/.test(line.trim());

describe.each([60, 80, 120])('at %i columns', (width) => {
  test.each<readonly string[]>([
    ['scan', '--demo'],
    ['scan', 'contosoprod', '--demo', '--full'],
    ['checks'],
    ['explain', 'private-dns-zone-linked'],
    ['explain', 'admin-user-disabled', '--registry', 'contosodev', '--demo'],
    ['explain', 'path', '--registry', 'contosoprod', '--demo'],
    ['explain', 'access', '--registry', 'contosoprod', '--demo'],
    ['explain', 'purge', '--registry', 'contosoprod', '--demo'],
    ['explain', 'purge', "acr purge --filter '.*:.*' --ago 30d --untagged"],
    ['explain', 'symptom', 'ImagePullBackOff 401'],
    ['plan', 'contosoprod', '--demo'],
  ])('%j', async (...args) => {
    const { stdout } = await acrAudit(args, { COLUMNS: String(width) });
    expect(stdout).not.toBe('');
    const wide = stdout.split('\n').filter((line) => [...line].length > Math.min(width, 100) && !isWhole(line));
    expect(wide).toEqual([]);
  });
});
