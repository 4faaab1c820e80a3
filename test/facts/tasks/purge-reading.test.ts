import { describe, expect, test } from 'vitest';
import type { Danger } from '../../../src/facts/tasks/danger.ts';
import { readPurges } from '../../../src/facts/tasks/purge-command.ts';
import { readPurge } from '../../../src/facts/tasks/purge-reading.ts';

const kinds = (text: string, scheduled = true): readonly Danger['kind'][] =>
  (readPurges(text) ?? []).flatMap((command) => readPurge(command, scheduled).dangers.map(({ kind }) => kind));

const unreadable = (text: string): readonly string[] =>
  (readPurges(text) ?? []).flatMap((command) => readPurge(command, true).unreadable);

describe('the dangers of a purge', () => {
  test.each<readonly [string, readonly Danger['kind'][]]>([
    ["acr purge --filter 'app:^v\\d+$' --ago 30d --keep 5", []],
    ["acr purge --filter '.*:.*' --ago 30d", ['every-tag', 'signature-tags']],
    ["acr purge --filter 'app:.*' --ago 30d --keep 3", ['signature-tags']],
    ["acr purge --filter 'app:\\d+' --ago 30d --keep 3", ['signature-tags']],
    ["acr purge --filter 'app:^v1' --ago 0d", ['age']],
    ["acr purge --filter 'app:^v1' --ago=-30d", ['age']],
    ["acr purge --filter 'app:^v1' --ago -30d", ['age']],
    ["acr purge --filter 'app:^v1' --ago 30days", ['fails', 'never-deletes']],
    ["mcr.microsoft.com/acr/acr-cli:0.19 purge --filter 'app:^v1' --ago 30days", ['never-deletes']],
    ["acr purge --filter 'app:^v1' --ago 3m", ['misread-age', 'age']],
    ["acr purge --filter 'app:^v1' --ago 12h", ['age']],
    ["acr purge --filter 'app:^v1' --ago 1.5d", ['misread-age']],
    ["acr purge --filter 'app:^v1' --ago 2w", ['fails']],
    ["acr purge --filter 'app:^v1' --ago 30", ['fails']],
    ["acr purge --filter 'app:^v1' --ago 1y", ['fails']],
    ['acr purge --untagged-only', ['every-dangling-manifest']],
    ["acr purge --untagged-only --filter 'app:.*'", ['dangling-manifests-at-once']],
    ["acr purge --untagged-only --filter 'app:.*' --ago 7d", []],
    ["acr purge --filter 'app:^v1' --ago 30d --untagged", ['dangling-manifests-at-once']],
    ["mcr.microsoft.com/acr/acr-cli:0.19 purge --filter 'app:^v1' --ago 30d --untagged", []],
    ["mcr.microsoft.com/acr/acr-cli:0.5 purge --filter 'app:^v1' --ago 30d", ['old-cli']],
    ['mcr.microsoft.com/acr/acr-cli:0.14 purge --untagged-only', ['fails']],
    ["acr purge --filter 'app:^v1' --ago 30d --include-locked", ['locked']],
    ["acr purge --filter '.*:.*' --ago 0d --dry-run", ['dry-run']],
    ["acr purge --filter '.*:.*' --ago 30d --dry-run=false", ['every-tag', 'signature-tags']],
    ["acr purge --filter 'contoso.azurecr.io/app:^v1' --ago 30d", ['never-deletes']],
    ["acr purge --filter 'app:^v1'", ['fails']],
    ['acr purge --ago 30d', ['fails']],
    ["acr purge --filter 'app' --ago 30d", ['fails']],
    ["acr purge --filter 'app:[' --ago 30d", ['fails']],
    ["acr purge --filter 'app:^v1' --ago 30d --untagged --untagged-only", ['fails']],
    ["acr purge --filter 'app:^v1' --ago 30d --kep 5", ['fails']],
    ["acr purge --filter 'app:^v1$' --filter 'app:.*' --ago 30d --keep 5", ['signature-tags']],
    ["acr purge --filter 'a:^\\w*$' --filter 'b:.' --ago 30d --keep 2", ['signature-tags']],
    ["acr purge --filter 'a:.*' --filter 'b:.*' --ago 30d --keep 2", ['signature-tags', 'signature-tags']],
    ["acr purge --filter 'app:^[a-z]' --filter 'app:^[^a-z]' --ago 30d", ['every-tag', 'signature-tags']],
    ["acr purge --filter 'app:^[a-z]' --filter 'b:^[^a-z]' --ago 30d", ['signature-tags']],
    ["acr purge --filter 'app:^$' --ago 7d", []],
  ])('%s: %j', (command, expected) => {
    expect(kinds(command)).toEqual(expected);
  });

  test('a dry run is only a mistake where it is scheduled', () => {
    expect(kinds("acr purge --filter 'app:^v1' --ago 30d --dry-run", false)).toEqual([]);
  });

  test.each([
    "acr purge --filter 'app:(a)\\1' --ago 30d",
    "acr purge --filter 'app:^v1' --ago <Values.ago>",
    "acr purge --filter 'app:^$ID' --ago 30d",
  ])('what is only known when the task runs is not judged: %s', (command) => {
    expect(kinds(command)).toEqual([]);
    expect(unreadable(command)).toHaveLength(1);
  });

  test('a template that was pasted as it stands is filled in when it runs too', () => {
    expect(kinds("acr purge --filter 'app:^v1' --ago {{.Values.ago}}")).toEqual([]);
  });

  test('what only one of the possible versions does is said to be of that one', () => {
    const [command] = readPurges("acr purge --filter 'app:^v1' --ago 30days") ?? [];
    expect(command && readPurge(command, true).dangers.map(({ happens }) => happens)).toEqual([
      expect.stringContaining('With acr-cli 0.14: It stops with an error'),
      expect.stringContaining('With acr-cli 0.19: --ago 30days is read as 150 years'),
    ]);
  });

  test('the registry may be a run variable', () => {
    expect(unreadable("acr purge --registry $RegistryName --filter 'app:^v1' --ago 30d")).toEqual([]);
  });
});

