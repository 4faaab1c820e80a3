import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { PlanPage } from '../../src/pages/plan.ts';
import type { Report } from '../../src/pages/report.ts';
import { acrAudit } from '../cli/run.ts';
import { tenants } from './apply-tenants.ts';
import { broken } from './broken.ts';
import { hasNewAz, type Signed, signedIn } from './real-az.ts';
import { endpointsSubnet, workspace } from './tenants.ts';

const answers = {
  'subnet-id': endpointsSubnet,
  'workspace-id': workspace,
  recovery: 'retention',
};
const given = Object.entries(answers).flatMap(([id, value]) => ['--set', `${id}=${value}`]);

const failing = (report: Report): readonly string[] =>
  report.subjects.flatMap(({ findings }) =>
    findings.flatMap(({ check, verdict }) => (verdict === 'fail' ? [check] : [])),
  );

async function tool(az: Signed, args: readonly string[]) {
  const ran = await acrAudit([...args, '--resource-manager-endpoint', az.url], az.env);
  if (ran.code === 2) throw new Error(ran.stderr);
  return ran.stdout;
}

/** Runs a plan's script on a terminal, where somebody says yes to each step by hand. */
function applied(az: Signed, script: string) {
  const file = join(mkdtempSync(join(tmpdir(), 'acr-audit-plan-')), 'mend.sh');
  writeFileSync(file, script);
  return az.bash(`script --quiet --return --command 'bash --norc ${file} --apply' /dev/null`, 'yes\n'.repeat(60));
}

describe.skipIf(!hasNewAz)('the script of a plan, run by the real azure-cli (skipped without it)', () => {
  test('goes around at most ten commands that this az breaks on', () => {
    console.log(broken.map(({ words, because }) => `through az rest: az ${words} (${because})`).join('\n'));
    expect(broken.length).toBeLessThanOrEqual(10);
  });

  test.for(Object.entries(tenants))('%s', { timeout: 600_000 }, async ([, { drawn: document, left }]) => {
    const az = await signedIn(document);
    try {
      const before = JSON.parse(await tool(az, ['scan', '-o', 'json'])) as Report;
      const plan = JSON.parse(await tool(az, ['plan', ...given, '-o', 'json'])) as PlanPage;
      const run = await applied(az, await tool(az, ['plan', ...given, '-o', 'sh']));
      expect(run.stdout.match(/ERROR.*|^step \d+ .*not.*/gm) ?? []).toEqual([]);
      expect(run.code).toBe(0);
      const after = JSON.parse(await tool(az, ['scan', '-o', 'json'])) as Report;
      expect({ mended: failing(before).length > failing(after).length, left: failing(after).toSorted() }).toEqual({
        mended: true,
        left: left.toSorted(),
      });
      expect(plan.left.map(({ check }) => check).toSorted()).toEqual(left.toSorted());
    } finally {
      await az.close();
    }
  });
});
