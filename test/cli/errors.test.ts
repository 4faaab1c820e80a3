import { mkdtempSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import threeRegions from '../../fixtures/tenants/three-regions.json' with { type: 'json' };
import type { TenantDocument } from '../../src/emulator/index.ts';
import { acrAudit, azFolder, tenant } from './run.ts';

const folder = mkdtempSync(join(tmpdir(), 'acr-audit-errors-'));
const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const sparse = (name: string, bytes: number): string => {
  const path = file(name, '');
  truncateSync(path, bytes);
  return path;
};
const demo = acrAudit(['collect', '--demo']);
type Lines = Record<string, unknown>[];
/** The demo's snapshot, its lines edited. */
const snapshot = async (edit: (lines: Lines) => Lines | undefined): Promise<string> => {
  const lines: Lines = (await demo).stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  return (edit(lines) ?? lines).map((line) => `${JSON.stringify(line)}\n`).join('');
};
const ofKind = (lines: Lines, kind: string) => lines.filter((line) => line['kind'] === kind);

/** Two lines, no trace, nothing on standard output. */
async function expectError(
  args: readonly string[],
  says: RegExp,
  code = 2,
  env: NodeJS.ProcessEnv = {},
): Promise<void> {
  const ran = await acrAudit(args, env);
  expect(ran.stderr).toMatch(says);
  expect(ran.stderr.trimEnd().split('\n')).toHaveLength(2);
  expect(ran.stderr).not.toMatch(/\n\s+at /);
  expect(ran.stdout).toBe('');
  expect(ran.code).toBe(code);
}

describe('wrong words', () => {
  test.each<[string, string[], RegExp]>([
    ['no command', [], /say what to do/],
    ['an unknown command', ['scann'], /no command 'scann'\n {2}did you mean acr-audit scan\?/],
    [
      'an unknown command with an option of one',
      ['scna', '--demo'],
      /no command 'scna'\n {2}did you mean acr-audit scan\?/,
    ],
    ['an unknown option', ['scan', '--demo', '--bogus'], /no option --bogus of scan[\s\S]*scan --help/],
    ['a slip in an option', ['scan', '--chekc', 'x'], /no option --chekc of scan\n {2}did you mean --check\?/],
    ['a slip in an option with a value', ['collect', '--resourcegroup=x'], /did you mean --resource-group\?/],
    [
      'a slip in a value',
      ['scan', '--fail-on', 'hgih'],
      /--fail-on has no value 'hgih'\n {2}did you mean high\? it is one of/,
    ],
    ['a slip in a format', ['scan', '--demo', '-o', 'jsno'], /did you mean json\?/],
    ['a command of another tool', ['destroy'], /no command 'destroy'\n {2}acr-audit --help/],
    ['a command that is near none', ['plna'], /no command 'plna'/],
    [
      'a slip in a subscription',
      ['scan', '--demo', '--subscription', 'Contoso develpment'],
      /no subscription[\s\S]*did you mean Contoso development\?/,
    ],
    [
      'a subscription like no other',
      ['scan', '--demo', '--subscription', 'zzz'],
      /no subscription 'zzz' among the 4[\s\S]*there are .*Contoso connectivity/,
    ],
    [
      'an unknown check',
      ['scan', '--demo', '--check', 'admin-user-disable'],
      /no check 'admin-user-disable'[\s\S]*admin-user-disabled/,
    ],
    ['an unknown check to explain', ['explain', 'admin-disabled'], /no check[\s\S]*admin-user-disabled/],
    [
      'something that somebody sees, for a check',
      ['explain', 'imagepullbackoff'],
      /no check 'imagepullbackoff'\n {2}as something that you see: acr-audit explain symptom imagepullbackoff/,
    ],
    [
      'a code that somebody sees, for a check',
      ['explain', 'AADSTS70021'],
      /as something that you see: acr-audit explain symptom AADSTS70021/,
    ],
    [
      'a word that says nothing, for a check',
      ['explain', 'qwertz $(id)'],
      /checks lists them all; of what you see: acr-audit explain symptom 'qwertz \$\(id\)'/,
    ],
    ['an unknown area', ['scan', '--demo', '--area', 'wetware'], /no area 'wetware'[\s\S]*network/],
    ['an unknown format', ['scan', '--demo', '-o', 'pdf'], /no output format 'pdf'[\s\S]*sarif/],
    ['a format without its file', ['scan', '--demo', '-o', 'sarif='], /names no file/],
    ['two outputs in one place', ['scan', '--demo', '-o', 'json', '-o', 'table'], /share standard output/],
    ['an unknown verdict', ['scan', '--demo', '--verdict', 'good'], /no verdict 'good'/],
    ['an option twice', ['scan', '--demo', '--fail-on', 'high', '--fail-on', 'low'], /--fail-on is given 2 times/],
    ['two registries for a page about one', ['explain', '--registry', 'a', '--registry', 'b', 'path'], /2 times/],
    ['two formats for one list', ['checks', '-o', 'json', '-o', 'table'], /--output is given 2 times/],
    ['two files for one snapshot', ['collect', '--demo', '-o', 'a', '-o', 'b'], /--output is given 2 times/],
    ['a name that would not be read', ['scan', '--demo', '--', 'contosoprod'], /after --: contosoprod/],
    ['an option without its value', ['scan', '--demo', '--profile'], /profile/],
    ['a profile that is none', ['scan', '--demo', '--profile', 'best'], /profile[\s\S]*recommended/],
    ['two sources of evidence', ['scan', '--demo', '--snapshot', 'x.json'], /exclude each other/],
    ['two scopes', ['scan', '--all-subscriptions', '--subscription', 'a'], /exclude each other/],
    ['an endpoint without TLS', ['scan', '--resource-manager-endpoint', 'http://127.0.0.1:1'], /https/],
    ['an empty check', ['scan', '--demo', '--check', ''], /no check ''/],
    ['no request at a time', ['scan', '--demo', '--concurrency', '0'], /--concurrency[\s\S]*1 to 64/],
    ['a number that is none', ['scan', '--demo', '--concurrency', 'many'], /--concurrency/],
    ['no time to answer', ['scan', '--demo', '--timeout', '-1'], /--timeout[\s\S]*1 to 3600/],
    ['more time than a timer has', ['scan', '--demo', '--timeout', '1e12'], /--timeout/],
    ['the id of no registry', ['scan', '--demo', '/subscriptions/x'], /not the resource id of a registry/],
    ['no name', ['scan', '--demo', ''], /name of a registry is empty/],
    [
      'a scope for a snapshot',
      ['scan', '--snapshot', 'x.json', '--subscription', 'a'],
      /not narrowed by --subscription/,
    ],
    ['one file for two', ['scan', '--demo', '-o', 'json=x', '-o', 'sarif=./x'], /two outputs go to/],
    ['a folder for a file', ['scan', '--demo', '-o', `json=${folder}`], /is a folder/],
    ['a file in no folder', ['collect', '--demo', '-o', '/nowhere/x.json'], /cannot be written/],
    ['a folder for a configuration', ['scan', '--demo', '--config', folder], /configuration [\s\S]* could not be read/],
    ['nothing left to check', ['scan', '--demo', '--check', 'admin-user-disabled', '--skip', '*'], /no check is left/],
    ['collect in a format', ['collect', '--demo', '-o', 'json=x.json'], /one format/],
  ])('%s', async (_, args, says) => {
    await expectError(args, says);
  });
});

describe('a snapshot that is none', () => {
  const edited = (name: string, edit: (lines: Lines) => Lines | undefined) => async () =>
    file(`${name}.jsonl`, await snapshot(edit));
  const first = (lines: Lines, kind: string): Record<string, unknown> => {
    const [line] = ofKind(lines, kind);
    if (!line) throw new Error(`the demo has no ${kind}`);
    return line;
  };
  test.each<[string, () => string | Promise<string>, RegExp]>([
    ['is not there', () => join(folder, 'nowhere.jsonl'), /ENOENT/],
    ['is a folder', () => folder, /EISDIR|directory/],
    ['is empty', () => file('empty.jsonl', ''), /it is empty/],
    ['is no JSON', () => file('prose.jsonl', 'hello'), /no snapshot of acr-audit/],
    ['is cut in its header', async () => file('cut.jsonl', (await demo).stdout.slice(0, 100)), /no snapshot/],
    ['is of another tool', () => file('foreign.jsonl', '{"runs": []}'), /no snapshot of acr-audit/],
    ['is a list', () => file('list.jsonl', '[]'), /no snapshot of acr-audit/],
    ['is null', () => file('null.jsonl', 'null'), /no snapshot of acr-audit/],
    ['is a report', () => file('report.jsonl', '{"schema": "acr-audit/report@1"}'), /is a report/],
    ['is of a later version', () => file('later.jsonl', '{"schema": "acr-audit/snapshot@9"}'), /snapshot@9/],
    ['is binary', () => file('binary.jsonl', '\u0000\u0001\u0002\n'), /bytes that are no text/],
    ['is a device without end', () => '/dev/zero', /line 1 is longer than 64 MB/],
    ['is nested without end', () => file('deep.jsonl', `${'['.repeat(2e6)}${']'.repeat(2e6)}\n`), /no snapshot/],
    ['is larger than anything', () => sparse('huge.jsonl', 4 * 2 ** 30), /line 1 is longer than 64 MB/],
    ['is compressed badly', () => file('bad.jsonl.gz', '\u001f\u008bhello'), /cannot be read|no snapshot/],
    ['lacks its header', edited('headless', (lines) => lines.slice(1)), /no snapshot/],
    [
      'has a line that is no JSON',
      async () => file('broken.jsonl', (await demo).stdout.replace('{"kind":"registry"', '{"kind":"registry')),
      /damaged snapshot: line \d+ is no JSON/,
    ],
    [
      'has a line of another kind',
      edited('kind', (lines) => void Object.assign(first(lines, 'registry'), { kind: 'repository' })),
      /damaged snapshot: line \d+/,
    ],
    [
      'has a line that lacks a part',
      edited('lacks', (lines) => void delete first(lines, 'registry')['facets']),
      /damaged snapshot: line \d+ lacks facets/,
    ],
    [
      'has a part of another kind',
      edited('part', (lines) => void Object.assign(first(lines, 'registry'), { name: 7 })),
      /damaged snapshot: line \d+ at \/name is no string/,
    ],
    [
      'was made at no instant',
      edited('when', (lines) => void Object.assign(first(lines, 'header'), { collectedAt: '2026-12-31T23:59:60Z' })),
      /damaged snapshot: line 1 at \/collectedAt is no instant/,
    ],
    [
      'has a registry twice',
      edited('twice', (lines) => [...lines.slice(0, -1), ...ofKind(lines, 'registry').slice(0, 1), ...lines.slice(-1)]),
      /the registry \/subscriptions\S+ is in it twice/,
    ],
    [
      'has a registry twice, in another case',
      edited('case', (lines) => {
        const again = { ...first(lines, 'registry') };
        again['id'] = String(again['id']).toUpperCase();
        return [...lines.slice(0, -1), again, ...lines.slice(-1)];
      }),
      /the registry \/SUBSCRIPTIONS\S+ is in it twice/,
    ],
    [
      'has a subscription twice',
      edited('sub', (lines) => [...lines.slice(0, -1), first(lines, 'subscription'), ...lines.slice(-1)]),
      /the subscription \/subscriptions\S+ is in it twice/,
    ],
    [
      'lacks something shared',
      edited('shared', (lines) => lines.filter((line) => line !== ofKind(lines, 'zone')[0])),
      /refers to the zone \S+, which does not stand above/,
    ],
    ['goes on after its end', edited('on', (lines) => [...lines, ...lines.slice(-1)]), /lines follow its last line/],
    [
      'holds a registry of no subscription',
      edited('stray', (lines) => {
        const stray: Lines[number] = { ...first(lines, 'registry'), subscription: '/subscriptions/other' };
        return [...lines.slice(0, -1).filter((line) => line['id'] !== stray['id']), stray, ...lines.slice(-1)];
      }),
      /is in no subscription that its header names/,
    ],
  ])('%s', async (_, path, says) => {
    await expectError(['scan', '--snapshot', await path()], says);
  });

  test('hostile text in it reaches the terminal harmless', async () => {
    const text = await snapshot((lines) => {
      for (const registry of ofKind(lines, 'registry')) registry['name'] = 'evil\u001b[2J\u202ename';
      return lines;
    });
    const ran = await acrAudit(['scan', '--snapshot', '-', '--fail-on', 'none', '--allow-incomplete'], {}, text);
    expect(ran.code).toBe(0);
    expect(ran.stdout).toContain('evil');
    for (const steering of ['\u001b', '\u202e']) expect(ran.stdout).not.toContain(steering);
  });
});

describe('Azure that is not there', () => {
  test.each<[string, RegExp, NodeJS.ProcessEnv]>([
    ['a proxy that is no address', /HTTPS_PROXY is not the address/, { HTTPS_PROXY: 'garbage' }],
    ['a cloud named like a part of an object', /no known cloud/, { AZURE_CLOUD: 'constructor' }],
    ['a clock that is none', /SOURCE_DATE_EPOCH/, { SOURCE_DATE_EPOCH: '99999999999999' }],
  ])('%s', async (_, says, env) => {
    await expectError(['scan'], says, 2, env);
  });

  test('a login that sees no subscription is not a clean bill', async () => {
    const faults = [{ path: '/subscriptions', status: 200, body: { value: [] } }];
    const azure = await tenant({ ...threeRegions, faults });
    const ran = await azure.run(['scan']);
    await azure.close();
    expect(ran.stderr).toMatch(/sees no enabled subscription/);
    expect(ran.code).toBe(2);
  });

  test('a registry that is there, but not where it is looked for', async () => {
    const args = ['scan', '--demo', 'contosoprod', '-g', 'rg-dev'];
    await expectError(args, /no registry 'contosoprod'[\s\S]*not with this --resource-group/, 3);
  });

  test('a narrowing that leaves nothing is not a clean bill', async () => {
    for (const narrowing of [
      ['-g', 'nosuch'],
      ['--tag', 'constructor'],
    ])
      await expectError(
        ['scan', '--demo', ...narrowing],
        /no registry fits .* in 4 subscriptions \(Contoso production, .*\)/,
        3,
      );
  });
  test('no login', async () => {
    await expectError(['scan'], /login|az login/, 2, { AZURE_TOKEN_CREDENTIALS: 'AzureCliCredential' });
  });

  test('nobody listens at the endpoint', async () => {
    const env = { AZURE_TOKEN_CREDENTIALS: 'AzureCliCredential', PATH: `${azFolder()}:/usr/bin:/bin` };
    await expectError(
      ['scan', '--resource-manager-endpoint', 'https://127.0.0.1:9', '--timeout', '2'],
      /127\.0\.0\.1/,
      2,
      env,
    );
  }, 60_000);

  test('a registry nobody has', async () => {
    const azure = await tenant(threeRegions);
    const ran = await azure.run(['scan', 'contosoprd']);
    await azure.close();
    expect(ran.stderr).toMatch(
      /^acr-audit: no registry 'contosoprd' in 1 subscription \([^)]+\)\n {2}did you mean contosoprod\?\n$/,
    );
    expect(ran.code).toBe(3);
  });

  describe('where it was looked, and as whom', () => {
    const claims = { upn: 'alice@contoso.com', tid: '00000000-0000-0000-0000-0000000000aa' };
    const token = ['{}', JSON.stringify(claims), 'signature'].map((part) => Buffer.from(part).toString('base64url'));
    const env = { PATH: `${azFolder(token.join('.'))}:/usr/bin:/bin` };
    const who = ', as alice@contoso.com of tenant 00000000-0000-0000-0000-0000000000aa';
    test.each<[string, string[], TenantDocument, RegExp, number]>([
      ['a registry', ['nosuch'], threeRegions, /^acr-audit: no registry 'nosuch' in 1 subscription \(.+\)/, 3],
      ['a group', ['-g', 'nosuch'], threeRegions, /^acr-audit: no registry fits --resource-group nosuch in 1/m, 3],
      ['a subscription', ['--subscription', 'nosuch'], threeRegions, /^acr-audit: no subscription 'nosuch' among/, 2],
      [
        'a scope without registries',
        [],
        { ...threeRegions, resources: [] },
        /^no registry in 1 subscription \(.+\)/,
        3,
      ],
    ])('%s', async (_, args, document, says, code) => {
      const azure = await tenant(document);
      const ran = await azure.run(['scan', ...args], env);
      await azure.close();
      expect(ran.stderr).toMatch(says);
      expect(ran.stderr).toContain(who);
      expect(ran.stderr).not.toContain(token[1]);
      expect(ran.code).toBe(code);
    });
  });

  test.each(['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY'])(
    'a proxy in %s that refuses',
    async (variable) => {
      const azure = await tenant(threeRegions);
      const ran = await azure.run(['scan'], { [variable]: 'http://user:secret@127.0.0.1:9' });
      await azure.close();
      expect(ran.stderr).toMatch(/^acr-audit: The proxy 127\.0\.0\.1:9 does not answer \(ECONNREFUSED\)\.\n/);
      expect(ran.stderr).toContain(`\n  ${variable} names this proxy: `);
      expect(ran.stderr).not.toContain('secret');
      expect(ran.code).toBe(2);
    },
    60_000,
  );

  test('an untrusted certificate', async () => {
    const azure = await tenant(threeRegions);
    const ran = await azure.run(['scan'], { NODE_EXTRA_CA_CERTS: '' });
    await azure.close();
    expect(ran.stderr).toMatch(/certificate|NODE_EXTRA_CA_CERTS/i);
    expect(ran.stderr.trimEnd().split('\n')).toHaveLength(2);
    expect(ran.code).toBe(2);
  }, 60_000);
});

