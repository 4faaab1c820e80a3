import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { checks } from '../../checks/index.ts';
import { generateSchemas } from '../../src/dev/schemas.ts';
import { evaluate } from '../../src/engine/evaluate.ts';
import { denied, notCollected, observed, type Source } from '../../src/model/evidence.ts';
import { withValueAt } from '../../src/model/pointer.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { json } from '../../src/report/json.ts';
import { sarif } from '../../src/report/sarif.ts';
import { acr, registryId } from '../support.ts';
import { brokenRules } from './github-rules.ts';
import { menagerie } from './support.ts';

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

  test('takes a report', () => {
    expect(errorsIn(report)).toBeNull();
  });

  test.each(Object.keys(report))('refuses a report without %s', (key) => {
    expect(errorsIn(without(report, key))).toContain(`'${key}'`);
  });

  test.each([
    ['schema', 'acr-audit/report@2'],
    ['evaluatedAt', 'yesterday'],
    ['cloud', 'mars'],
    ['complete', 'no'],
    ['findings/0/verdict', 'maybe'],
    ['findings/0/severity', 'catastrophic'],
    ['findings/0/observations/0', { at: 'registry' }],
    ['findings/0/surprise', 1],
    ['summary/pass', null],
    ['summary/maybe', 1],
    ['checks/0/fix', 'az acr update'],
    ['scopes/0/missing', [{ action: 'x/read' }]],
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
  const registry = 'registries/0/facets/registry';

  test('takes a snapshot', () => {
    expect(errorsIn(snapshot)).toBeNull();
  });

  test('gives, by every check, a report that its own schema and the rules of GitHub take', () => {
    const report = evaluate(snapshot, { checks, profile: 'regulated' });
    expect(validatorOf('report')(JSON.parse([...json(report)].join('')))).toBeNull();
    expect(brokenRules(JSON.parse(sarif(report)))).toEqual([]);
  });

  test('takes an enum member that Azure invented since', () => {
    expect(errorsIn(withValueAt(snapshot, `${registry}/value/sku`, 'Ultra'))).toBeNull();
  });

  test.each(Object.keys(snapshot))('refuses a snapshot without %s', (key) => {
    expect(errorsIn(without(snapshot, key))).toContain(`'${key}'`);
  });

  test.each<[string, unknown]>([
    ['schema', 'acr-audit/report@1'],
    ['collectedAt', '23.11.2026'],
    [registry, { state: 'observed' }],
    [registry, { state: 'guessed', reason: '', missing: [], sources: [] }],
    [`${registry}/value/adminUserEnabled`, 'true'],
    [`${registry}/value/sku`, 7],
    [`${registry}/value/passwords`, ['secret']],
    [`${registry}/value/policies`, {}],
    [`${registry}/sources/0/at`, 'then'],
    ['subscriptions/0/facets/surprise', notCollected('')],
  ])('refuses another %s', (pointer, value) => {
    expect(errorsIn(withValueAt(snapshot, pointer, value))).not.toBeNull();
  });
});
