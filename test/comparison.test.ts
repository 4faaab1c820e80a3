import { describe, expect, test } from 'vitest';
import { checks } from '../checks/index.ts';
import { comparisonPage } from '../src/dev/comparison.ts';
import { differences, tools } from '../src/dev/comparison-data.ts';

const ids = checks.map(({ id }) => id);

test('every rule of another tool begins with the word of a tool that the page names', () => {
  const named = checks.flatMap(({ id, alsoKnownAs = [] }) => alsoKnownAs.map((rule: string) => [id, rule] as const));
  expect(named.length).toBeGreaterThan(80);
  expect(named.filter(([, rule]) => !Object.keys(tools).some((word) => rule.startsWith(`${word} `)))).toEqual([]);
});

test('no rule is named twice in one check', () => {
  for (const { id, alsoKnownAs = [] } of checks) expect(new Set(alsoKnownAs).size, id).toBe(alsoKnownAs.length);
});

test('every framework id names its framework, then a number', () => {
  const all = new Set(checks.flatMap(({ frameworks = [] }) => frameworks));
  expect(all.size).toBeGreaterThan(20);
  for (const id of all)
    expect(id).toMatch(
      /^(MCSB (v1 )?[A-Z]{2}-\d+|CIS Azure \d\.\d\.\d [\d.]+\d|NIST [A-Z]{2}-\d+(\(\d+\))?|ISO 27001 A\.\d+\.\d+)$/,
    );
});

/** The mappings that others publish; a check that is not here has none that could be found in a source. */
const published: Readonly<Record<string, readonly string[]>> = {
  'admin-user-disabled': ['MCSB IM-1', 'MCSB v1 IM-1', 'MCSB v1 IM-3', 'MCSB v1 PA-1', 'ISO 27001 A.8.2'],
  'anonymous-pull-disabled': ['MCSB v1 IM-1'],
  'public-network-access-disabled': ['MCSB NS-2', 'CIS Azure 4.0.0 2.2.1.1', 'ISO 27001 A.8.20'],
  'unlisted-networks-refused': [
    'MCSB NS-2',
    'CIS Azure 4.0.0 2.2.1.2',
    'NIST AC-4',
    'NIST SC-7',
    'NIST SC-7(3)',
    'ISO 27001 A.8.20',
  ],
  'private-endpoint-approved': [
    'MCSB NS-2',
    'CIS Azure 4.0.0 2.2.2.1',
    'NIST AC-4',
    'NIST AC-17',
    'NIST AC-17(1)',
    'NIST SC-7',
    'NIST SC-7(3)',
    'ISO 27001 A.8.20',
  ],
  'premium-sku': ['MCSB NS-2'],
  'export-disabled': ['ISO 27001 A.8.12'],
  'federated-subjects-exact': ['MCSB IM-3'],
  'defender-scans-registries': [
    'MCSB LT-1',
    'MCSB LT-2',
    'MCSB IR-3',
    'MCSB IR-5',
    'MCSB v1 DS-6',
    'MCSB v1 PV-5',
    'CIS Azure 2.0.0 2.1.8',
    'CIS Azure 2.1.0 2.1.8',
    'CIS Azure 3.0.0 3.1.4.1',
    'CIS Azure 4.0.0 9.1.4.1',
    'CIS Azure 5.0.0 8.1.4.1',
    'CIS Azure 6.0.0 8.1.4.1',
    'CIS Azure 3.0.0 3.1.4.3',
    'NIST RA-5',
    'NIST SI-2',
    'NIST SI-4',
  ],
  'no-severe-image-findings': ['MCSB PV-6', 'MCSB DS-6', 'MCSB v1 DS-6', 'MCSB v1 PV-5'],
  'no-severe-running-images': ['MCSB PV-6', 'MCSB DS-6'],
  'quarantine-on-push': ['MCSB v1 DS-6', 'MCSB v1 PV-5', 'ISO 27001 A.8.8'],
  'untagged-manifests-cleaned': ['ISO 27001 A.8.10'],
  'customer-managed-key': ['MCSB DP-5', 'CIS Azure 4.0.0 2.1.1.2.1', 'NIST SC-12', 'ISO 27001 A.8.24'],
  'customer-managed-key-rotates': ['ISO 27001 A.8.24'],
  'customer-managed-key-usable': ['MCSB DP-8'],
};

test.each(checks.map(({ id, frameworks = [] }) => [id, frameworks] as const))(
  '%s has the framework ids that others publish for it, and no other',
  (id, frameworks) => expect([...frameworks].sort()).toEqual([...(published[id] ?? [])].sort()),
);

describe('where we differ on purpose', () => {
  test.each(differences)('$title: with a source, and the check that does', ({ check, source }) => {
    expect(ids).toContain(check);
    expect(source).toMatch(/^https:\/\//);
  });
});

test('a team finds our check by the rule it knows', () => {
  expect(comparisonPage()).toMatch(/\[admin-user-disabled\].*Checkov: CKV_AZURE_137.*cr-008/);
});