test('--debug adds the stack trace', async () => {
  const ran = await acrAudit(['scan', '--snapshot', file('traced.jsonl', 'hello'), '--debug']);
  expect(ran.stderr).toMatch(/\n\s+at /);
});

test('a Node that is too old is said in two lines, before anything else is loaded', async () => {
  const old = "data:text/javascript,Object.defineProperty(process.versions,'node',{value:'18.20.4'})";
  const ran = await acrAudit(['scan', '--demo'], { NODE_OPTIONS: `--import="${old}"` });
  expect(ran).toEqual({
    code: 2,
    stdout: '',
    stderr: 'acr-audit: Node 18.20.4 is too old: it takes 20.19 or later\n  install one: https://nodejs.org\n',
  });
});

test('a registry that nobody has, where every subscription was looked in: another tenant, or no right to see it', async () => {
  const ran = await acrAudit(['scan', '--demo', 'zzzzzzzz']);
  expect(ran.stderr).toMatch(/no registry 'zzzzzzzz' in 4 subscriptions \(.*\)\n {2}it may be in another tenant/);
  expect(ran.code).toBe(3);
});

const commands = ['scan', 'collect', 'plan', 'checks', 'explain', 'probe', 'diff', 'convert'];
test.each([[['--help']], ...commands.map((command) => [[command, '--help']])])(
  '%j fits 80 columns, and shows nothing of how it is made',
  async (args) => {
    const { stdout } = await acrAudit(args, { COLUMNS: '200' });
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(stdout).toMatch(/^acr-audit /);
    expect(stdout.match(/\$0|\[default: \[\]\]|undefined|\[object/g) ?? []).toEqual([]);
  },
);

test('explain CHECK --registry tells of that registry, with its real names', async () => {
  const ran = await acrAudit(['explain', 'admin-user-disabled', '--registry', 'contosodev', '--demo']);
  expect(ran.code).toBe(0);
  expect(ran.stdout).toMatch(/az acr update .*contosodev/);
  expect(ran.stdout).not.toContain('<registry>');
  const json = await acrAudit(['explain', 'admin-user-disabled', '--registry', 'contosodev', '--demo', '-o', 'json']);
  expect(JSON.parse(json.stdout).subjects.at(-1)).toMatchObject({
    name: 'contosodev',
    findings: [{ verdict: 'fail' }],
  });
});
