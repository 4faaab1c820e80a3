import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checks } from '../../checks/index.ts';
import { root } from '../../src/dev/files.ts';
import { textOf } from '../../src/engine/describe.ts';
import type { PrintedStop } from '../../src/pages/path.ts';
import type { Report } from '../../src/pages/report.ts';
import { acrAudit } from '../cli/run.ts';
import { debian13, hasNewAz } from './real-az.ts';

/** An azure-cli, the Python that it runs on, and what it cannot parse. */
interface Cli {
  readonly there: boolean;
  readonly python: readonly [command: string, ...args: string[]];
  readonly lacks: readonly RegExp[];
}

const clis: Readonly<Record<string, Cli>> = {
  /** Debian 12's lacks the api-versions these need, or is older than they are; newer ones have them. */
  '2.45': {
    there: existsSync('/usr/bin/az') && existsSync('/usr/bin/python3'),
    python: ['/usr/bin/python3'],
    lacks: [
      /^az network private-endpoint /,
      /^az network (?:vnet|nic) /,
      /^az acr (?:cache|credential-set) /,
      /^az security pricing create .*--extensions/,
      /--role-assignment-mode/,
      /^az graph query /,
      /^az acr supply-chain /,
      /^az containerapp /,
    ],
  },
  /** Two are extensions. Debian 13's cannot load its module monitor, which the proof of plan goes around. */
  '2.74': {
    there: hasNewAz,
    python: ['/usr/sbin/chroot', debian13, 'python3'],
    lacks: [/^az graph query /, /^az acr supply-chain /, /^az monitor /],
  },
};

/** Proves that the parser refuses what is wrong. */
const wrong = 'az acr update --name placeholder --no-such-option true';

/** A value for whatever the reader has to choose; az looks at the form of an id. */
const filled = (command: string): string =>
  command
    .replace(/(?<=( subnet )?show --ids )\S+/, (id, subnet?: string) =>
      /[<$]/.test(id)
        ? `/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v${subnet ? '/subnets/n' : ''}`
        : id,
    )
    .replace(/'?"?\$\{[A-Z_]+:\?[^}]*\}"?'?|<[a-z][a-z-]*>/g, 'placeholder');

/** Every az command of the catalogue, of a scan and of a page of the demo. */
async function printedCommands(): Promise<readonly string[]> {
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
  return [...new Set(printed.filter((line) => line.startsWith('az ')).map(filled))];
}

describe.each(Object.entries(clis))('azure-cli %s', (_, { there, python: [command, ...args], lacks }) => {
  test.skipIf(!there)(
    'parses every az command that is printed, but for those listed (skipped without it)',
    async () => {
      const known = (await printedCommands()).filter((line) => !lacks.some((pattern) => pattern.test(line)));
      expect(known.length).toBeGreaterThan(40);
      const ran = spawnSync(command, [...args, '-c', readFileSync(`${root}test/az/parses.py`, 'utf8')], {
        input: [...known, wrong].join('\n'),
        encoding: 'utf8',
        env: {
          PATH: '/usr/bin:/bin',
          PYTHONWARNINGS: 'ignore',
          AZURE_CONFIG_DIR: mkdtempSync(join(tmpdir(), 'acr-audit-az-')),
          AZURE_CORE_COLLECT_TELEMETRY: 'no',
          AZURE_CORE_CHECK_FOR_UPDATES: 'no',
        },
      });
      const answers = JSON.parse(ran.stdout) as [string, string | null][];
      expect(answers).toHaveLength(known.length + 1);
      expect(answers.filter(([, refusal]) => refusal !== null).map(([line]) => line)).toEqual([wrong]);
    },
    600_000,
  );
});