describe('a command is found as a shell would read it', () => {
  const filters = (text: string) => (readPurges(text) ?? []).map((command) => command.filters);

  test.each<readonly [string, string, readonly (readonly string[])[]]>([
    ['line continuations', "acr purge \\\n  --filter 'a:^x' \\\n  --ago 1d", [['a:^x']]],
    ['Windows line ends', 'acr purge \\\r\n --filter a:x --ago 1d', [['a:x']]],
    ['double quotes keep a backslash', 'acr purge --filter "a:^v\\d+$" --ago 1d', [['a:^v\\d+$']]],
    ['and take it off a dollar', 'acr purge --filter "a:^v\\$" --ago 1d', [['a:^v$']]],
    ['single quotes keep it', "acr purge --filter 'a:^v\\$' --ago 1d", [['a:^v\\$']]],
    ['a bare backslash is eaten', 'acr purge --filter a:^v\\d+$ --ago 1d', [['a:^vd+$']]],
    ['two commands', 'acr purge --filter a:x --ago 1d && acr purge -f b:y --ago 1d', [['a:x'], ['b:y']]],
    ['two commands without a space', 'acr purge -f a:x --ago 1d;acr purge -f b:y --ago 1d', [['a:x'], ['b:y']]],
    ['an operator in quotes', "acr purge --filter 'a:x|y;z&' --ago 1d", [['a:x|y;z&']]],
    ['a redirection', 'acr purge -f a:x --ago 1d 2>&1|tee log', [['a:x']]],
    ['two lines', 'acr purge --filter a:x --ago 1d\n# and then\nacr purge --filter=b:y --ago 1d', [['a:x'], ['b:y']]],
    ['a full image', 'mcr.microsoft.com/acr/acr-cli:0.19 purge -fa:x --ago 1d', [['a:x']]],
    ['az acr run', 'az acr run -r contoso --cmd "acr purge --filter \'a:x\' --ago 1d" /dev/null', [['a:x']]],
    ['a shell variable', "PURGE_CMD=\"acr purge \\\n --filter 'a:x' --filter 'b:y' --ago 1d\"", [['a:x', 'b:y']]],
    ['another command', 'acr tag list -r contoso', []],
  ])('%s', (_what, text, expected) => {
    expect(filters(text)).toEqual(expected);
  });

  test('an open quote is no command', () => {
    expect(readPurges("acr purge --filter 'a:x")).toBeNull();
  });
});
