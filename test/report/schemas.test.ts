import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { checks } from '../../checks/index.ts';
import { validator } from '../../src/cli/json-schema.ts';
import type { SnapshotLine } from '../../src/cli/snapshot/lines.ts';
import { linesOf } from '../../src/cli/snapshot/writing.ts';
import { generateSchemas } from '../../src/dev/schemas.ts';
import { evaluate } from '../../src/engine/evaluate.ts';
import { denied, notCollected, observed, type Source } from '../../src/model/evidence.ts';
import { withValueAt } from '../../src/model/pointer.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { json } from '../../src/report/json.ts';
import { sarif } from '../../src/report/sarif.ts';
import { acr, registryId } from '../support.ts';
import { brokenRules } from './github-rules.ts';
import { menagerie, withFindings } from './support.ts';

const schemas = generateSchemas();

function validatorOf(name: string): (value: unknown) => string | null {
  const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });
  formats.default(ajv);
  const validate = ajv.compile(JSON.parse(schemas[`schemas/${name}.schema.json`] ?? ''));
  return (value) => (validate(value) ? null : ajv.errorsText(validate.errors));
}

const without = (value: object, key: string): object =>
  Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));

describe('report.schema.json', () => {
  const errorsIn = validatorOf('report');
  const report = menagerie();
  const finding = 'subjects/0/findings/0';

  test('takes a report', () => {
    expect(errorsIn(report)).toBeNull();
  });

  test.each<[string, unknown]>([
    ['a waiver', { waived: { reason: 'lab', until: '2027-03-31' } }],
    ['the baseline', { baseline: true }],
    ['an overridden severity', { severity: 'low' }],
    ['things', { things: [{ thing: 'token/ci', words: 'no date', fingerprint: 'a', baseline: true }] }],
  ])('takes %s', (_, more) => {
    expect(
      errorsIn(withFindings(report, (one) => ({ ...one, ...(one.verdict === 'fail' ? (more as object) : {}) }))),
    ).toBeNull();
  });

  test.each(Object.keys(report))('refuses a report without %s', (key) => {
    expect(errorsIn(without(report, key))).toContain(`'${key}'`);
  });

  test.each([
    ['schema', 'acr-audit/report@2'],
    ['evaluatedAt', 'yesterday'],
    ['cloud', 'mars'],
    ['complete', 'no'],
    [`${finding}/verdict`, 'maybe'],
    [`${finding}/severity`, 'catastrophic'],
    [`${finding}/observations/0`, { at: 'registry' }],
    [`${finding}/surprise`, 1],
    [`${finding}/waived`, null],
    [`${finding}/waived`, { reason: 'no date' }],
    [`${finding}/baseline`, false],
    [`${finding}/fix/0/kind`, 'guess'],
    [`${finding}/things`, [{ thing: 'token/ci' }]],
    ['subjects/0/rest', { pass: {} }],
    ['asked', {}],
    ['summary/pass', null],
    ['summary/maybe', 1],
    ['checks/0/fix', 'az acr update'],
    ['unread/0/missing', [{ action: 'x/read' }]],
  ])('refuses another %s', (pointer, value) => {
    expect(errorsIn(withValueAt(report, pointer, value))).not.toBeNull();
  });
});

describe('snapshot.schema.json', () => {
  const errorsIn = validatorOf('snapshot');
  const source: Source = {
    kind: 'arm',
    request: registryId,
    apiVersion: '2025-11-01',
    at: '2026-11-23T02:00:00Z',
  };
  const subscription = '/subscriptions/00000000-0000-0000-0000-000000000001';
  const snapshot: Snapshot = {
    schema: 'acr-audit/snapshot@1',
    tool: { name: 'acr-audit', version: '1.0.0' },
    collectedAt: '2026-11-23T02:00:00Z',
    cloud: { name: 'public', resourceManager: 'https://management.azure.com', registrySuffix: 'azurecr.io' },
    asked: { registries: [], groups: [], tags: [], subscriptions: [], managementGroup: null, optIns: [] },
    subscriptions: [
      {
        id: subscription,
        name: null,
        registries: observed([registryId], [source]),
        facets: { defenderPlans: denied('403', [{ action: 'Microsoft.Security/pricings/read', scope: subscription }]) },
      },
    ],
    registries: [
      {
        id: registryId,
        name: 'contoso',
        subscription,
        facets: { registry: observed(acr({ tags: { owner: 'me' } }), [source]), tasks: notCollected('not asked') },
      },
    ],
    shared: {},
  };
  const lines = [...linesOf(snapshot)];
  const lineOf = (kind: SnapshotLine['kind']): SnapshotLine => {
    const line = lines.find((one) => one.kind === kind);
    if (!line) throw new Error(`there is no ${kind}`);
    return line;
  };
  const registry = 'facets/registry';

  test.each(lines)('takes the line of a $kind', (line) => {
    expect(errorsIn(line)).toBeNull();
  });

  test('gives, by every check, a report that its own schema and the rules of GitHub take', () => {
    const report = evaluate(snapshot, { checks, profile: 'regulated' });
    expect(validatorOf('report')(JSON.parse([...json(report)].join('')))).toBeNull();
    expect(brokenRules(JSON.parse(sarif(report)))).toEqual([]);
  });

  test('takes an enum member that Azure invented since', () => {
    expect(errorsIn(withValueAt(lineOf('registry'), `${registry}/value/sku`, 'Ultra'))).toBeNull();
  });

  const keys = lines.flatMap((line) => Object.keys(line).map((key) => [line.kind, key, line] as const));
  test.each(keys)('refuses the line of a %s without %s', (_, key, line) => {
    expect(errorsIn(without(line, key))).not.toBeNull();
  });

  const others: readonly (readonly [SnapshotLine['kind'], string, unknown])[] = [
    ['header', 'schema', 'acr-audit/report@1'],
    ['header', 'collectedAt', '23.11.2026'],
    ['registry', registry, { state: 'observed' }],
    ['registry', registry, { state: 'guessed', reason: '', missing: [], sources: [] }],
    ['registry', `${registry}/value/adminUserEnabled`, 'true'],
    ['registry', `${registry}/value/sku`, 7],
    ['registry', `${registry}/value/passwords`, ['secret']],
    ['registry', `${registry}/value/policies`, {}],
    ['registry', `${registry}/sources/0/at`, 'then'],
    ['subscription', 'facets/surprise', notCollected('')],
    ['end', 'registries', 'one'],
  ];
  test.each(others)('refuses another %s: %s', (kind, pointer, value) => {
    expect(errorsIn(withValueAt(lineOf(kind), pointer, value))).not.toBeNull();
  });

  test('our own validator takes and refuses what ajv takes and refuses', () => {
    const faultIn = validator(JSON.parse(schemas['schemas/snapshot.schema.json'] ?? ''));
    const good: readonly unknown[] = lines;
    const bad = [
      ...keys.map(([, key, line]) => without(line, key)),
      ...others.map(([kind, pointer, value]) => withValueAt(lineOf(kind), pointer, value)),
    ];
    expect(good.map(faultIn).filter((fault) => fault !== null)).toEqual([]);
    for (const line of bad) expect([faultIn(line) === null, line]).toEqual([errorsIn(line) === null, line]);
  });
});
