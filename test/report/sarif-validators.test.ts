import { execFileSync } from 'node:child_process';
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { validate as jsonschema } from 'jsonschema';
import type { Log } from 'sarif';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sarif } from '../../src/report/sarif.ts';
import { brokenAdoRules, brokenRules } from './github-rules.ts';
import { failureOf, fleet, menagerie } from './support.ts';

const multitool = fileURLToPath(new URL('../../node_modules/@microsoft/sarif-multitool-linux/', import.meta.url));
const binary = join(multitool, 'Sarif.Multitool');
const missing = existsSync(binary) ? '' : ': skipped, @microsoft/sarif-multitool has no binary for this platform';

const good = sarif(menagerie());
const failures = ['private-dns-records-complete', 'admin-user-disabled', 'premium-sku'];
/** So many results, in one subscription. */
const ofResults = (count: number): string => {
  const report = menagerie();
  const findings = failures.map((check) => failureOf(report, check));
  return sarif(fleet({ ...report, scopes: [] }, Math.ceil(count / findings.length), findings));
};
const sized = [0, 50, 5_000].map((count) => [count, ofResults(count)] as const);
const broken = (edit: (log: Log) => void): string => {
  const log: Log = JSON.parse(good);
  edit(log);
  return JSON.stringify(log);
};
const unfit = broken(({ runs: [run] }) => {
  delete run?.tool.driver.rules?.[0]?.help;
  const place = run?.results?.[0]?.locations?.[0]?.physicalLocation?.artifactLocation;
  if (place) place.uri = '/leading/slash';
});
const withoutMessage = broken((log) => Object.assign(log.runs[0]?.results?.[0] ?? {}, { message: {} }));
const strangeLevel = broken((log) => Object.assign(log.runs[0]?.results?.[0] ?? {}, { level: 'critical' }));

test.each(sized)('GitHub and Azure DevOps take %i results', (count, text) => {
  const log: Log = JSON.parse(text);
  const results = log.runs.flatMap((run) => run.results ?? []);
  expect(Math.abs(results.length - count)).toBeLessThan(failures.length);
  expect(brokenRules(log)).toEqual([]);
  expect(brokenAdoRules(log)).toEqual([]);
});

describe.skipIf(missing)(`the schema of sarif-multitool${missing}`, () => {
  const schema = missing
    ? {}
    : JSON.parse(readFileSync(join(multitool, 'sarif-2.1.0.json'), 'utf8').replace(/^\uFEFF/, ''));
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default(ajv);
  const byAjv = ajv.compile(schema);

  test.each([
    ['takes', 'the report', good, true],
    ['refuses', 'a result without a message', withoutMessage, false],
    ['refuses', 'another level', strangeLevel, false],
  ])('ajv %s %s', (_verb, _what, text, valid) => {
    expect(byAjv(JSON.parse(text)), ajv.errorsText(byAjv.errors)).toBe(valid);
  });

  test.each(sized)('both take %i results', (_, text) => {
    expect(byAjv(JSON.parse(text)), ajv.errorsText(byAjv.errors)).toBe(true);
    expect(jsonschema(JSON.parse(text), schema).errors).toEqual([]);
  });

  // upload-sarif validates with this package before it uploads.
  test.each([
    ['takes', 'the report', good, true],
    ['refuses', 'another level', strangeLevel, false],
  ])('jsonschema %s %s', (_verb, _what, text, valid) => {
    const { errors } = jsonschema(JSON.parse(text), schema);
    expect(errors.length === 0, errors.join('\n')).toBe(valid);
  });
});

describe.skipIf(missing)(`sarif-multitool${missing}`, () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'acr-audit-sarif-'));
    executable(binary);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('finds no error and no warning', () => {
    expect(faultsIn(good)).toEqual([]);
  });

  test.each(sized)(
    'finds none in %i results either',
    (_, text) => {
      expect(faultsIn(text)).toEqual([]);
    },
    120_000,
  );

  test('finds what is wrong', () => {
    expect(faultsIn(unfit)).toEqual(expect.arrayContaining(['GH2012', 'SARIF1004']));
  });

  /** The rules broken, its notes are not asked for. Its exit code is 0 whatever it finds: what counts is the log it writes. */
  function faultsIn(text: string): string[] {
    const [input, output] = [join(folder, 'in.sarif'), join(folder, 'out.sarif')];
    writeFileSync(input, text);
    rmSync(output, { force: true });
    const options = [
      '--rule-kind',
      'Sarif;Ghas',
      '--log',
      'ForceOverwrite',
      '--kind',
      'Fail',
      '--level',
      'Error;Warning',
    ];
    execFileSync(binary, ['validate', input, '-o', output, ...options, '-q'], { stdio: 'ignore' });
    // What did not run wrote nothing.
    const found: Log = JSON.parse(readFileSync(output, 'utf8').replace(/^\uFEFF/, ''));
    const results = found.runs[0]?.results ?? [];
    return [...new Set(results.map(({ ruleId }) => String(ruleId)))];
  }
});

/** Installed without install scripts, the binary may not run yet. */
function executable(file: string): void {
  try {
    accessSync(file, constants.X_OK);
  } catch {
    chmodSync(file, 0o755);
  }
}
