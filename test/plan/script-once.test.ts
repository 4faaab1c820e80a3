import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { PlanPage, PlanStep } from '../../src/pages/plan.ts';
import { planBash, planPowerShell } from '../../src/report/plan-script.ts';

const step = (number: number, words: readonly string[], verify: PlanStep['verify']): PlanStep => ({
  number,
  registries: ['kvacrprod'],
  text: words.join(' '),
  words,
  state: 'runs',
  because: '',
  place: 'it is first',
  after: [],
  checks: ['token-passwords-expire'],
  breaks: [],
  undo: [],
  final: null,
  verify,
  ends: true,
});
const generate = ['az', 'acr', 'token', 'credential', 'generate', '--name', 'ci', '--password1'];
const admin = ['az', 'acr', 'update', '--name', 'kvacrprod', '--admin-enabled', 'false'];

/** A password is made, and a switch is set that Azure shows. */
const page = (at = '2026-11-25T02:00:00Z'): PlanPage => ({
  schema: 'acr-audit/plan@1',
  at,
  steps: [
    step(1, generate, null),
    step(2, admin, { words: ['az', 'acr', 'show', '--query', 'adminUserEnabled'], prints: 'false' }),
  ],
  questions: [],
  unseen: [],
  closed: [],
  left: [],
  opened: [],
});

/** A folder with an `az` that logs what it changes, and fails where told. */
function place() {
  const folder = mkdtempSync(join(tmpdir(), 'acr-audit-once-'));
  const [log, fails] = [join(folder, 'log'), join(folder, 'fails')];
  writeFileSync(log, '');
  writeFileSync(
    join(folder, 'az'),
    [
      '#!/usr/bin/env bash',
      `case "$*" in *show*) grep -q admin-enabled "${log}" && echo false; exit 0;; esac`,
      `case "$*" in *"$(cat "${fails}" 2>/dev/null || echo nothing)"*) exit 1;; esac`,
      `printf '%s\\n' "$*" >> "${log}"`,
      '',
    ].join('\n'),
  );
  chmodSync(join(folder, 'az'), 0o755);
  const script = join(folder, 'mend.sh');
  const run = (args: readonly string[], input = '') =>
    spawnSync('bash', args, { input, cwd: folder, encoding: 'utf8', env: { PATH: `${folder}:/usr/bin:/bin` } });
  return {
    script,
    save: (text: string) => writeFileSync(script, text),
    failAt: (words: string) => writeFileSync(fails, words),
    run,
    apply: () => run([script, '--apply']),
    changed: () => readFileSync(log, 'utf8').split('\n').slice(0, -1),
  };
}
const [made, set] = [generate.slice(1).join(' '), admin.slice(1).join(' ')];

test('a password that was handed out is not made again when the script goes on', () => {
  const { save, failAt, apply, changed } = place();
  save(planBash(page()));
  failAt('admin-enabled');
  expect(apply()).toMatchObject({ status: 1, stderr: expect.stringMatching(/^step 2 failed/) });
  expect(changed()).toEqual([made]);
  failAt('nothing');
  const second = apply();
  expect([second.status, second.stderr]).toEqual([0, '']);
  expect(second.stdout).toMatch(/^1\. done already\n2\. runs/);
  expect(changed()).toEqual([made, set]);
});

test('a password that was not made is made when the script goes on', () => {
  const { save, failAt, apply, changed } = place();
  save(planBash(page()));
  failAt('generate');
  expect(apply().status).toBe(1);
  failAt('nothing');
  expect(apply().status).toBe(0);
  expect(changed()).toEqual([made, set]);
});

test('a later plan in the same file makes the next password', () => {
  const { save, apply, changed } = place();
  save(planBash(page()));
  apply();
  save(planBash(page('2027-02-25T02:00:00Z')));
  expect(apply().status).toBe(0);
  expect(changed()).toEqual([made, set, made]);
});

test('a script that is no file makes no password: nothing could keep it from doing so again', () => {
  const { run, changed } = place();
  const piped = run(['-s', '--', '--apply'], planBash(page()));
  expect(piped).toMatchObject({ status: 1, stderr: expect.stringMatching(/^step 1 is not run: .* save it as a file/) });
  expect(changed()).toEqual([]);
});

test('nothing is noted where nothing is run', () => {
  const { save, run, script } = place();
  save(planBash(page()));
  const printed = run([script]);
  expect([printed.status, printed.stderr]).toEqual([0, '']);
  expect(printed.stdout).toContain("'generate'");
  expect(existsSync(`${script}.done`)).toBe(false);
});

test('PowerShell notes the same line, and for the same step only', () => {
  const script = planPowerShell(page());
  expect(script).toContain(`\nRunOnce 1 '2026-11-25T02:00:00Z az ${made}' @(`);
  expect(script).toMatch(/\nRun 2 'false' @\(/);
});
