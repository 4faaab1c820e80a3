import { expect, test } from 'vitest';
import { parseVirtualNetwork } from '../../src/collect/networks.ts';

test('a network with servers of its own, a peer, and subnets of both forms', () => {
  const body = {
    id: '/vnet',
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
    id: '/vnet',
    name: 'vnet',
    location: 'westeurope',
    addressSpace: ['10.0.0.0/16'],
    dnsServers: ['10.0.0.4'],
    peerings: [{ remote: '/hub', state: 'Connected' }],
    subnets: [
      { id: '/vnet/subnets/a', name: 'a', prefixes: ['10.0.0.0/24'], usedAddresses: 1 },
      { id: '/vnet/subnets/b', name: 'b', prefixes: ['10.0.1.0/24', 'fd00::/64'], usedAddresses: 0 },
    ],
  });
});

test('ARM leaves out what is empty', () => {
  const read = parseVirtualNetwork({ id: '/vnet', name: 'vnet', properties: { addressSpace: {} } });
  expect(read).toMatchObject({ dnsServers: [], peerings: [], subnets: [], location: null });
});
