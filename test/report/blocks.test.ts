import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checks } from '../../checks/index.ts';
import { clouds } from '../../src/azure/clouds.ts';
import { withPages } from '../../src/cli/pages.ts';
import { root } from '../../src/dev/files.ts';
import type { TenantDocument } from '../../src/emulator/index.ts';
import { reportCheck } from '../../src/engine/describe.ts';
import { evaluate } from '../../src/engine/evaluate.ts';
import type { Report, ReportStep } from '../../src/pages/report.ts';
import { blocksOf, listing, looksOf, noted, undoOf } from '../../src/report/blocks.ts';
import { ofVerdict, rowsOf } from '../../src/report/view.ts';
import { acrAudit } from '../cli/run.ts';
import { collected, usualFacets } from '../emulated.ts';

const command = (text: string, more: Partial<ReportStep> = {}): ReportStep => ({ kind: 'command', text, ...more });
const confirm: readonly ReportStep[] = [{ kind: 'verify', text: 'az acr show --name x' }];
const sub = '00000000-0000-0000-0000-000000000001';

describe('blocks', () => {
  test('the subscription is a variable on top; another subscription stays as it is', () => {
    expect(blocksOf([command(`az a --subscription ${sub}`), command('az b --subscription other')], [])).toEqual([
      {
        kind: 'paste',
        ends: false,
        lines: [
          '( set -e   # bash',
          `  SUB=${sub}`,
          '  az a --subscription "$SUB"',
          '  az b --subscription other',
          ')',
        ],
      },
    ]);
  });

  test('a value that only a person knows is asked where it is used', () => {
    const question: ReportStep = { kind: 'question', id: 'SUBNET', text: 'id of the subnet' };
    expect(blocksOf([question, command(`az a "\${SUBNET:?which subnet}"`)], [])).toMatchObject([
      {
        lines: [
          '( set -e   # bash',
          "  SUBNET=''   # id of the subnet",
          expect.stringContaining(':?which subnet}"'),
          ')',
        ],
      },
    ]);
  });

  test('what ends something stands alone, after a look', () => {
    const closes = command('az close', { ends: 'way' });
    const kinds = (steps: readonly ReportStep[]) =>
      blocksOf(steps, confirm).map((one) => (one.kind === 'paste' ? `paste ${one.ends}` : one.kind));
    expect(kinds([closes])).toEqual(['look', 'paste true']);
    expect(kinds([command('az open'), { kind: 'verify', text: 'az look' }, closes])).toEqual([
      'paste false',
      'look',
      'paste true',
    ]);
    expect(kinds([closes, command('az after')])).toEqual(['look', 'paste true', 'paste false']);
  });

  test('what a person does ends a block: what follows is not pasted before it is done', () => {
    const kinds = blocksOf([command('az a'), { kind: 'manual', text: 'az b' }, command('az c')], []).map(
      ({ kind }) => kind,
    );
    expect(kinds).toEqual(['paste', 'hand', 'paste']);
  });

  test.each([
    ['az acr show --name x', undefined, 'az acr show --name x'],
    ['az acr show --name x --query "[].{a:b}"', 'True', 'az acr show --name x --query "[].{a:b}"   # True'],
    [`az x --query 'a=='\\''b'\\'''`, undefined, `az x --query 'a=='\\''b'\\'''   # bash`],
    ['az x --query "a == $b"', '1', 'az x --query "a == $b"   # bash; 1'],
  ])('%s names its shell where PowerShell reads it otherwise', (line, expected, said) =>
    expect(noted(line, expected)).toBe(said),
  );

  test('what confirms a finding asks for its values in one sub-shell, and is plain without', () => {
    const plain: ReportStep = { kind: 'verify', text: 'az a', expect: '1' };
    expect(looksOf([plain])).toEqual(['az a   # 1']);
    const asking: ReportStep = { kind: 'verify', text: `az b "\${NET:?which net}"` };
    expect(looksOf([{ kind: 'question', id: 'NET', text: 'which net' }, asking])).toEqual([
      '( set -e   # bash',
      "  NET=''   # which net",
      `  az b "\${NET:?which net}"`,
      ')',
    ]);
  });

  test('a manual step that looks like a command is a comment', () => {
    const text = 'az acr delete --name contoso --yes #';
    expect(listing(blocksOf([{ kind: 'manual', text }], []))).toEqual([`# by hand: ${text}`]);
  });
});

