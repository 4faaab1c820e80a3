import { describe, expect, test } from 'vitest';
import { confirmTrip } from '../../src/commands/trip-confirm.ts';
import { mendTrip } from '../../src/commands/trip-steps.ts';
import { textOf } from '../../src/engine/describe.ts';
import { pathFacts } from '../../src/facts/path/facts.ts';
import type { Stop } from '../../src/facts/path/stops.ts';
import { isDoubt } from '../../src/facts/path/stops.ts';
import type { Trip } from '../../src/facts/path/trips.ts';
import { problemOf, symptomOf } from '../../src/facts/path/words.ts';
import { observed } from '../../src/model/evidence.ts';
import { connection, dns, link, members, network, networkId, records, refused, zone, zoneId } from '../private-path.ts';
import { acr } from '../support.ts';

const [hub, spoke] = [networkId('vnet-hub'), networkId('vnet $poke')];
const at = { zone: zoneId(), link: 'vnet-spoke', record: 'contoso.eastus.data', wanted: ['10.1.0.5'] };
const stops: { readonly [K in Stop['kind']]: Stop & { readonly kind: K } } = {
  'no-endpoint': { kind: 'no-endpoint', pending: [] },
  'not-linked': {
    kind: 'not-linked',
    network: spoke,
    choice: { zone: zoneId(), endpoint: 'pe-a', to: hub, route: 'none' },
  },
  'falls-back': { kind: 'falls-back', ...at },
  'no-record': { kind: 'no-record', ...at, wanted: null },
  'wrong-record': { kind: 'wrong-record', ...at, saw: ['10.9.9.9'] },
  'half-record': { kind: 'half-record', ...at, saw: ['10.1.0.5', '10.9.9.9'] },
  'no-member': { kind: 'no-member', endpoint: 'pe-a', region: 'eastus' },
  'no-route': { kind: 'no-route', endpoint: 'pe-a', from: spoke, to: hub, own: null, ...at },
  'own-dns': { kind: 'own-dns', network: spoke, servers: ['10.0.0.4'] },
  forwarded: { kind: 'forwarded', network: spoke, ruleset: 'rules', servers: ['10.0.0.4'] },
  indirect: { kind: 'indirect', endpoint: 'pe-a', from: spoke, to: hub, managers: ['mesh'] },
  egress: { kind: 'egress', network: spoke, rules: ['20.1.2.3'] },
  'unnamed-network': { kind: 'unnamed-network', cluster: '/subscriptions/s/clusters/aks', nodeResourceGroup: 'MC_aks' },
  unseen: { kind: 'unseen', unseen: 'unread', reason: 'the zone was denied', missing: [] },
};
const name = { fqdn: 'contoso.eastus.data.azurecr.io', branch: 'eastus.data', region: 'eastus' };
const tripWith = (stop: Stop, from = spoke): Trip => ({
  network: {
    id: from,
    name: 'vnet-spoke',
    who: [],
    clusters: [],
    apps: [],
    declared: true,
    holdsEndpoint: false,
    concerned: false,
  },
  name,
  resolution: null,
  arrival: { works: isDoubt(stop) ? 'unknown' : 'no', stop, seen: [] },
});
const facts = pathFacts(
  {
    registry: acr(),
    privateEndpoints: [connection()],
    privateDns: dns(zone(records(['westeurope']), { links: [link('vnet-hub')] })),
    networks: [network('vnet-a'), network('vnet-hub')],
  },
  'azurecr.io',
);
const fixOf = (stop: Stop, given = facts, from = spoke) => mendTrip(tripWith(stop, from), given).map(textOf);

