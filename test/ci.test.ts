import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { root } from '../src/dev/files.ts';

const text = (path: string): string => readFileSync(`${root}${path}`, 'utf8');
type Step = Readonly<Record<string, unknown>> & { readonly run?: string; readonly env?: Record<string, string> };

/** A folder with an `npx` that notes its arguments, writes what a scan writes, and ends with a code. */
function workplace(code: number, { folders = 1, reported = true } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'ci-'));
  mkdirSync(join(folder, 'bin'));
  const npx = join(folder, 'bin', 'npx');
  writeFileSync(
    npx,
    `#!/bin/bash
printf '%s\\n' "$@" > '${folder}/arguments'
for one in "$@"; do
  case "$one" in
    ${reported ? 'sarif=*/' : 'nothing'}) for n in $(seq ${folders}); do mkdir -p "\${one#sarif=}$n"; done ;;
    ${reported ? 'table=* | junit=*' : 'nothing-else'}) echo 'the report' > "\${one#*=}" ;;
  esac
done
${reported ? `[ -z "$GITHUB_OUTPUT" ] || printf 'complete=true\\nfindings=4\\nexit-code=${code}\\n' >> "$GITHUB_OUTPUT"` : ''}
exit ${code}
`,
  );
  chmodSync(npx, 0o755);
  const env = {
    PATH: `${join(folder, 'bin')}:/usr/bin:/bin`,
    RUNNER_TEMP: folder,
    AGENT_TEMPDIRECTORY: folder,
    GITHUB_OUTPUT: join(folder, 'outputs'),
    GITHUB_STEP_SUMMARY: join(folder, 'summary'),
  };
  return {
    folder,
    // As runners call bash: it stops at the first failure unless the script says otherwise.
    run: (script: string, more: Readonly<Record<string, string>> = {}) =>
      spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
        env: { ...env, ...more },
        encoding: 'utf8',
        cwd: folder,
      }),
    outputs: (): Record<string, string> =>
      Object.fromEntries(
        readFileSync(env.GITHUB_OUTPUT, 'utf8')
          .trim()
          .split('\n')
          .map((line) => line.split('=', 2) as [string, string]),
      ),
    given: (): string[] => readFileSync(join(folder, 'arguments'), 'utf8').trim().split('\n'),
  };
}

const codes = [0, 1, 2, 3, 130];

describe('action.yml', () => {
  const action = parse(text('action.yml'));
  const steps: readonly Step[] = action.runs.steps;
  const [scan, last] = [steps[0]?.run ?? '', steps.at(-1)?.run ?? ''];
  const none = {
    VERSION: '1.0.0',
    REGISTRIES: '',
    SUBSCRIPTIONS: '',
    PROFILE: '',
    FAIL_ON: '',
    CONFIG: '',
    BASELINE: '',
  };

  test.each(codes)('a scan that ends with %i uploads first, and the job ends with it', (code) => {
    const { run, outputs } = workplace(code);
    expect(run(scan, none).status).toBe(0);
    expect(outputs()).toMatchObject({ complete: 'true', findings: '4', 'exit-code': String(code), folders: '1' });
    expect(run(last, { CODE: String(code) }).status).toBe(code);
  });

  test('a scan that ended before its report is not complete, and uploads nothing', () => {
    const { run, outputs } = workplace(2, { reported: false });
    expect(run(scan, none).status).toBe(0);
    expect(outputs()).toMatchObject({ complete: 'false', 'exit-code': '2', folders: '0' });
    expect(run(last, { CODE: '' }).status).toBe(2);
  });

  test('more folders than there are steps are told', () => {
    const { run, outputs } = workplace(0, { folders: 7 });
    expect(run(scan, none).stdout).toContain('::warning::only the first 5 of 7');
    expect(outputs()['folders']).toBe('7');
  });

  test('inputs reach the scan as they are, whatever is in them', () => {
    const { run, folder, given } = workplace(0);
    const hostile = `$(touch ${folder}/owned) \`touch ${folder}/owned\`; "'`;
    run(scan, {
      ...none,
      REGISTRIES: `kvacr\n${hostile}\n`,
      SUBSCRIPTIONS: 'a b',
      FAIL_ON: 'low',
      PROFILE: 'hardened',
    });
    expect(existsSync(join(folder, 'owned'))).toBe(false);
    expect(given()).toEqual(
      expect.arrayContaining(['kvacr', hostile, '--subscription', 'a b', '--fail-on', 'low', '--profile', 'hardened']),
    );
  });

  test('no expression stands in a script, and every input has a place in the environment', () => {
    for (const { run = '' } of steps) expect(run).not.toContain('${{');
    const read = JSON.stringify(steps);
    for (const name of Object.keys(action.inputs)) expect(read).toContain(`inputs.${name}`);
  });

  test('uploads each folder of complete runs, and keeps apart what is not complete', () => {
    const uploads = steps.filter(({ uses }) => String(uses).startsWith('github/codeql-action/upload-sarif@'));
    expect(uploads.map((step) => (step['with'] as { sarif_file: string }).sarif_file.slice(-7))).toEqual(
      [1, 2, 3, 4, 5].map((n) => `sarif/${n}`),
    );
    expect(JSON.stringify(uploads)).not.toContain('incomplete');
    const kept = steps.find(({ uses }) => String(uses).startsWith('actions/upload-artifact@'));
    expect(JSON.stringify(kept)).toContain('sarif.incomplete');
  });
});

