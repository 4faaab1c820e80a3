import { describe, expect, test } from 'vitest';
import { betterCommand, trialWord } from '../../../src/facts/tasks/better.ts';
import { type Danger, wayInWords } from '../../../src/facts/tasks/danger.ts';
import { purgesInShell } from '../../../src/facts/tasks/find-purges.ts';
import { goInteger } from '../../../src/facts/tasks/purge-command.ts';
import { readPurge } from '../../../src/facts/tasks/purge-reading.ts';

const read = (text: string, scheduled = true, abac: boolean | null = false) =>
  (purgesInShell(text) ?? []).map(({ command }) => readPurge(command, { scheduled, abac: () => abac }));
const kinds = (text: string, scheduled = true): readonly Danger['kind'][] =>
  read(text, scheduled).flatMap(({ dangers }) => dangers.map(({ kind }) => kind));
const fate = (text: string, abac: boolean | null = false) => read(text, true, abac)[0]?.fate.deletes;
const words = (text: string) =>
  read(text)
    .flatMap(({ dangers }) => dangers.flatMap((one) => [one.happens, ...one.instead.map(wayInWords)]))
    .join(' ');

const v1 = "acr purge --filter 'app:^v1' --ago 30d";

describe('the dangers of a purge', () => {
  test.each<readonly [string, readonly Danger['kind'][]]>([
    ["acr purge --filter 'app:^v\\d+$' --ago 30d --keep 5", []],
    ["acr purge --filter 'app:^dev-' --ago 30d --keep 5 --untagged", []],
    ["acr purge --filter '.*:.*' --ago 30d", ['every-tag', 'signature-tags']],
    ["acr purge --filter 'app:.*' --ago 30d --keep 3", ['latest', 'signature-tags']],
    ["acr purge --filter 'app:\\d+' --ago 30d --keep 3", ['signature-tags']],
    // Date tags: some of the digests of signatures hold eight digits in a row.
    ["acr purge --filter 'app:\\d{8}' --ago 30d", ['signature-tags']],
    ["acr purge --filter 'app:[[:digit:]]{8}' --ago 30d", ['signature-tags']],
    ["acr purge --filter 'app:^[0-9]{8}$' --ago 30d", []],
    // latest goes without being named.
    ["acr purge --filter 'app:^[[:lower:]]+$' --ago 30d", ['latest']],
    ["acr purge --filter 'app:^.{1,10}$' --ago 30d", ['latest']],
    ["acr purge --filter 'app:^(?!v).*$' --ago 30d", ['latest', 'signature-tags']],
    ["acr purge --filter '\\w+:latest' --ago 30d", ['latest']],
    ["acr purge --filter 'app:(?i)^(?!latest)' --ago 30d", ['signature-tags']],
    // The repository part is ^…$ without a group, and no glob.
    ["acr purge --filter 'app|hello-world:^v1$' --ago 30d", ['alternation']],
    ["acr purge --filter '(app|hello-world):^v1$' --ago 30d", []],
    ["acr purge --filter '*:^v1$' --ago 30d", ['glob']],
    ["acr purge --filter '?:^v1$' --ago 30d", ['glob']],
    ["acr purge --filter '.*/*:^v1$' --ago 30d", ['glob']],
    ["acr purge --filter '*app*:^v1$' --ago 30d", ['glob']],
    ["acr purge --filter 'team/*:^v1$' --ago 30d", ['glob']],
    ["acr purge --filter 'app*:^v1$' --ago 30d", ['glob']],
    ["acr purge --filter 'team/.*:^v1$' --ago 30d", []],
    ["acr purge --filter 'app\\w*:^v1$' --ago 30d", []],
    ["acr purge --filter 'app:^v1' --ago 0d", ['age']],
    ["acr purge --filter 'app:^v1' --ago=-30d", ['age']],
    ["acr purge --filter 'app:^v1' --ago -30d", ['age']],
    ["acr purge --filter 'app:^v1' --ago 54000days", ['age']],
    ["acr purge --filter 'app:^v1' --ago 30days", ['never-deletes']],
    ["mcr.microsoft.com/acr/acr-cli:0.14 purge --filter 'app:^v1' --ago 30days", ['fails']],
    ["acr purge --filter 'app:^v1' --ago 3m", ['misread-age', 'age']],
    ["acr purge --filter 'app:^v1' --ago 12h", ['age']],
    ["acr purge --filter 'app:^v1' --ago 1.5d", ['misread-age']],
    ["acr purge --filter 'app:^v1' --ago 2w", ['fails']],
    ["acr purge --filter 'app:^v1' --ago 30", ['fails']],
    ["acr purge --filter 'app:^v1' --ago 1y", ['fails']],
    ["acr purge --filter 'app:^v1' --ago ''", ['fails']],
    ['acr purge --untagged-only', ['every-dangling-manifest']],
    ["acr purge --untagged-only --filter 'app:.*'", ['dangling-manifests-at-once']],
    ["acr purge --untagged-only --filter 'app:.*' --ago 7d", []],
    ["mcr.microsoft.com/acr/acr-cli:0.5 purge --filter 'app:^v1' --ago 30d --untagged", ['old-cli']],
    ['mcr.microsoft.com/acr/acr-cli:0.14 purge --untagged-only', ['fails']],
    [`${v1} --include-locked`, ['locked']],
    ["acr purge --filter '.*:.*' --ago 0d --dry-run", ['dry-run']],
    ["acr purge --filter '.*:.*' --ago 30d --dry-run=false", ['every-tag', 'signature-tags']],
    ["acr purge --filter 'contoso.azurecr.io/app:^v1' --ago 30d", ['never-deletes']],
    ["acr purge --filter 'app:^v1'", ['fails']],
    ['acr purge --ago 30d', ['fails']],
    ["acr purge --filter 'app' --ago 30d", ['fails']],
    ["acr purge --filter 'app:[' --ago 30d", ['fails']],
    ["acr purge --filter '(app:.*' --ago 30d", ['fails']],
    ["acr purge --filter 'app):.*' --ago 30d", ['fails']],
    [`${v1} --untagged --untagged-only`, ['fails']],
    ["acr purge --filter 'app:^v1$' --filter 'app:.*' --ago 30d --keep 5", ['latest', 'signature-tags']],
    // What is true of two repositories alike is said once.
    ["acr purge --filter 'a:.*' --filter 'b:.*' --ago 30d --keep 2", ['latest', 'signature-tags']],
    [
      "acr purge --filter 'a:.*' --filter 'b:.+' --ago 30d --keep 2",
      ['latest', 'signature-tags', 'latest', 'signature-tags'],
    ],
    ["acr purge --filter 'app:^[a-z]' --filter 'app:^[^a-z]' --ago 30d", ['every-tag', 'signature-tags']],
    // What no name can match takes nothing.
    ["acr purge --filter 'app:^$' --ago 7d", ['never-deletes']],
    ["acr purge --filter 'app:^$' --ago 7d --untagged", []],
    ["acr purge --filter 'app:^$' --ago 7d --untagged-only", []],
    ["acr purge --filter 'app:$dev' --ago 7d", ['never-deletes']],
    ["acr purge --filter 'app:dev ' --ago 7d", ['never-deletes']],
    ["acr purge --filter 'app:v1/2' --ago 7d", ['never-deletes']],
    ["acr purge --filter 'app:v1/2|^v2' --ago 7d", []],
    ["acr purge --filter 'App:^v1$' --ago 7d", ['never-deletes']],
    ["acr purge --filter '(?i)App:^v1$' --ago 7d", []],
    ["acr purge --filter '[A-Z]+:^v1$' --ago 7d --untagged", ['never-deletes']],
    ["acr purge --filter '+:^v1$' --ago 7d", ['never-deletes']],
    ["acr purge --filter '$REPO:^v1$' --ago 7d", ['never-deletes']],
    ["acr purge --filter 'App:^v1$' --filter 'web:^v1$' --ago 7d", []],
    // An age that is read as it looks.
    ["acr purge --filter 'app:^v1' --ago '30 days'", []],
    ["acr purge --filter 'app:^v1' --ago '+30d'", []],
    ["acr purge --filter 'app:^v1' --ago 1440m", []],
    ["acr purge --filter 'app:^v1' --ago 2d-1h", ['misread-age']],
  ])('%s: %j', (command, expected) => {
    expect(kinds(command)).toEqual(expected);
  });

  test('what a repository part with | takes besides is named', () => {
    expect(words("acr purge --filter 'app|hello-world:^v1$' --ago 30d")).toMatch(
      /app-api.*samples\/hello-world.*--filter '\(app\|hello-world\):\^v1\$'/,
    );
  });

  test.each([
    ['*', 'every repository'],
    ['?', 'every repository'],
    ['.*/*', 'every repository'],
    ['*app*', 'my_app|team/app|ends like it'],
    ['team/*', 'nothing like team/app'],
    ['app*', 'app and the like'],
  ])('what the glob %s really takes: %s', (repository, takes) => {
    expect(words(`acr purge --filter '${repository}:^v1$' --ago 30d`)).toMatch(new RegExp(takes));
  });

  test('a dry run is only a mistake where it is scheduled', () => {
    expect(kinds(`${v1} --dry-run`, false)).toEqual([]);
  });

  test('whoever takes everything with --untagged is offered --untagged-only first', () => {
    expect(read("acr purge --untagged --filter '.*:.*' --ago 30d")[0]?.dangers[0]?.instead[0]).toEqual({
      says: 'If only manifests without a tag should go',
      command: "acr purge --filter '.*:.*' --ago 7d --untagged-only",
    });
  });

  test.each<readonly [string, string]>([
    ['app:v1,web:v2', "--filter 'app:v1' --filter 'web:v2'"],
    ['host:5000/app:^v1', "--filter 'app:^v1'"],
    ['app', "--filter 'app:^dev-'"],
    ['App:^v1', "--filter 'app:^v1'"],
    ['$Repo/app:^v1', "--filter 'app/app:^v1'"],
    ['(app:^v1', "--filter 'app:^v1'"],
  ])('a filter that is none (%s) is mended, the rest stays', (filter, better) => {
    expect(words(`acr purge --filter '${filter}' --ago 45d --keep 7`)).toContain(`${better} --ago 45d --keep 7`);
  });

  test.each<readonly [string, readonly string[]]>([
    [
      "acr purge --filter 'a:.*' --filter 'b:.*' --filter 'c:^v' --ago 30d --untagged",
      [
        "acr purge --filter 'a:.*' --filter 'b:.*' --filter 'c:^v' --ago 7d --untagged-only",
        "acr purge --filter 'a:^dev-.*' --filter 'b:^dev-.*' --filter 'c:^v' --ago 30d --keep 5 --untagged",
        "acr purge --filter 'a:^(?!latest$|sha256-).*' --filter 'b:^(?!latest$|sha256-).*' --filter 'c:^v' --ago 30d --untagged",
      ],
    ],
    [
      "acr purge --filter 'app|web:^v' --filter 'c:^v' --ago 30d",
      ["acr purge --filter '(app|web):^v' --filter 'c:^v' --ago 30d"],
    ],
    ["acr purge --filter '*:^v' --filter 'c:^v' --ago 30d", ["acr purge --filter '.*:^v' --filter 'c:^v' --ago 30d"]],
  ])('a cure of one filter keeps the others: %s', (text, cures) => {
    expect(
      read(text).flatMap(({ dangers }) => dangers.flatMap(({ instead }) => instead.map((one) => one.command))),
    ).toEqual(cures);
  });

  test('what is advised can be pasted: each command is one that is found, and refused by nothing', () => {
    const commands = [
      "acr purge --filter '.*:.*' --ago 30d --untagged",
      "acr purge --filter 'app|web:\\d{8}' --ago 3m --include-locked",
      "mcr.microsoft.com/acr/acr-cli:0.5 purge --filter 'app:^v'\\''?' --ago 1y",
      "acr purge --filter 'app:^v1,web:v2' --ago 99999999d",
      'acr purge --untagged-only',
    ].flatMap((text) => read(text).flatMap(({ dangers }) => dangers.flatMap(({ instead }) => instead)));
    const pasted = commands.flatMap(({ command }) => (command === null ? [] : [command]));
    expect(pasted.length).toBeGreaterThan(7);
    for (const command of pasted) expect(fate(command), command).toBe('yes');
    // A command stands apart from its sentence, never within it.
    for (const { says } of commands) expect(says).not.toMatch(/purge --/);
  });

  test('a pattern for signatures is not told to leave signatures out', () => {
    expect(words("acr purge --filter 'app:^sha256-' --ago 30d")).toMatch(/Drop this filter/);
    expect(words("acr purge --filter 'app:\\d{8}' --ago 30d")).toMatch(/leave them out/);
  });

  test('of three names with | the middle one is held to anywhere', () => {
    expect(words("acr purge --filter 'app|web|api:^v1$' --ago 30d")).toContain(
      "begins with 'app', or holds 'web', or ends with 'api'",
    );
  });

  test('advice never repeats what was written', () => {
    expect(words("acr purge --filter 'app:^v1' --ago 99999999d")).not.toMatch(/99999999d\b.*99999999d/);
    expect(words("acr purge --filter 'app:^v1' --ago 2w")).toContain('--ago 14d');
    expect(words("acr purge --filter '.*:.*' --ago 0d")).not.toContain("purge --filter '.*:^dev-.*' --ago 0d");
    expect(words("acr purge --filter '.*:.*' --ago 12h")).not.toMatch(/instead.*--ago 12h|\^dev-.*--ago 12h/);
    expect(words("acr purge --filter '.*:.*' --ago 720h")).toContain('--ago 720h');
    expect(words("acr purge --filter '(app:^v1' --ago 30d")).toContain("--filter 'app:^v1'");
  });

  test('what never deletes is not told to delete things as well', () => {
    expect(kinds("acr purge --filter '.*:.*' --ago 30days")).toEqual(['never-deletes']);
    expect(kinds("acr purge --filter '.*:.*' --filter 'x' --ago 30d")).toEqual(['fails']);
  });
});

