import { describe, expect, test } from 'vitest';
import { isSyncToken, lifeOf } from '../../../src/facts/access/tokens.ts';
import { connectedBy, scopeMap, syncMap, token } from '../../tokens.ts';

const now = '2026-11-23T02:00:00Z';

describe('the life of a password that may live 90 days', () => {
  test.each<[string, string | null, string | null, string]>([
    ['never ends', null, null, 'endless'],
    ['never ends, as Azure also says it', null, '9999-12-31T23:59:59Z', 'endless'],
    ['ended a second ago', null, '2026-11-23T01:59:59Z', 'expired'],
    ['ends now', null, now, 'expired'],
    ['lives 90 days', '2026-11-01T00:00:00Z', '2027-01-30T00:00:00Z', 'short'],
    ['lives 90 days and some seconds', '2026-11-01T00:00:00Z', '2027-01-30T00:00:20Z', 'short'],
    ['lives 91 days', '2026-11-01T00:00:00Z', '2027-01-31T00:00:00Z', 'long'],
    ['has more than that before it, whenever it was made', null, '2027-03-01T00:00:00Z', 'long'],
    ['ends soon, and nobody says when it was made', null, '2026-12-01T00:00:00Z', 'untold'],
    ['ends at a time that is none', null, 'soon', 'untold'],
  ])('%s', (_, createdAt, expiry, age) => {
    expect(lifeOf(createdAt, expiry, 90, now)).toBe(age);
  });
});

describe('a token belongs to a connected registry', () => {
  const unnamed = { ...connectedBy('edge'), syncToken: null };
  test.each([
    ['that names it', token('edge'), [], [connectedBy('edge')], true],
    ['that names another', token('ci'), [], [connectedBy('edge')], false],
    ['that names none', token('ci'), [], [unnamed], false],
    ['by a map that speaks to a gateway', token('edge'), [syncMap('edge')], [], true],
    ['by no map, where there is such a one', token('ci', { scopeMap: null }), [syncMap('edge')], [], false],
    ['by a map of another token', token('ci'), [syncMap('edge')], [], false],
    ['by a map on repositories alone', token('ci'), [scopeMap('ci', 'repositories/app/content/read')], [], false],
  ])('%s', (_, of, maps, connected, is) => {
    expect(isSyncToken(of, maps, connected)).toBe(is);
  });
});