test.each(Object.values(stops))(
  '$kind: a broken hop has a symptom, a way to see it and a fix; a doubt has no fix',
  (stop) => {
    expect(problemOf(stop, name)).not.toBe('');
    expect(symptomOf(stop, name, 'azurecr.io')).not.toBe('');
    const confirm = confirmTrip(tripWith(stop), facts);
    const fix = fixOf(stop);
    expect(fix.length !== 0).toBe(!isDoubt(stop));
    if (stop.kind !== 'unseen') expect(confirm).not.toEqual([]);
    for (const command of [...confirm, ...fix]) {
      expect(command).not.toMatch(/undefined|null/);
      // A name with a blank and a dollar sign stays one word.
      if (command.startsWith('az ')) expect(command.replaceAll(/'[^']*'/g, '')).not.toContain('$poke');
    }
  },
);

test('a record gets the right address before it loses the wrong one', () => {
  const fix = fixOf(stops['wrong-record']);
  expect(fix.map((command) => /(add|remove)-record .*--ipv4-address (\S+)/.exec(command)?.slice(1))).toEqual([
    ['add', '10.1.0.5'],
    ['remove', '10.9.9.9'],
  ]);
});

describe('a network is only linked to a zone once it has a way to where the names lead', () => {
  const peered = (state: string, to = 'vnet-a') => {
    const spokeRead = network('vnet-spoke');
    return pathFacts(
      {
        registry: acr(),
        privateEndpoints: [connection()],
        privateDns: dns(zone(records(['westeurope']), { links: [link('vnet-a')] })),
        networks: [
          to === 'vnet-a'
            ? network('vnet-a')
            : { id: networkId('vnet-a'), network: refused('Microsoft.Network/virtualNetworks/read') },
          {
            ...spokeRead,
            network:
              spokeRead.network.state === 'observed'
                ? observed({ ...spokeRead.network.value, peerings: [{ remote: networkId(to), state }] })
                : spokeRead.network,
          },
        ],
      },
      'azurecr.io',
    );
  };
  const from = networkId('vnet-spoke');
  const notLinked: Stop = { kind: 'not-linked', network: from, choice: null };
  test('peered: the link', () => {
    expect(fixOf(notLinked, peered('Connected'), from)).toEqual([expect.stringContaining('link vnet create')]);
  });
  test.each([
    ['not peered', 'Disconnected', 'vnet-a'],
    ['peered with another, which may connect the two', 'Connected', 'vnet-core'],
  ])('%s: first the way, then the link', (_, state, to) => {
    expect(fixOf(notLinked, peered(state, to), from)).toEqual([
      expect.stringMatching(/^First give vnet-spoke a way .*peer it with vnet-a/),
      expect.stringContaining('link vnet create'),
    ]);
  });
});

test('a zone of another registry is never offered for linking', () => {
  const others = zone({ fabrikam: '10.8.0.4' }, { id: zoneId(undefined, 'rg-fabrikam'), links: [link('vnet-a')] });
  const without = pathFacts(
    {
      registry: acr(),
      privateEndpoints: [connection({ zoneGroups: observed([]) })],
      privateDns: dns(others),
      networks: [network('vnet-a'), network('vnet-spoke')],
    },
    'azurecr.io',
  );
  const from = networkId('vnet-spoke');
  expect(fixOf({ kind: 'not-linked', network: from, choice: null }, without, from).join('\n')).not.toContain(
    'rg-fabrikam',
  );
});

test('where the zone group writes to another zone than the network asks, the group gets that zone too', () => {
  const elsewhere = zoneId(undefined, 'rg-other');
  const given = pathFacts(
    {
      registry: acr(),
      privateEndpoints: [
        connection({
          members: observed(members(['eastus'])),
          zoneGroups: observed([{ name: 'default', zones: [elsewhere] }]),
        }),
      ],
      privateDns: dns(zone({}, { links: [link('vnet-a')] })),
      networks: [network('vnet-a')],
    },
    'azurecr.io',
  );
  expect(fixOf({ kind: 'no-record', ...at }, given, networkId('vnet-a'))).toEqual([
    expect.stringMatching(/dns-zone-group add .*--private-dns-zone \S+rg-net/),
    expect.stringContaining('rg-other'),
  ]);
});

test('of two endpoints that share a zone the network keeps its own: the zone is left once the other one is full', () => {
  const fix = fixOf({ ...stops['no-route'], own: 'pe-spoke' });
  expect(fix).toEqual([
    expect.stringMatching(
      /delete the endpoint that is one too many; else .* copy all records .* only then move the link/,
    ),
  ]);
  expect(fix.join()).not.toContain('First give');
});

test('an endpoint that was read and has no address for a name gets one: no record is written by hand before', () => {
  const fix = fixOf({ ...stops['no-record'], wanted: null });
  expect(fix).toEqual([expect.stringMatching(/^Give pe-a an address for eastus: mend the replica/)]);
});

describe('an endpoint that is to be made', () => {
  const westus = network('vnet-us');
  const plan = pathFacts(
    {
      registry: acr(),
      privateEndpoints: [],
      privateDns: dns(
        zone({ fabrikam: '10.8.0.4' }, { id: zoneId(undefined, 'rg-central'), links: [link('vnet-hub')] }),
      ),
      networks: [
        {
          id: westus.id.replace('000000000001', '000000000002'),
          network:
            westus.network.state === 'observed'
              ? observed({
                  ...westus.network.value,
                  id: westus.id.replace('000000000001', '000000000002'),
                  location: 'westus',
                })
              : westus.network,
        },
      ],
    },
    'azurecr.io',
  );
  const steps = fixOf(stops['no-endpoint'], plan, networkId('vnet-us').replace('000000000001', '000000000002'));
  test('is in the subscription, group and region of its network', () => {
    expect(steps.join('\n')).toMatch(
      /private-endpoint create --subscription 00000000-0000-0000-0000-000000000002 --resource-group rg-net .*--location westus/,
    );
  });
  test('uses the zone that there is, and names the networks linked to it', () => {
    expect(steps.join('\n')).not.toContain('private-dns zone create');
    expect(steps.join('\n')).toMatch(/dns-zone-group create .*--private-dns-zone \S+rg-central/);
    expect(steps.find((step) => step.startsWith('Look for further zones'))).toContain(' (vnet-hub).');
  });
});

test('what a zone is linked to that could not be read is named before an endpoint is made beside it', () => {
  const links = refused('Microsoft.Network/privateDnsZones/virtualNetworkLinks/read');
  const given = pathFacts(
    {
      registry: acr(),
      privateEndpoints: [],
      privateDns: dns({ ...zone({}, { id: zoneId(undefined, 'rg-central') }), links }),
      networks: [network('vnet-a')],
    },
    'azurecr.io',
  );
  expect(fixOf(stops['no-endpoint'], given, networkId('vnet-a')).join('\n')).toContain(
    'To what these are linked could not be read: privatelink.azurecr.io (rg-central).',
  );
});

test("somebody else's endpoint is no reason for a record with its address", () => {
  const foreign = connection(
    {},
    { placement: { whose: 'another-tenant', tenant: null }, endpoint: observed({ ...stub() }) },
  );
  const given = pathFacts(
    { registry: acr(), privateEndpoints: [foreign], privateDns: dns(zone({}, { links: [link('vnet-a')] })) },
    'azurecr.io',
  );
  const fix = fixOf({ kind: 'no-record', ...at, link: 'vnet-a', wanted: null }, given, networkId('vnet-a'));
  expect(fix[0]).toContain('resolutionPolicy=NxDomainRedirect');
  expect(fix.join('\n')).not.toContain('add-record');
});

function stub() {
  const { endpoint } = connection({ members: observed(members(['westeurope'], '10.8.0')) });
  if (endpoint.state !== 'observed') throw new Error('the fixture is observed');
  return endpoint.value;
}
