import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { generateSchemas } from '../../src/dev/schemas.ts';
import { purgePage } from '../../src/explain/purge.ts';
import { purgesInShell } from '../../src/facts/tasks/find-purges.ts';
import type { PurgePages } from '../../src/pages/purge.ts';
import { purgeJson, renderPurges } from '../../src/report/purge.ts';

const pages = (text: string): PurgePages => ({
  schema: 'acr-audit/purge@1',
  commands: (purgesInShell(text) ?? []).map(({ command }) => purgePage(command)),
  unread: [],
});
const rendered = (text: string): string =>
  renderPurges(pages(text), { colorLevel: 0, width: 400 }, false).replace(/\n {2,}/g, ' ');

test.each([
  [
    "acr purge --filter '{{.Values.repo}}:^v1' --ago {{.Values.ago}}",
    'acr purge --filter {{.Values.repo}}:^v1 --ago {{.Values.ago}}',
  ],
  ["acr purge --filter 'app:^v 1' --ago 1d", "acr purge --filter 'app:^v 1' --ago 1d"],
  ['acr purge --filter "$REPO:^v1" --ago 1d', 'acr purge --filter $REPO:^v1 --ago 1d'],
])('%s: the page shows the command as it was written', (text, shown) => {
  expect(pages(text).commands.map(({ command }) => command)).toEqual([shown]);
});

describe('what a purge does, in words', () => {
  test.each<readonly [string, readonly string[]]>([
    [
      "acr purge --filter 'app:^v1' --ago 30d --keep 5",
      [
        "In repository app it takes the tags in which '^v1' is found, if they were last pushed more than 30 days ago",
        'Of these it keeps the newest 5 in each repository',
        'deletes tags only',
        'No danger found',
        'acr-cli 0.19, which a plain acr runs since 5 April 2026; a region may be one release behind',
      ],
    ],
    [
      "acr purge --filter 'a:.*' --filter 'b:.*' --filter 'c:.*' --filter 'd:^x' --ago 30d",
      [
        'In repository a, repository b and repository c it takes every tag that was',
        "In repository d it takes the tags in which '^x'",
      ],
    ],
    ["acr purge --filter 'app:^v1' --filter 'app:^x' --ago 1d", ['if any of them matches', 'there is no --keep']],
    [
      "acr purge --filter 'app:^v1' --ago 3m",
      ['pushed more than 3 minutes ago', '--ago 3m is read as 3 minutes', '2 dangers'],
    ],
    ["acr purge --filter 'app:^v1' --ago 2w", ['It deletes nothing', "--ago 2w: 'w' is no unit of time"]],
    ["acr purge --filter 'app:^v1' --ago 30days", ['It deletes nothing', 'read as 150 years']],
    ["acr purge --filter 'app:^v1' --ago {{.Values.ago}}", ['last pushed longer ago than {{.Values.ago}}']],
    ["acr purge --filter '{{.Values.repo}}:^v1' --ago 1d", ['{{.Values.repo}}:^v1']],
    ['acr purge --ago 1d', ['It deletes nothing', '--filter is missing']],
    ["acr purge --filter 'app:(' --ago 1d", ['It deletes nothing', 'is no regular expression']],
    [
      "acr purge --untagged-only --filter 'app:.*' --ago 7d --keep 2",
      ['the manifests without a tag last pushed more than 7 days ago in repository app', 'except the newest 2'],
    ],
    ['acr purge --untagged-only', ['manifests without a tag of any age in every repository', 'tags stay']],
    ["acr purge --filter 'app:^v1' --ago 30d --include-locked", ['What is locked it unlocks']],
    ["acr purge --filter 'app:^v1' --ago 30d --dry-run", ['prints what it would delete']],
    ["acr purge --filter 'app:(a)\\1' --ago 30d", ['Not all of it could be judged', '\\1 is not evaluated']],
    [
      "mcr.microsoft.com/acr/acr-cli:0.5 purge --filter 'app:^v1' --ago 30d",
      ['One danger', 'acr-cli 0.5, which is pinned', 'acr-cli 0.5 is pinned'],
    ],
  ])('%s', (command, says) => {
    for (const sentence of says) expect(rendered(command)).toContain(sentence);
  });

  test('its patterns are tried on tags of every kind', () => {
    const [page] = pages("acr purge --filter 'app:^\\d' --ago 30d").commands;
    expect(page?.filters).toEqual([
      {
        filter: 'app:^\\d',
        matches: ['1.4.2', '20261123.1'],
        spares: expect.arrayContaining(['latest', 'main', 'v12']),
      },
    ]);
  });

  test('a control character in the command does not reach the terminal', () => {
    expect(rendered("acr purge --filter 'app:\u001b[2J' --ago 30d")).not.toContain('\u001b');
  });
});

test('as JSON: one entry a command, with each danger by name', () => {
  const { schema, commands } = JSON.parse(
    purgeJson(pages("acr purge -f a:.* --ago 30d\nacr purge -f 'b:^x' --ago 30d")),
  );
  expect(schema).toBe('acr-audit/purge@1');
  expect(commands).toMatchObject([
    { verdict: 'dangerous', version: null, dangers: [{ kind: 'every-tag' }, { kind: 'signature-tags' }] },
    { verdict: 'safe', dangers: [], command: "acr purge -f 'b:^x' --ago 30d" },
  ]);
});

test('the better command can be pasted, each line of it', () => {
  const out = renderPurges(
    pages("acr purge --filter 'team/app-of-ours:.*' --ago 30d --untagged"),
    { colorLevel: 0, width: 80 },
    false,
  );
  expect(out).toContain(
    "  mcr.microsoft.com/acr/acr-cli:0.19 purge \\\n    --filter 'team/app-of-ours:^(?!latest$|sha256-).*' --ago 30d --keep 5 \\\n    --untagged\n",
  );
  expect(out).toMatch(/→ If only manifests without a tag.*--untagged-only\n.*→ Match only the tags/s);
  // What stands in quotes is one word, and no shell takes it in two lines.
  const broken = out.split('\n').filter((line) => !line.includes("--cmd '"));
  expect(Math.max(...broken.map((line) => line.length))).toBeLessThanOrEqual(80);
});

describe('purge.schema.json', () => {
  const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });
  const validate = ajv.compile(JSON.parse(generateSchemas()['schemas/purge.schema.json'] ?? ''));
  const some = pages("acr purge -f a:.* --ago 30d\nacr purge -f 'b:^x' --ago 30d\nacr purge --ago $X");

  test('takes what is written', () => {
    expect(validate(JSON.parse(purgeJson(some)))).toBe(true);
    expect(validate.errors).toBeNull();
  });

  test.each(['schema', 'commands', 'unread'])('refuses it without %s', (key) => {
    expect(validate(Object.fromEntries(Object.entries(some).filter(([name]) => name !== key)))).toBe(false);
  });

  test('and a danger of a kind that nobody knows', () => {
    const [page] = some.commands;
    const dangers = page?.dangers.map((danger) => ({ ...danger, kind: 'new' }));
    expect(validate({ ...some, commands: [{ ...page, dangers }] })).toBe(false);
  });
});
