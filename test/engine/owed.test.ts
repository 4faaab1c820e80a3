import { describe, expect, test } from 'vitest';
import { acrUpdate } from '../../src/commands/index.ts';
import { owed } from '../../src/engine/owed.ts';
import { observed } from '../../src/model/evidence.ts';
import { cluster, consumers, declared } from '../clusters.ts';
import { connection, dns, link, network, networkId, records, zone } from '../private-path.ts';
import { acr, registryId } from '../support.ts';

/** An open registry with an endpoint in vnet-a, and a cluster in a spoke that is peered with it. */
const around = (linked: readonly string[]) => {
  const peered = (name: string, remote: string) => {
    const { id, network: read } = network(name);
    const peerings = [{ remote: networkId(remote), state: 'Connected' }];
    return { id, network: read.state === 'observed' ? observed({ ...read.value, peerings }) : read };
  };
  const spoke = cluster('aks', { subnets: [`${networkId('vnet-spoke')}/subnets/nodes`] });
  return {
    evidence: {
      registry: observed(
        acr({
          publicNetworkAccess: 'Enabled',
          networkRuleSet: { defaultAction: 'Allow', ipRules: [], virtualNetworkRules: [] },
        }),
      ),
      replications: observed([]),
      privateEndpoints: observed([connection()]),
      privateDns: observed(dns(zone(records(['westeurope']), { links: linked.map((name) => link(name)) }))),
      networks: observed([peered('vnet-a', 'vnet-spoke'), peered('vnet-spoke', 'vnet-a')]),
      consumers: observed(declared(consumers(spoke), 'aks')),
      roleAssignments: observed({ assignments: [], definitions: observed([]) }),
    },
    suffix: 'azurecr.io',
    registries: [registryId],
    others: () => [],
  };
};

describe.each([
  ['public access is switched off', acrUpdate({ publicNetworkEnabled: false })],
  ['unlisted networks are refused', acrUpdate({ defaultAction: 'Deny' })],
])('before %s', (_, closing) => {
  test('a cluster in a spoke without a link must be confirmed', () => {
    expect(owed([closing], around(['vnet-a']))).toEqual([
      { kind: 'manual', text: expect.stringContaining('Confirm first that network vnet-spoke can pull') },
      closing,
    ]);
  });

  test('a spoke that is linked needs no confirmation', () => {
    expect(owed([closing], around(['vnet-a', 'vnet-spoke']))).toEqual([closing]);
  });
});
