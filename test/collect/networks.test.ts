import { expect, test } from 'vitest';
import { parseVirtualNetwork } from '../../src/collect/networks.ts';
import { ShapeError } from '../../src/collect/read.ts';
import { observed } from '../../src/model/evidence.ts';

const id = '/subscriptions/1/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/vnet';

test('a network with servers of its own, a peer, and subnets of both forms', () => {
  const body = {
    id,
    name: 'vnet',
    location: 'westeurope',
    properties: {
      addressSpace: { addressPrefixes: ['10.0.0.0/16'] },
      dhcpOptions: { dnsServers: ['10.0.0.4'] },
      virtualNetworkPeerings: [{ properties: { remoteVirtualNetwork: { id: '/hub' }, peeringState: 'Connected' } }],
      subnets: [
        {
          id: '/vnet/subnets/a',
          name: 'a',
          properties: { addressPrefix: '10.0.0.0/24', ipConfigurations: [{ id: '/1' }] },
        },
        { id: '/vnet/subnets/b', name: 'b', properties: { addressPrefixes: ['10.0.1.0/24', 'fd00::/64'] } },
      ],
    },
  };
  expect(parseVirtualNetwork(body)).toEqual({
    id,
    name: 'vnet',
    location: 'westeurope',
    dnsServers: ['10.0.0.4'],
    peerings: [{ remote: '/hub', state: 'Connected' }],
    subnets: [
      { id: '/vnet/subnets/a', name: 'a', prefixes: ['10.0.0.0/24'], usedAddresses: 1 },
      { id: '/vnet/subnets/b', name: 'b', prefixes: ['10.0.1.0/24', 'fd00::/64'], usedAddresses: null },
    ],
    managers: observed([]),
  });
});

test('ARM leaves out DNS servers where there are none', () => {
  const properties = { addressSpace: {}, virtualNetworkPeerings: [], subnets: [] };
  expect(parseVirtualNetwork({ id, name: 'vnet', properties })).toMatchObject({ dnsServers: [], location: null });
});

test.each(['virtualNetworkPeerings', 'subnets'])(
  'without its list of %s a network is not read as one without any',
  (left) => {
    const properties = { virtualNetworkPeerings: [], subnets: [], [left]: undefined };
    expect(() => parseVirtualNetwork({ id, name: 'vnet', properties })).toThrow(ShapeError);
  },
);
