import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checks } from '../../checks/index.ts';
import { root } from '../../src/dev/files.ts';
import { textOf } from '../../src/engine/describe.ts';
import type { PrintedStop } from '../../src/pages/path.ts';
import type { Report } from '../../src/pages/report.ts';
import { acrAudit } from '../cli/run.ts';

/** The Python that Debian's azure-cli runs on. */
const python = '/usr/bin/python3';
const installed = existsSync('/usr/bin/az') && existsSync(python);

/** Debian's az 2.45 lacks the api-versions these need, or is older than they are; newer ones have them. */
const notInDebian: readonly RegExp[] = [
  /^az network private-endpoint /,
  /^az network (?:vnet|nic) /,
  /^az acr (?:cache|credential-set) /,
  /^az security pricing create .*--extensions/,
  /--role-assignment-mode/,
  /^az graph query /,
  /^az acr supply-chain /,
  /^az containerapp /,
];

/** Proves that the parser refuses what is wrong. */
const wrong = 'az acr update --name placeholder --no-such-option true';

/** A value for whatever the reader has to choose. */
const filled = (command: string): string =>
  command.replace(/'?"?\$\{[A-Z_]+:\?[^}]*\}"?'?|<[a-z][a-z-]*>/g, 'placeholder');

test.skipIf(!installed)(
  'every az command that is printed is one that the Azure CLI can parse (skipped without azure-cli)',
  async () => {
    const demo = JSON.parse(
      (await acrAudit(['scan', '--demo', '--profile', 'regulated', '-o', 'json'])).stdout,
    ) as Report;
    const path = JSON.parse(
      (await acrAudit(['explain', 'path', '--registry', 'contosoprod', '--demo', '-o', 'json'])).stdout,
    ) as { stops: readonly PrintedStop[] };
    const printed = [
      ...checks.flatMap((check) => [...check.confirm, ...check.fix.steps.map(textOf)]),
      ...demo.subjects
        .flatMap(({ findings }) => findings)
        .flatMap((one) => (one.verdict === 'fail' ? [...one.confirm, ...one.fix] : []))
        .map(({ text }) => text),
      ...path.stops.flatMap(({ confirm, fix }) => [...confirm, ...fix]).map(({ text }) => text),
    ];
    const commands = [...new Set(printed.filter((line) => line.startsWith('az ')).map(filled))];
    const known = commands.filter((command) => !notInDebian.some((pattern) => pattern.test(command)));
    expect(known.length).toBeGreaterThan(40);
    const ran = spawnSync(python, [`${root}test/az/parses.py`], {
      input: [...known, wrong].join('\n'),
      encoding: 'utf8',
      env: {
        PATH: '/usr/bin:/bin',
        AZURE_CONFIG_DIR: mkdtempSync(join(tmpdir(), 'acr-audit-az-')),
        AZURE_CORE_COLLECT_TELEMETRY: 'no',
        AZURE_CORE_CHECK_FOR_UPDATES: 'no',
      },
    });
    const answers = JSON.parse(ran.stdout) as [string, string | null][];
    expect(answers).toHaveLength(known.length + 1);
    expect(answers.filter(([, refusal]) => refusal !== null).map(([line]) => line)).toEqual([wrong]);
  },
  300_000,
);