describe('templates/azure-pipelines.yml', () => {
  const { steps, parameters } = parse(text('templates/azure-pipelines.yml'));
  const [scan, last] = [steps[0].inputs.inlineScript as string, steps.at(-1).bash as string];
  const env = {
    ACR_AUDIT_VERSION: '1.0.0',
    ACR_AUDIT_REGISTRIES: '',
    ACR_AUDIT_FAIL_ON: 'high',
    ACR_AUDIT_CONFIG: '',
    GITHUB_OUTPUT: '',
  };

  test.each(codes)('a scan that ends with %i publishes first, and the job ends with it', (code) => {
    const { run } = workplace(code);
    const { status, stdout } = run(scan, env);
    expect(status).toBe(0);
    expect(stdout).toContain(`##vso[task.setvariable variable=acrAuditCode]${code}\n`);
    expect(stdout).toContain('##vso[task.setvariable variable=acrAuditComplete]true\n');
    expect(run(last, { CODE: String(code) }).status).toBe(code);
  });

  test('a scan without a report publishes nothing', () => {
    const { stdout } = workplace(2, { reported: false }).run(scan, env);
    expect(stdout.match(/variable=\w+/g)).toEqual(['variable=acrAuditCode']);
  });

  test('publishes tests, the artifact of the tab, and to Advanced Security where that is wanted', () => {
    const all = JSON.stringify(steps);
    for (const part of ['AzureCLI@2', 'PublishTestResults@2', 'CodeAnalysisLogs', 'AdvancedSecurity-Publish@1'])
      expect(all).toContain(part);
    expect(scan).not.toContain('${{');
    for (const { name } of parameters) expect(all).toContain(`parameters.${name}`);
  });
});

describe('templates/gitlab-ci.yml', () => {
  const job = parse(text('templates/gitlab-ci.yml'))['acr-audit'];
  const env = {
    ACR_AUDIT_VERSION: '1.0.0',
    ACR_AUDIT_FAIL_ON: 'high',
    AZURE_ID_TOKEN: 'secret-token',
    GITHUB_OUTPUT: '',
  };

  test.each(codes)('a scan that ends with %i ends the job with it, and leaves no token', (code) => {
    const { run, given, folder } = workplace(code);
    const { status, stdout } = run(job.script[0], { ...env, TMPDIR: folder });
    expect(status).toBe(code);
    expect(stdout + given().join(' ')).not.toContain('secret-token');
    expect(spawnSync('grep', ['-rl', 'secret-token', folder], { encoding: 'utf8' }).stdout).toBe('');
  });
});

describe('docs/ci.md', () => {
  const blocks = [...text('docs/ci.md').matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, block = '']) => block);

  test('has whole files', () => {
    const files = blocks.map((block) => parseAllDocuments(block).map((one) => one.toJS()));
    expect(files.map((documents) => documents.length)).toEqual(blocks.map(() => 1));
    expect(files.map(([file]) => Object.keys(file as object))).toEqual([
      ['name', 'on', 'permissions', 'jobs'],
      ['name', 'on', 'permissions', 'jobs'],
      ['trigger', 'schedules', 'pool', 'steps'],
      ['include'],
    ]);
  });

  test.each(['docs/ci.md', 'action.yml', 'README.md'])('%s pins every action by its commit', (page) => {
    const used = [...text(page).matchAll(/uses: (\S+)/g)].map(([, action = '']) => action);
    expect(used.filter((action) => !/@[0-9a-f]{40}$/.test(action) && action !== 'OWNER/acr-audit@SHA')).toEqual([]);
  });
});
