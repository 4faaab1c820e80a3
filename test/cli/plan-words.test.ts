import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { main } from '../../src/cli/main.ts';

// Each run of the tool in one process listens to its streams anew.
process.setMaxListeners(0);
for (const stream of [process.stdout, process.stderr]) stream.setMaxListeners(0);

/** The tool in this process: what it writes, and its exit code. */
async function acrAudit(argv: readonly string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const kept =
    (into: string[]) =>
    (text: unknown, ...rest: readonly unknown[]) => {
      into.push(String(text));
      for (const told of rest) if (typeof told === 'function') told();
      return true;
    };
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation(kept(out) as never),
    vi.spyOn(process.stderr, 'write').mockImplementation(kept(err) as never),
  ];
  try {
    return { code: await main(argv), stdout: out.join(''), stderr: err.join('') };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

const folder = mkdtempSync(join(tmpdir(), 'acr-audit-answers-'));
const fileOf = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const answers = (name: string, given: unknown): readonly string[] => [
  '--answers',
  fileOf(name, typeof given === 'string' ? given : JSON.stringify(given)),
];
const subnet = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/n';

describe('a wrong word of plan gets two lines and exit code 2', () => {
  test.each<[args: readonly string[], wrong: RegExp, right: RegExp]>([
    [['--for', 'admn-user-disabled'], /no check 'admn-user-disabled'/, /^did you mean admin-user-disabled\?$/],
    [['--for', 'zzzzzzzzzzzzzzzz'], /no check 'zzz/, /^acr-audit checks lists them all$/],
    [['--for', ''], /no check ''/, /^acr-audit checks lists them all$/],
    [['--for', 'admn-*'], /no check 'admn-\*'/, /^\S.*\S$/],
    [
      ['--for', 'admin-user-disabled', '--skip', 'admin-*'],
      /^acr-audit: (?:no check is left|--for admin-user-disabled names a check that --check, --skip)/,
      /^\S.*\S$/,
    ],
    [
      ['--for', 'admin-user-disabled', '--check', 'premium-sku'],
      /--for admin-user-disabled names a check that --check/,
      /^leave one of them out$/,
    ],
    [['--for'], /--for needs a value/, /--help/],
    [['--until-severity', 'hgih'], /no value 'hgih'/, /^did you mean high\? it is one of critical, high/],
    [['--until-severity', 'HIGH'], /no value 'HIGH'/, /^did you mean high\?/],
    [['--until-severity', 'high', '--until-severity', 'low'], /given 2 times/, /^give it once$/],
    [['--only-safe=maybe'], /--only-safe takes no value: 'maybe'/, /^--only-safe is yes; leave it out for no$/],
    [['--only-save'], /no option --only-save of plan/, /^did you mean --only-safe\?$/],
    [['--apply'], /no option --apply of plan/, /^the script of a plan takes --apply: acr-audit plan -o sh/],
    [['--aplly'], /no option --aplly of plan/, /^the script of a plan takes --apply/],
    [['-o', 'bash'], /no value 'bash'/, /^it is one of table, markdown, sh, ps1, json$/],
    [['-o', 'jsno'], /no value 'jsno'/, /^did you mean json\?/],
    [['--set'], /--set needs a value/, /--help/],
    [['--set', 'recovery'], /--set recovery answers no question/, /^--set QUESTION=VALUE$/],
    [['--set', '=retention'], /--set =retention answers no question/, /^--set QUESTION=VALUE$/],
    [['--set', 'recvery=retention'], /no question 'recvery'/, /^did you mean recovery\?$/],
    [['--set', 'contosodev.recvery=retention'], /no question 'recvery'/, /^did you mean contosodev\.recovery/],
    [['--set', 'xyzzy=1'], /no question 'xyzzy'/, /^the questions are .*workspace-id/],
    [['--set', 'registry=other'], /no question 'registry'/, /^\S.*\S$/],
    [['--set', 'constructor=1'], /no question 'constructor'/, /^\S.*\S$/],
    [
      ['--set', 'contosodve.recovery=retention'],
      /no registry 'contosodve' in this/,
      /^did you mean contosodev\.recovery/,
    ],
    [['--set', 'recovery=retention', '--set', 'recovery=soft-delete'], /recovery twice/, /^answer it once$/],
    [['--set', 'recovery=retntion'], /'retntion' is not one of retention, soft-delete/, /^did you mean retention\?$/],
    [['--set', 'recovery='], /'' is not one of/, /^recovery=retention$/],
    [['--set', 'region=West Europe'], /'West Europe' is not the name of a region/, /^did you mean westeurope\?$/],
    [['--set', 'region=westeurpoe'], /no region 'westeurpoe'/, /^did you mean westeurope\?$/],
    [['--set', 'address-range=300.1.1.1'], /'300.1.1.1' is not an IPv4 address/, /^address-range=203\.0\.113\.7 or/],
    [['--set', `subnet-id=${subnet.replace(/\/subnets.*/, '')}`], /is not the id of a subnet/, /\/subnets\/<subnet>$/],
    [['--set', 'workspace-id=law'], /'law' is not the id of a Log Analytics workspace/, /OperationalInsights/],
    [['--set', 'webhook=<webhook>'], /'<webhook>' is not a value of one line/, /^webhook=VALUE$/],
    [['--answers', join(folder, 'none.json')], /answers .*none\.json could not be read/, /--answers$/],
    [['--answers', folder], /the answers .* could not be read/, /--answers$/],
    [['--answers', '/dev/zero'], /larger than 1 MB/, /--answers$/],
    [answers('text.json', 'recovery: retention'), /are no JSON/, /^write it as \{"subnet-id"/],
    [answers('list.json', ['retention']), /are no texts by question/, /^write it as \{"subnet-id"/],
    [answers('number.json', { recovery: 7 }), /the answer to recovery is no text/, /^"recovery": "VALUE"$/],
    [
      answers('name.json', { 'subnt-id': subnet }),
      /name\.json: subnt-id: there is no question/,
      /^did you mean subnet-id\?$/,
    ],
    [
      answers('value.json', { recovery: 'softdelete' }),
      /value\.json: recovery: 'softdelete' is/,
      /^did you mean soft-delete\?$/,
    ],
    [
      answers('registry.json', { 'contosodve.recovery': 'retention' }),
      /no registry 'contosodve'/,
      /contosodev\.recovery/,
    ],
  ])('%j', async (args, wrong, right) => {
    const { code, stdout, stderr } = await acrAudit(['plan', '--demo', '-q', ...args]);
    const [what = '', advice = '', ...more] = stderr.split('\n');
    expect(what).toMatch(wrong);
    expect(advice.trim()).toMatch(right);
    expect([code, stdout, more]).toEqual([2, '', ['']]);
  });
});

const stepsOf = (stdout: string) => JSON.parse(stdout).steps as { state: string; checks: string[]; text: string }[];

test('right answers are taken: --set goes before the file, one registry before all, in any case', async () => {
  const file = answers('right.json', { recovery: 'soft-delete', 'ContosoPartner.recovery': 'retention' });
  const only = ['--for', 'deletes-recoverable', '--for', 'untagged-manifests-*', 'contosopartner', '-o', 'json'];
  const running = async (...more: readonly string[]) =>
    stepsOf((await acrAudit(['plan', '--demo', ...only, ...more])).stdout).flatMap(({ state, text }) =>
      state === 'runs' ? [text.split(' ')[3]] : [],
    );
  expect(await running(...file)).toEqual(['retention']);
  expect(await running(...file, '--set', 'contosopartner.recovery=soft-delete')).toEqual(['soft-delete']);
});

describe('a plan goes by the configuration', () => {
  const planned = async (config: string, ...args: readonly string[]) => {
    const file = fileOf('config.yaml', config);
    const { stdout, stderr } = await acrAudit([
      'plan',
      'contosodev',
      '--demo',
      '-o',
      'json',
      '--config',
      file,
      ...args,
    ]);
    return { checks: new Set(stepsOf(stdout).flatMap(({ checks }) => checks)), stderr };
  };

  test('what it skips, waives or thinks less of is not planned', async () => {
    expect((await planned('{}')).checks).toContain('admin-user-disabled');
    const skip = 'skip: [{ check: admin-user-disabled, registry: contosodev, reason: lab }]';
    expect((await planned(skip)).checks).not.toContain('admin-user-disabled');
    const waived = await planned(
      'waivers: [{ check: admin-user-disabled, registry: contosodev, reason: lab, until: 2999-01-01 }]',
    );
    expect(waived.checks).not.toContain('admin-user-disabled');
    expect(waived.stderr).toContain('left out, as the configuration accepts them: admin-user-disabled of contosodev');
    const low = 'severity: { admin-user-disabled: low }';
    expect((await planned('{}', '--until-severity', 'high')).checks).toContain('admin-user-disabled');
    expect((await planned(low, '--until-severity', 'high')).checks).not.toContain('admin-user-disabled');
  });

  test('--for takes a check that the profile leaves out', async () => {
    expect((await planned('{}')).checks).not.toContain('repository-permissions-mode');
    const { checks } = await planned('{}', '--for', 'repository-permissions-mode');
    expect(checks).toContain('repository-permissions-mode');
  });
});