describe('every block of the demo, the cases and the checks, pasted into bash with an az that logs', () => {
  const folder = mkdtempSync(join(tmpdir(), 'acr-audit-paste-'));
  const log = join(folder, 'log');
  const calling = join(folder, 'az.sh');
  // A function of the shell: a program would have to be started for each of some thousand calls.
  writeFileSync(
    calling,
    `az() { printf '%s\\n' "$*" >>'${log}'; mapfile -t calls <'${log}'; [ "\${#calls[@]}" -ne "\${FAIL_AT:-0}" ]; }\n`,
  );

  /** The calls of az that a text makes when it is pasted; the one with that number fails. */
  function calls(text: string, shell: readonly string[], failAt = 0): string[] {
    rmSync(log, { force: true });
    spawnSync('bash', shell, {
      input: `${text}\n`,
      cwd: folder,
      env: { PATH: '/usr/bin:/bin', BASH_ENV: calling, FAIL_AT: String(failAt), HISTFILE: '' },
    });
    try {
      return readFileSync(log, 'utf8').trimEnd().split('\n');
    } catch {
      return [];
    }
  }
  const shells = { 'a script': ['--norc'], 'an interactive shell': ['--noprofile', '--rcfile', calling, '-i'] };

  interface Fix {
    readonly check: string;
    readonly fix: readonly ReportStep[];
    readonly confirm: readonly ReportStep[];
  }
  const fixesOf = (report: Report): Fix[] => [
    ...ofVerdict(rowsOf(report), 'fail').map(({ check, finding }) => ({ ...finding, check: check.id })),
    ...report.subjects.flatMap(({ pages }) => (pages?.path?.stops ?? []).map((stop) => ({ ...stop, check: 'path' }))),
  ];
  const cases = `${root}fixtures/cases/`;
  /** Of the demo with what explain path says, of the tenants of other people, and the page of each check. */
  const fixes = Promise.all([
    acrAudit(['scan', '--demo', '--profile', 'regulated', '--pages', '-o', 'json']).then(({ stdout }) =>
      fixesOf(JSON.parse(stdout) as Report),
    ),
    ...readdirSync(cases).map(async (file) => {
      const { tenant } = JSON.parse(readFileSync(`${cases}${file}`, 'utf8')) as { tenant: TenantDocument };
      const snapshot = await collected(tenant, usualFacets);
      return fixesOf(withPages(evaluate(snapshot, { checks, profile: 'regulated' }), snapshot));
    }),
    checks.map((check) => ({ ...reportCheck(check, clouds.public), check: check.id })),
  ]);

  const blocks = fixes.then((all) => {
    const seen = new Set<string>();
    return all.flat().flatMap(({ check, fix, confirm: looks }) => {
      const undo = undoOf(fix, looks).lines;
      const pasted = blocksOf(fix, looks).flatMap((block) => (block.kind === 'paste' ? [block] : []));
      return [...pasted, ...(undo.length > 1 ? [{ lines: undo, ends: false }] : [])].flatMap(({ lines, ends }) => {
        const text = lines.join('\n');
        // One of each form: the same commands with other names prove nothing more.
        const form = `${check} ${text.replace(/'[^']*'|[\w.-]*\d[\w.-]*/g, 'x')}`;
        if (seen.has(form)) return [];
        seen.add(form);
        return [{ check, ends, text, commands: lines.filter((line) => /^ {2}az /.test(line)).length }];
      });
    });
  });

  test('there are such blocks, and some of them end something', async () => {
    expect((await blocks).length).toBeGreaterThan(60);
    expect((await blocks).filter(({ ends }) => ends).length).toBeGreaterThan(3);
  });

  test.each(Object.entries(shells))(
    '%s runs nothing of a block whose question is not answered',
    async (_, shell) => {
      for (const { text, check } of (await blocks).filter((one) => one.text.includes(':?'))) {
        const first = text.split('\n').findIndex((line) => line.includes(':?'));
        const before = text
          .split('\n')
          .slice(0, first)
          .filter((line) => /^ {2}az /.test(line)).length;
        expect(calls(text, shell).length, check).toBe(before);
      }
    },
    120_000,
  );

  test.each(Object.entries(shells))(
    '%s stops at the first failure',
    async (_, shell) => {
      for (const { text, check, commands } of await blocks) {
        const answered = text.replace(/=''( {3}#)/g, '=x$1');
        for (let failing = 1; failing <= commands; failing += 1)
          expect(calls(answered, shell, failing).length, `${check}, call ${failing}`).toBe(failing);
        expect(calls(answered, shell).length, check).toBe(commands);
      }
    },
    300_000,
  );

  test('what ends something is the only command of its block', async () => {
    for (const { check, ends, commands } of await blocks) if (ends) expect(commands, check).toBe(1);
  });
});

describe('the pages of docs/checks', () => {
  const folder = `${root}docs/checks/`;
  const blocks = readdirSync(folder).flatMap((page) =>
    [...readFileSync(`${folder}${page}`, 'utf8').matchAll(/```bash\n([\s\S]*?)\n```/g)].map(
      ([, text = '']) => [page, text] as const,
    ),
  );

  test('ask for every value inside of a sub-shell, and have no placeholder that a shell would read as a file', () => {
    expect(blocks.length).toBeGreaterThan(checks.length);
    for (const [page, text] of blocks) {
      expect(text, page).not.toMatch(/<[a-z][a-z-]*>/);
      if (text.includes(':?')) expect(text, page).toMatch(/^\( set -e {3}# bash\n[\s\S]*\n\)$/);
    }
  });

  test('have what a fix breaks directly above it', () => {
    for (const page of readdirSync(folder))
      expect(readFileSync(`${folder}${page}`, 'utf8'), page).toMatch(/## What the fix breaks\n\n[^#]*\n\n## Fix\n/);
  });
});
