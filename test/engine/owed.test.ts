import { describe, expect, test } from 'vitest';
import { acrUpdate } from '../../src/commands/index.ts';
import { forOwnerOf } from '../../src/commands/manual.ts';
import { roleUnassign } from '../../src/commands/roles.ts';
import { owed } from '../../src/engine/owed.ts';
import { roleIds } from '../../src/facts/access/roles.ts';
import { covers } from '../../src/facts/access/scopes.ts';
import type { Command } from '../../src/model/command.ts';
import { observed } from '../../src/model/evidence.ts';
import type { Step } from '../../src/model/step.ts';
import { cluster, consumers, declared } from '../clusters.ts';
import { connection, dns, link, network, networkId, records, zone } from '../private-path.ts';
import { assigned, roles } from '../roles.ts';
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
    below: () => 1,
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

describe('a step about a scope above the registry', () => {
  const subscription = '/subscriptions/00000000-0000-0000-0000-000000000001';
  const elsewhere = registryId.replace('0001', '0002');
  const asked = (scope: string, registries = [registryId, `${registryId}2`, elsewhere]) =>
    owed([forOwnerOf(scope, 'Ask.')], {
      ...around([]),
      below: (of: string) => registries.filter((id) => covers(of, id)).length,
    }).map((step) => textOf(step));
  const textOf = (step: Step) => (step.kind === 'manual' ? step.text : step);

  test('says how many registries lie below it', () => {
    expect(asked(subscription)).toEqual(['Ask. It reaches everything below that scope: 2 registries of this scan.']);
    expect(asked('/providers/Microsoft.Management/managementGroups/root')[0]).toContain('3 registries');
    expect(asked('/')[0]).toContain('3 registries');
    expect(asked(registryId.replace(/\/providers.*/, ''))[0]).toContain('2 registries');
    expect(asked(subscription, [registryId])[0]).toContain('this one alone');
  });

  test('an inherited assignment is never taken away by a command', () => {
    const id = `${subscription}/providers/Microsoft.Authorization/roleAssignments/1`;
    const { evidence, ...rest } = around([]);
    const roleAssignments = observed(roles([assigned(roleIds.owner, { id, scope: subscription })]));
    const [step] = owed([roleUnassign(id)], { ...rest, evidence: { ...evidence, roleAssignments } });
    expect(step).toMatchObject({ kind: 'manual', text: expect.stringContaining('this one alone') });
  });
});

describe('what a lock against deletion at the registry, its group or the subscription refuses', () => {
  const group = registryId.replace(/\/providers.*/, '');
  const subscription = group.replace(/\/resourceGroups.*/, '');
  const deletions: readonly Command[] = [
    roleUnassign(`${registryId}/providers/Microsoft.Authorization/roleAssignments/1`),
    { kind: 'scopeMap.delete', map: 'old' },
    { kind: 'replica.delete', replica: 'eastus' },
    { kind: 'exportPipeline.delete', id: `${registryId}/exportPipelines/out` },
  ];
  const ofGroup: Command = {
    kind: 'federatedCredential.delete',
    id: `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/ci/federatedIdentityCredentials/main`,
  };
  const locked = (step: Command, scope: string) => {
    const { evidence, ...rest } = around([]);
    const lock = { id: `${scope}/locks/keep`, name: 'keep', scope, level: 'CanNotDelete' } as const;
    const roleAssignments = observed(roles([assigned(roleIds.acrPush)]));
    return owed([step], { ...rest, evidence: { ...evidence, roleAssignments, locks: observed([lock]) } });
  };
  test.each([
    ...deletions.flatMap((step) => [registryId, group, subscription].map((scope) => [step.kind, scope, step] as const)),
    [ofGroup.kind, group, ofGroup] as const,
    [ofGroup.kind, subscription, ofGroup] as const,
  ])('%s below %s comes after whoever owns the lock has lifted it', (_, scope, step) => {
    const [lift, then] = locked(step, scope);
    expect(lift).toMatchObject({
      kind: 'manual',
      text: expect.stringMatching(/whoever owns the lock keep at .* lift it/),
    });
    expect(then).toEqual(step);
  });

  test('a credential of another group is not below a lock of the registry', () => {
    expect(locked(ofGroup, registryId)).toEqual([ofGroup]);
  });
});