test('a --keep that is filled in when it runs is named, and no number is made up for it', () => {
  const [found] = purgesInShell(`${v1} --keep $KEEP`) ?? [];
  expect(found?.command).toMatchObject({
    keep: null,
    open: expect.arrayContaining(['--keep $KEEP is filled in when it runs']),
  });
});

describe('whether a purge ever deletes', () => {
  test.each([
    // regexp2 joins the parts of one repository before it compiles them.
    ["acr purge --filter 'app:(' --filter 'app:)' --ago 30d", 'yes'],
    ["acr purge --filter 'app:[a' --filter 'app:b]' --ago 30d", 'yes'],
    // What RE2 refuses regexp2 may take.
    ["acr purge --filter 'app:\\u0076' --ago 30d", 'unknown'],
    ["acr purge --filter 'app:(?x) v' --ago 30d", 'unknown'],
    ["acr purge --filter 'app:[a-z-[aeiou]]' --ago 30d", 'unknown'],
    ["acr purge --filter 'app:^(?!(?i)latest)' --ago 30d", 'yes'],
    // An open word is no error.
    ['acr purge $FILTER', 'unknown'],
    ["$PURGE_CMD --filter 'app:^v1' --ago 30d", 'unknown'],
    [`${v1} --keep $KEEP`, 'unknown'],
    [`${v1} --keep \${KEEP}`, 'unknown'],
    ["acr purge --filter 'app:^v1' --ago $(echo 30d)", 'unknown'],
    ["acr purge --filter 'app:^v1' --ago `echo 30d`", 'unknown'],
    ['acr purge --filter \'app:^v1\' --ago "$((10*3))d"', 'unknown'],
    ["acr purge --filter 'app:^v1' --ago $1", 'unknown'],
    ['acr purge --filter "app:$(cat x)" --ago 30d', 'unknown'],
    ["acr purge --filter $'app:^v1' --ago 30d", 'unknown'],
    ["acr purge --filter 'app:^v1$(x)' --ago 30d", 'never'],
    // One word in quotes may be one flag, and what an array holds may be many.
    [`${v1} "$MORE"`, 'unknown'],
    [`${v1} "$@"`, 'unknown'],
    ['ARGS=(--filter app:^v1 --ago 30d); acr purge "${ARGS[@]}"', 'unknown'],
    // A flag of a newer acr-cli.
    [`${v1} --max-tags 10`, 'unknown'],
    ["acr purge --filter 'app:^v1' --max-tags 10", 'unknown'],
    [`${v1} --min-untagged-manifests 5`, 'unknown'],
    [`mcr.microsoft.com/acr/acr-cli:0.19 purge --filter 'app:^v1' --ago 30d --max-tags 10`, 'never'],
    [`mcr.microsoft.com/acr/acr-cli:0.25 purge --filter 'app:^v1' --ago 30d --max-tags 10`, 'unknown'],
    [`mcr.microsoft.com/acr/acr-cli:1.0 purge --filter 'app:^v1' --ago 30d`, 'unknown'],
    // Go's numbers and booleans.
    [`${v1} --keep 0x2`, 'yes'],
    [`${v1} --keep 0b1`, 'yes'],
    [`${v1} --keep 1_0`, 'yes'],
    [`${v1} --keep 99999999999999999999`, 'never'],
    [`${v1} --keep x`, 'never'],
    [`${v1} --untagged=yes`, 'never'],
    [`${v1} --dry-run=no`, 'never'],
    [`${v1} --filter-timeout-seconds x`, 'never'],
    [`${v1} --repository-page-size 3000000000`, 'never'],
    [`${v1} --verbose`, 'yes'],
    // Flags by version.
    ["mcr.microsoft.com/acr/acr-cli:0.18.1 purge --filter 'app:^v1' --ago 30d --verbose", 'never'],
    ["mcr.microsoft.com/acr/acr-cli:0.8 purge --filter 'app:^v1' --ago 30d --repository-page-size 5", 'never'],
    ["mcr.microsoft.com/acr/acr-cli:0.4 purge --filter 'app:^v1' --ago 30d --filter-timeout-seconds 5", 'never'],
    // An open word in a flag that does not change what is deleted.
    [`acr purge --registry {{.Run.Registry}} --filter 'app:^dev-' --ago 30d`, 'yes'],
    [`acr purge --registry $RegistryName --filter 'app:^dev-' --ago 30d`, 'yes'],
    ["acr purge --filter 'app:^{{.Values.x}}' --ago 30d", 'unknown'],
  ])('%s: %s', (text, expected) => {
    expect(fate(text)).toBe(expected);
  });

  test('acr-cli before 0.19 cannot purge a registry with permissions by repository', () => {
    const old = "mcr.microsoft.com/acr/acr-cli:0.17 purge --filter 'app:^v1' --ago 30d";
    expect(fate(old, true)).toBe('never');
    expect(fate(old, null)).toBe('unknown');
    expect(fate(old, false)).toBe('yes');
    expect(fate(v1, null)).toBe('yes');
  });

  test.each<readonly [string, bigint | null]>([
    ['5', 5n],
    ['-1', -1n],
    ['010', 8n],
    ['0x1F', 31n],
    ['0b11', 3n],
    ['0o17', 15n],
    ['1_000', 1000n],
    ['1__0', null],
    ['09', null],
    ['', null],
    ['5d', null],
  ])('the number %s is %s', (text, expected) => {
    expect(goInteger(text, 64n)).toBe(expected);
  });
});

