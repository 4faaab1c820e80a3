import { describe, expect, test } from 'vitest';
import { checks } from '../../checks/index.ts';
import { explainedBy } from '../../src/explain/symptom.ts';

const ids = (text: string) => explainedBy(text, checks).map(({ check }) => check.id);

describe('what tools print leads to the check that explains it', () => {
  test.each([
    ['AADSTS70021: No matching federated identity record found for presented assertion', 'federated-subjects-exact'],
    ['Back-off pulling image: ImagePullBackOff, 401 Unauthorized', 'clusters-can-pull'],
    ["denied: client with IP '203.0.113.9' is not allowed access", 'registry-reachable'],
    ['lookup contoso.azurecr.io: no such host', 'private-dns-records-complete'],
    ['dial tcp: lookup contoso.westeurope.data.azurecr.io: NXDOMAIN', 'private-dns-zone-linked'],
    ['toomanyrequests: retry after 2s', 'premium-sku'],
    ['429 Too Many Requests', 'premium-sku'],
    ['unauthorized: authentication required', 'clusters-can-pull'],
    ['login works and then it hangs on layers', 'private-endpoint-covers-every-region'],
    ['manifest unknown: manifest tagged by "v1" is not found', 'purge-commands-safe'],
  ])('%s', (text, id) => {
    expect(ids(text)).toContain(id);
  });
});

test('who names most of a line comes first', () => {
  expect(ids('ImagePullBackOff: 401 unauthorized: authentication required')[0]).toBe('clusters-can-pull');
});

test('a code is a word of its own, not a part of a number', () => {
  expect(ids('job 14012 zzz')).toEqual([]);
});

test('without a sign, words that are alike find it, and it says so', () => {
  const [first] = explainedBy('every scheduled run of the task stays Failed since last week', checks);
  expect(first).toMatchObject({ sign: null, check: { id: expect.stringMatching(/task/) } });
});

test('what no check speaks of is explained by none', () => {
  expect(ids('zzz')).toEqual([]);
  expect(ids('')).toEqual([]);
});

test('a text is never read as a pattern', () => {
  expect(() => ids('((((')).not.toThrow();
});
