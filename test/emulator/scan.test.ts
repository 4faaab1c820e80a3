import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checks } from '../../checks/index.ts';
import { demoTenant } from '../../src/emulator/demo.ts';
import { denying, type TenantDocument } from '../../src/emulator/index.ts';
import { scanned } from '../emulated.ts';
import { toldVerdicts, verdictsByCheck } from '../verdicts.ts';

const tenant = (name: string): TenantDocument =>
  JSON.parse(readFileSync(new URL(`../../fixtures/tenants/${name}.json`, import.meta.url), 'utf8'));

const hardened = {
  'admin-user-disabled': 'pass',
  'unlisted-networks-refused': 'pass',
  'public-network-access-disabled': 'pass',
  'private-endpoint-approved': 'pass',
  'registry-reachable': 'pass',
  'private-endpoint-covers-every-region': 'pass',
  'trusted-services-bypass': 'pass',
  'untagged-manifests-cleaned': 'pass',
  'deletes-recoverable': 'not-applicable',
  'lifecycle-policies-compatible': 'pass',
  'defender-scans-registries': 'pass',
  'premium-sku': 'pass',
};
const connectivity = '/subscriptions/00000000-0000-0000-0000-000000000002';

describe('a tenant is judged as it was written', () => {
  for (const [what, document, expected] of [
    ['three regions', tenant('three-regions'), { ...hardened, 'private-dns-records-complete': 'fail' }],
    [
      'three regions, their zone elsewhere',
      tenant('three-regions-zone-elsewhere'),
      { ...hardened, 'private-dns-records-complete': 'fail' },
    ],
    [
      'three regions, their zone out of sight',
      tenant('three-regions-zone-denied'),
      { ...hardened, 'private-dns-records-complete': 'unknown', 'registry-reachable': 'unknown' },
    ],
    [
      'the same, denied by a test',
      denying(tenant('three-regions-zone-elsewhere'), connectivity, 'Microsoft.Network/privateDnsZones/*'),
      { ...hardened, 'private-dns-records-complete': 'unknown', 'registry-reachable': 'unknown' },
    ],
    [
      'a Standard registry',
      tenant('standard'),
      {
        'unlisted-networks-refused': 'fail',
        'public-network-access-disabled': 'not-applicable',
        'private-endpoint-approved': 'not-applicable',
        'untagged-manifests-cleaned': 'not-applicable',
        'premium-sku': 'fail',
      },
    ],
    ['no soft delete in the answers', tenant('without-soft-delete'), { 'deletes-recoverable': 'unknown' }],
  ] as const) {
    test(what, async () => expect(verdictsByCheck(await scanned(document))).toMatchObject(expected));
  }
});

test('the demo shows every verdict, and a finding of every severity', async () => {
  const report = await scanned(demoTenant());
  expect(new Set(toldVerdicts(report).map(({ verdict }) => verdict))).toEqual(
    new Set(['pass', 'fail', 'unknown', 'not-applicable']),
  );
  const severity = new Map(checks.map(({ id, severity }) => [id, severity]));
  const failed = toldVerdicts(report)
    .filter(({ verdict }) => verdict === 'fail')
    .map(({ check }) => severity.get(check));
  expect([...new Set(failed)]).toEqual(expect.arrayContaining(['critical', 'high', 'medium']));
});

test('the registries of the demo tell which of their images are signed', async () => {
  const signed = toldVerdicts(await scanned(demoTenant())).filter(({ check }) => check === 'images-signed');
  expect(Object.fromEntries(signed.map(({ subject, verdict }) => [subject.split('/').at(-1), verdict]))).toMatchObject({
    contosoprod: 'pass',
    contosopartner: 'fail',
    contosolab: 'not-applicable',
  });
});

test.each([
  'customer-managed-key-usable',
  'import-pipelines-closed',
  'admin-secrets-untouched',
  'endpoints-go-to-our-registries',
  'registry-identity-harmless',
  'apps-can-pull',
  'apps-pull-keyless',
])('the demo fails %s somewhere, and passes it elsewhere', async (id) => {
  const verdicts = toldVerdicts(await scanned(demoTenant())).filter(({ check }) => check === id);
  expect(verdicts.map(({ verdict }) => verdict)).toEqual(expect.arrayContaining(['fail', 'pass']));
});

test('the same tenant gives the same report', async () => {
  expect(await scanned(demoTenant())).toEqual(await scanned(demoTenant()));
});
