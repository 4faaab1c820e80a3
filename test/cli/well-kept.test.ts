import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import wellKept from '../../fixtures/tenants/well-kept.json' with { type: 'json' };
import { allowing, type TenantDocument } from '../../src/emulator/index.ts';
import type { Report } from '../../src/pages/report.ts';
import { documentedRole } from '../role.ts';
import { type Ran, tenant } from './run.ts';

/**
 * A registry with everything right: private, replicated, in the ABAC mode, quarantined and promoted, scanned by Defender
 * without a row, pushed to by an app registration, with a partner's endpoint that the configuration allows, and without
 * consumers. It is scanned with the documented role and nothing more.
 */
const document = allowing(wellKept as unknown as TenantDocument, documentedRole());

const config = `options:
  private-endpoints-are-ours:
    allowedSubscriptions:
      - 00000000-0000-0000-0000-000000000001
      - 00000000-0000-0000-0000-000000000002
      - 00000000-0000-0000-0000-00000000aaaa # Acme Logistics, ticket 4711
`;
const twoOfThree = ['--subscription', 'Contoso production', '--subscription', 'Contoso connectivity'];

async function scan(args: readonly string[], from: TenantDocument = document): Promise<Ran & { report: Report }> {
  const folder = mkdtempSync(join(tmpdir(), 'acr-audit-well-kept-'));
  const file = join(folder, 'acr-audit.config.yaml');
  writeFileSync(file, config);
  const { run, close } = await tenant(from);
  try {
    const ran = await run(['scan', '--config', file, '-o', 'json', ...args]);
    return { ...ran, report: JSON.parse(ran.stdout) };
  } finally {
    await close();
  }
}

const told = ({ subjects }: Report, verdict: string) =>
  subjects.flatMap(({ findings }) => findings.filter((one) => one.verdict === verdict));

/** What asks who pulls or pushes: an app registration does both, and it may be in the subscription that was left out. */
const aboutConsumers = [
  'apps-can-pull',
  'apps-pull-keyless',
  'clusters-can-pull',
  'clusters-reach-registry',
  'federated-subjects-exact',
  'private-dns-zone-linked',
  'replica-near-consumers',
];

describe.each([
  ['recommended', aboutConsumers],
  ['hardened', [...aboutConsumers, 'clusters-gate-images', 'federated-subjects-immutable']],
])('a registry with everything right, in profile %s', (profile, unasked) => {
  test('with a subscription left out of the scope: exit 0, complete, and nobody takes the smaller scope for a gap', async () => {
    const { code, report, stderr } = await scan([...twoOfThree, '--profile', profile]);
    expect({ code, complete: report.complete, unread: report.unread, stderr }).toEqual({
      code: 0,
      complete: true,
      unread: [],
      stderr: '',
    });
    expect(told(report, 'fail')).toEqual([]);
    const unknown = told(report, 'unknown');
    expect(unknown.map(({ check }) => check).sort()).toEqual([...unasked].sort());
    for (const one of unknown) expect(one).toMatchObject({ unseen: 'unasked' });
    // Identities that were seen are nobody unseen: of the task, of the registry, of the pipeline.
    for (const id of ['603', '602', '604']) expect(JSON.stringify(unknown)).not.toContain(`0000000${id}`);
  });

  test('with every subscription in the scope: nothing is unknown', async () => {
    const { code, report } = await scan(['--all-subscriptions', '--profile', profile]);
    expect({ code, complete: report.complete, fail: told(report, 'fail'), unknown: told(report, 'unknown') }).toEqual({
      code: 0,
      complete: true,
      fail: [],
      unknown: [],
    });
    // A Defender without a row is not applicable, not unknown; and a pusher that nobody saw is said.
    expect(report.subjects.find(({ kind }) => kind === 'registry')?.rest['not-applicable']).toMatchObject({
      'no-severe-image-findings': expect.stringContaining('has reported no image of this registry'),
      'clusters-can-pull': expect.stringContaining('an app registration, or an identity that is gone'),
    });
  });
});

test('the same registry without the pusher that nobody saw: the subscription left out keeps nothing back', async () => {
  const pushers = /0000000007(02|05)$/;
  const { code, report } = await scan([...twoOfThree, '--profile', 'hardened', '--skip', 'quarantine-*'], {
    ...document,
    resources: document.resources.filter(({ id }) => !pushers.test(id)),
  });
  expect({ code, fail: told(report, 'fail'), unknown: told(report, 'unknown') }).toEqual({
    code: 0,
    fail: [],
    unknown: [],
  });
});