describe('a better command', () => {
  test.each([
    [
      "acr purge --filter 'app:^(?!latest$|v)' --ago 1d",
      `'acr purge --filter "app:^(?!latest$|v)" --ago 1d --dry-run'`,
    ],
    ["acr purge --filter 'app:\\d' --ago 1d", `'acr purge --filter '\\''app:\\d'\\'' --ago 1d --dry-run'`],
    ["acr purge --filter 'app:$x' --ago 1d", `'acr purge --filter '\\''app:$x'\\'' --ago 1d --dry-run'`],
  ])('%s is tried by --cmd %s', (command, word) => {
    expect(trialWord(command)).toBe(word);
  });

  test.each([
    "acr purge --filter '.*:.*' --ago 30d --untagged",
    "acr purge --filter 'app:.*' --ago 30d --keep 3",
    "acr purge --filter 'app:\\d{8}' --ago 30d",
    "acr purge --filter 'app|web:^v1$' --ago 2w",
    "acr purge --filter 'app:^v1' --ago -30d",
  ])('%s', (text) => {
    const [found] = purgesInShell(text) ?? [];
    const better = found ? betterCommand(found.command) : null;
    expect(better).not.toBeNull();
    expect(kinds(better ?? '')).toEqual([]);
    expect(fate(better ?? '')).toBe('yes');
  });
});

