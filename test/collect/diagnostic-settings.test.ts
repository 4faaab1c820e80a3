import { expect, test } from 'vitest';
import { parseDiagnosticSetting } from '../../src/collect/diagnostic-settings.ts';
import { recorded } from './corpus.ts';

test('a setting made with a category group', () => {
  const properties = {
    workspaceId: '/workspace',
    storageAccountId: null,
    eventHubAuthorizationRuleId: '',
    logs: [{ category: null, categoryGroup: 'audit', enabled: true, retentionPolicy: { days: 0, enabled: false } }],
    metrics: [],
  };
  expect(parseDiagnosticSetting({ id: '/d', name: 'd', location: null, properties })).toEqual({
    id: '/d',
    name: 'd',
    destinations: ['/workspace'],
    logs: [{ category: null, group: 'audit', enabled: true }],
  });
});

test('a setting that leaves its logs out sends we know not what; one without logs sends none', () => {
  expect(parseDiagnosticSetting({ id: '/d', name: 'd', properties: {} }).logs).toBeNull();
  expect(parseDiagnosticSetting({ id: '/d', name: 'd', properties: { logs: [] } }).logs).toEqual([]);
});

// The recordings hold lists of categories too, which are no settings.
const bodies =
  recorded('diagnosticSettings')
    ?.filter(({ type }) => /diagnosticSettings$/i.test(type))
    .map(({ body }) => body) ?? null;
test.skipIf(bodies === null)('every recorded setting can be read', () => {
  const settings = (bodies ?? []).map(parseDiagnosticSetting);
  const logins = settings
    .flatMap(({ logs }) => logs ?? [])
    .filter((log) => log.category === 'ContainerRegistryLoginEvents');
  expect(logins).not.toEqual([]);
  expect(settings.filter(({ destinations }) => destinations.length > 0)).not.toEqual([]);
});
