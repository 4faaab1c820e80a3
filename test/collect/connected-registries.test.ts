import { expect, test } from 'vitest';
import { connectedRegistries, parseConnectedRegistry } from '../../src/collect/connected-registries.ts';
import { acr } from '../support.ts';
import { askingNothing, fakeAzure } from './azure.ts';
import { bodiesOf } from './corpus.ts';

test('a connected registry that never called', () => {
  const properties = { mode: 'ReadOnly', connectionState: 'offline', activation: { status: 'Inactive' } };
  expect(parseConnectedRegistry({ id: '/c', name: 'c', properties })).toEqual({
    id: '/c',
    name: 'c',
    connectionState: 'Offline',
    activation: 'Inactive',
    lastActivity: null,
    schedule: null,
    syncToken: null,
  });
});

test('a registry that cannot have them is not asked', async () => {
  const { azure, asked } = fakeAzure({});
  expect(await connectedRegistries.collect(azure, acr({ sku: 'Basic' }), askingNothing)).toEqual([]);
  expect(asked).toEqual([]);
});

const bodies = bodiesOf('connectedRegistries');
test.skipIf(bodies === null)('every recorded connected registry can be read', () => {
  const states = (bodies ?? []).map(parseConnectedRegistry).map(({ connectionState }) => connectionState);
  expect(new Set(states)).toEqual(new Set(['Offline']));
});