describe('a command is found as a shell would read it', () => {
  const filters = (text: string) =>
    (purgesInShell(text) ?? []).map(({ command }) => command.filters.map(({ text: one }) => one));

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
    [
      'a variable that nothing uses',
      "PURGE_CMD=\"acr purge \\\n --filter 'a:x' --filter 'b:y' --ago 1d\"",
      [['a:x', 'b:y']],
    ],
    [
      'a variable that is used',
      'P="acr purge --filter \'a:x\' --ago 1d"\naz acr task create --name n --cmd "$P"',
      [['a:x']],
    ],
    ['variables of the text', 'REPO=app; acr purge --filter "$REPO:^v" --ago 1d', [['app:^v']]],
    ['a default', 'acr purge --filter "${REPO:-app}:^v" --ago 1d', [['app:^v']]],
    ['what is appended', 'R=app; R+=2; acr purge --filter "$R:^v" --ago 1d', [['app2:^v']]],
    ['a loop', 'for r in app multi; do acr purge --filter "$r:^v" --ago 1d; done', [['app:^v'], ['multi:^v']]],
    ['flags in a variable', 'FILTER="--filter \'app:^v\' --ago 90d"; PURGE_CMD="acr purge $FILTER"', [['app:^v']]],
    ['a sub-shell', '(acr purge --filter a:x --ago 1d)', [['a:x']]],
    ['sh -c', 'sh -c "acr purge --filter a:x --ago 1d"', [['a:x']]],
    ['bash -c', "bash -c 'acr purge --filter a:x --ago 1d'", [['a:x']]],
    ['docker run', 'docker run --rm mcr.microsoft.com/acr/acr-cli:0.19 purge --filter a:x --ago 1d', [['a:x']]],
    ['another command', 'acr tag list -r contoso', []],
    ['the words in an echo', 'echo acr purge --filter a:x --ago 1d', []],
  ])('%s', (_what, text, expected) => {
    expect(filters(text)).toEqual(expected);
  });

  test.each([
    ['a variable that one branch sets', 'if x; then R=app; fi\nacr purge --filter "$R:^v" --ago 1d'],
    ['one that a condition sets', 'R=app; [ -n "$X" ] && R=web\nacr purge --filter "$R:^v" --ago 1d'],
    ['one that is read', 'R=app; read R; acr purge --filter "$R:^v" --ago 1d'],
    ['one that is unset', 'R=app; unset R; acr purge --filter "$R:^v" --ago 1d'],
    ['one that is appended to what is not known', 'R+=app; acr purge --filter "$R:^v" --ago 1d'],
    ['a list in braces', 'acr purge --filter {app,web}:^v --ago 1d'],
    ['a text that bash translates', 'acr purge --filter $"app:^v" --ago 1d'],
    ['a required variable', 'acr purge --filter "${R:?which}:^v" --ago 1d'],
    ['a part of a variable', 'R=app-x; acr purge --filter "${R%-x}:^v" --ago 1d'],
  ])('%s stays open', (_what, text) => {
    const [found] = purgesInShell(text) ?? [];
    expect(found?.command.filters[0]?.open).toBe(true);
  });

  test('an open quote is no command', () => {
    expect(purgesInShell("acr purge --filter 'a:x")).toBeNull();
  });

  test('a user and a password are nowhere in what was read', () => {
    const text = "acr purge -r x -u ci -p s3cr3tValue --password=other1 --filter 'a:x' --ago 1d";
    const [found] = purgesInShell(text) ?? [];
    expect(JSON.stringify(found)).not.toMatch(/s3cr3tValue|other1|"ci"/);
    expect(found?.command.written.join(' ')).toBe('acr purge -r x -u *** -p *** --password=*** --filter a:x --ago 1d');
  });
});
