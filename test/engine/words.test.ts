import { describe, expect, test } from 'vitest';
import storage from '../../checks/lifecycle/storage-within-included.ts';
import { nounOf, wordsOf } from '../../src/engine/words.ts';
import { observed } from '../../src/model/evidence.ts';
import type { Observation } from '../../src/model/outcome.ts';
import type { AllEvidence } from '../../src/model/snapshot.ts';
import { acr } from '../support.ts';

const evidence = {
  registry: observed(acr()),
  tokens: observed([{ name: 'ci', passwords: [{ name: 'password1', expiry: null }] }]),
  usages: observed([{ name: 'Size', currentValue: 104152956928, limit: 107374182400 }]),
  privateDns: observed({ zones: [{ name: 'privatelink.azurecr.io', records: observed([]), links: observed([]) }] }),
} as unknown as AllEvidence;

const words = (one: Observation) => wordsOf(one, evidence);

describe('an observation in words: no pointer, no raw value', () => {
  const id = '/subscriptions/1/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/vnet-hub';
  test.each<[string, Observation, string]>([
    ['a switch', { at: 'registry/adminUserEnabled', saw: true, wanted: false }, 'admin user: on, wanted off'],
    ['an enum', { at: 'registry/policies/trust/status', saw: 'enabled' }, 'trust: enabled'],
    ['what is as it should be', { at: 'registry/sku', saw: 'Premium', wanted: 'Premium' }, 'sku: Premium'],
    ['what Azure left out', { at: 'registry/sku', saw: null, wanted: 'Premium' }, 'sku: nothing, wanted Premium'],
    [
      'the nearest thing with a name, and the property',
      { at: 'tokens/0/passwords/0/expiry', saw: null, wanted: 'a date' },
      'password1: expiry nothing, wanted a date',
    ],
    [
      'the name that the check gives it',
      { at: 'tokens/0/passwords/0/expiry', saw: null, about: 'password1 of token ci' },
      'password1 of token ci: expiry nothing',
    ],
    [
      'a role by its name and scope, without its id',
      { at: 'roleAssignments/assignments/0/roleId', saw: 'b24988ac', about: 'group devs: Contributor at the registry' },
      'group devs: Contributor at the registry',
    ],
    [
      'what a list lacks, by its name',
      {
        at: 'privateDns/zones/0/records/value/kvacr.data',
        saw: null,
        about: 'A record kvacr.data',
        wanted: ['10.0.0.4'],
      },
      'A record kvacr.data: nothing, wanted 10.0.0.4',
    ],
    ['an id by its name', { at: 'registry/id', saw: id }, 'id: vnet-hub'],
    ['an empty list', { at: 'tokens', saw: [] }, 'tokens: none'],
    ['several values', { at: 'tokens', saw: ['10.0.0.4', 7] }, 'tokens: 10.0.0.4, 7'],
    ['things by name', { at: 'tokens', saw: [{ name: 'ci', x: 1 }] }, 'tokens: ci'],
    [
      'what has none, by its values',
      { at: 'tokens', saw: [{ rule: 'literal', line: 3, more: {} }] },
      'tokens: literal 3',
    ],
    ['300 characters of a long value', { at: 'tokens', saw: 'x'.repeat(301) }, `tokens: ${'x'.repeat(300)}…`],
  ])('%s', (_, one, wanted) => {
    expect(words(one)).toBe(wanted);
  });

  test.each([
    ['adminUserEnabled', 'admin user'],
    ['privateDns', 'private dns'],
    ['Size', 'size'],
    ['sku', 'sku'],
  ])('%s is %s', (key, noun) => expect(nounOf(key)).toBe(noun));
});

test('storage is told as people count it, and not in bytes', () => {
  const gib = 2 ** 30;
  const usages = [{ name: 'Size', limit: 500 * gib, currentValue: 450.5 * gib }];
  const outcome = storage.evaluate({ usages } as never, { options: { percent: 90 } } as never);
  expect(JSON.stringify(outcome)).toContain('"says":"storage: 450.5 GiB of the 500 GiB that the tier includes"');
});
