import { expect, test } from 'vitest';
import { stopsOf } from '../../src/commands/reach-advice.ts';
import type { RegionReach } from '../../src/facts/path/reach.ts';
import { type Hop, isDoubt } from '../../src/facts/path/reach-hops.ts';
import { networkId, zoneId } from '../private-path.ts';
import { acr } from '../support.ts';

const [hub, spoke, zone] = [networkId('vnet-hub'), networkId('vnet $poke'), zoneId()];
const record = 'contoso.eastus.data';
const hops: { readonly [K in Hop['kind']]: Hop & { readonly kind: K } } = {
  'no-endpoint': { kind: 'no-endpoint', pending: [{ endpoint: 'pe-a', connection: 'contoso.1' }] },
  'not-linked': { kind: 'not-linked', network: spoke, zone },
  'falls-back': { kind: 'falls-back', zone, record, wanted: ['10.1.0.5'] },
  'no-record': { kind: 'no-record', zone, record, wanted: null },
  'wrong-record': { kind: 'wrong-record', zone, record, saw: ['10.9.9.9'], wanted: ['10.1.0.5'] },
  'no-member': { kind: 'no-member', endpoint: 'pe-a', region: 'eastus' },
  'no-route': { kind: 'no-route', endpoint: 'pe-a', from: spoke, to: hub },
  'own-dns': { kind: 'own-dns', network: spoke, servers: ['10.0.0.4'] },
  indirect: { kind: 'indirect', endpoint: 'pe-a', from: spoke, to: hub },
  egress: { kind: 'egress', network: spoke, rules: ['20.1.2.3'] },
  'unnamed-network': { kind: 'unnamed-network', cluster: '/subscriptions/s/clusters/aks', nodeResourceGroup: 'MC_aks' },
  unseen: { kind: 'unseen', reason: 'the zone was denied', missing: [] },
};
const name = 'contoso.eastus.data.azurecr.io';
const stopped = (hop: Hop, region: string): RegionReach => ({
  region,
  can: isDoubt(hop) ? 'unknown' : 'no',
  ways: [],
  via: [],
  stopped: { name, hop },
});
const stops = (...regions: readonly RegionReach[]) =>
  stopsOf({ from: [{ network: spoke, name: 'vnet-spoke', who: [], regions }] }, acr(), 'azurecr.io');

test.each([
  ...Object.values(hops),
  { kind: 'no-endpoint', pending: [] } as const,
  { kind: 'not-linked', network: spoke, zone: null } as const,
])('$kind: every broken hop has a symptom, a way to see it and a fix; a doubt has no fix', (hop) => {
  const [stop] = stops(stopped(hop, 'eastus'));
  expect(stop?.problem).not.toBe('');
  expect(stop?.symptom).not.toBe('');
  expect(stop?.fix.length !== 0).toBe(!isDoubt(hop));
  if (hop.kind !== 'unseen') expect(stop?.confirm).not.toEqual([]);
  for (const command of [...(stop?.confirm ?? []), ...(stop?.fix ?? [])]) {
    expect(command).not.toMatch(/undefined|null/);
    // A name with a blank and a dollar sign stays one word.
    if (command.startsWith('az ')) expect(command.replaceAll(/'[^']*'/g, '')).not.toContain('$poke');
  }
});

test('the wrong address is taken out before the right one is put in', () => {
  const [stop] = stops(stopped(hops['wrong-record'], 'eastus'));
  expect(stop?.fix.map((command) => /(add|remove)-record .*--ipv4-address (\S+)/.exec(command)?.slice(1))).toEqual([
    ['remove', '10.9.9.9'],
    ['add', '10.1.0.5'],
  ]);
});

test('one cause is told once, with every region it stops, and what is broken comes before what is not known', () => {
  const found = stops(
    stopped(hops.egress, 'westeurope'),
    stopped(hops['no-record'], 'eastasia'),
    stopped(hops['no-record'], 'eastus'),
  );
  expect(found.map(({ hop, where }) => [hop.kind, where])).toEqual([
    ['no-record', [{ from: 'vnet-spoke', regions: ['eastasia', 'eastus'] }]],
    ['egress', [{ from: 'vnet-spoke', regions: ['westeurope'] }]],
  ]);
});
