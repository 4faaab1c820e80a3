import { describe, expect, test } from 'vitest';
import { readPurges } from '../../src/facts/tasks/purge-command.ts';
import { purgePage } from '../../src/facts/tasks/purge-words.ts';
import { purgeJson, renderPurges } from '../../src/report/purge.ts';

const pages = (text: string) => (readPurges(text) ?? []).map((command) => purgePage(command));
const rendered = (text: string): string => renderPurges(pages(text), { colorLevel: 0, width: 400 });

describe('what a purge does, in words', () => {
  test.each<readonly [string, readonly string[]]>([
    [
      "acr purge --filter 'app:^v1' --ago 30d --keep 5",
      [
        "each repository whose whole name matches 'app'",
        'not pushed for 30 days',
        'Of these it keeps the newest 5 in each repository',
        'deletes tags only',
        'no danger found',
      ],
    ],
    ["acr purge --filter 'app:^v1' --filter 'app:^x' --ago 1d", ['if any of them matches', 'there is no --keep']],
    [
      "acr purge --filter 'app:^v1' --ago 3m",
      ['not pushed for 3 minutes', '--ago 3m is read as 3 minutes', '2 dangers'],
    ],
    ["acr purge --filter 'app:^v1' --ago 2w", ["Nothing: acr-cli stops at --ago 2w, because 'w' is no unit of time"]],
    ["acr purge --filter 'app:^v1' --ago 30days", ['not pushed for 150 years']],
    ["acr purge --filter 'app:^v1' --ago {{.Values.ago}}", ['the tags older than {{.Values.ago}} in which']],
    ['acr purge --ago 1d', ['Nothing: acr-cli refuses it, because --filter is missing']],
    [
      "acr purge --untagged-only --filter 'app:.*' --ago 7d --keep 2",
      [
        'each repository whose whole name matches',
        'except the newest 2',
        'acr-cli before 0.18 does not know --untagged-only',
      ],
    ],
    ['acr purge --untagged-only', ['manifests without a tag of any age in every repository', 'tags stay']],
    ["acr purge --filter 'app:^v1' --ago 30d --include-locked", ['What is locked it unlocks']],
    ["acr purge --filter 'app:^v1' --ago 30d --dry-run", ['only prints what it would delete']],
    ["acr purge --filter 'app:(a)\\1' --ago 30d", ['not everything in it could be judged', 'refers back']],
    [
      "mcr.microsoft.com/acr/acr-cli:0.5 purge --filter 'app:^v1' --ago 30d",
      ['1 danger · acr-cli 0.5', 'acr-cli 0.5 is pinned'],
    ],
  ])('%s', (command, says) => {
    for (const sentence of says) expect(rendered(command)).toContain(sentence);
  });

  test('its patterns are tried on tags of every kind', () => {
    const [page] = pages("acr purge --filter 'app:^\\d' --ago 30d");
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
