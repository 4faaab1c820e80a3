import { describe, expect, test } from 'vitest';
import { checks } from '../../checks/index.ts';
import threeRegions from '../../fixtures/tenants/three-regions.json' with { type: 'json' };
import { denying, type TenantDocument } from '../../src/emulator/index.ts';
import { evaluate } from '../../src/engine/evaluate.ts';
import { exitOf } from '../../src/engine/exit-code.ts';
import { collected } from '../emulated.ts';
import { rendered } from '../report/support.ts';
import { toldVerdicts } from '../verdicts.ts';

const base = threeRegions as unknown as TenantDocument;
const hub = '/subscriptions/00000000-0000-0000-0000-00000000000a';
const partner =
  '/subscriptions/00000000-0000-0000-0000-00000000ffff/resourceGroups/rg/providers/Microsoft.ContainerRegistry/registries/partner';
const own = base.resources.find(({ id }) => id.endsWith('/registries/contosoprod'))?.id;

const endpointTo = (target: string | undefined) => ({
  id: `${hub}/resourceGroups/rg-hub/providers/Microsoft.Network/privateEndpoints/pe-out`,
  name: 'pe-out',
  type: 'Microsoft.Network/privateEndpoints',
  location: 'westeurope',
  properties: {
    privateLinkServiceConnections: [],
    manualPrivateLinkServiceConnections: [
      { name: 'pe-out', properties: { privateLinkServiceId: target, groupIds: ['registry'] } },
    ],
    customDnsConfigs: [],
  },
});

/** A tenant whose connectivity subscription holds networks and no registry. */
const withHub = (resources: TenantDocument['resources'], without: 'no registry' | null = null): TenantDocument => ({
  ...base,
  subscriptions: [
    ...(without ? [] : base.subscriptions),
    { subscriptionId: hub.slice('/subscriptions/'.length), displayName: 'Hub', state: 'Enabled' },
  ],
  resources: [...(without ? [] : base.resources), ...resources],
  faults: [
    {
      path: partner,
      status: 401,
      body: { error: { code: 'InvalidAuthenticationTokenTenant', message: 'The token is from the wrong issuer.' } },
    },
  ],
});

const judged = async (tenant: TenantDocument) => evaluate(await collected(tenant), { checks, profile: 'hardened' });
const verdictsOfHub = async (tenant: TenantDocument) =>
  Object.fromEntries(
    toldVerdicts(await judged(tenant))
      .filter(({ subject }) => subject === hub)
      .map(({ check, verdict }) => [check, verdict]),
  );

describe('a subscription that holds no registry is judged by what is about subscriptions themselves, and by that alone', () => {
  const tenants: Readonly<Record<string, TenantDocument>> = {
    'its endpoint leads to another tenant': withHub([endpointTo(partner)]),
    'its endpoint leads to a registry of ours': withHub([endpointTo(own)]),
    'no endpoint of it leads to a registry': withHub([]),
    'its endpoints may not be read': denying(withHub([]), hub, 'Microsoft.Network/privateEndpoints/*'),
    'its registries may not be listed': denying(withHub([endpointTo(partner)]), hub, 'Microsoft.ContainerRegistry/*'),
  };
  test.each([
    ['its endpoint leads to another tenant', 'fail'],
    ['its endpoint leads to a registry of ours', 'pass'],
    ['no endpoint of it leads to a registry', 'not-applicable'],
    ['its endpoints may not be read', 'unknown'],
    ['its registries may not be listed', 'fail'],
  ])('%s: %s', async (which, verdict) => {
    expect(await verdictsOfHub(tenants[which] ?? base)).toEqual({
      'endpoints-go-to-our-registries': verdict,
      // No app of it names a registry.
      'references-resolve': 'not-applicable',
    });
  });

  test('not where the user chose among the registries', async () => {
    const snapshot = await collected(withHub([endpointTo(partner)]));
    const narrowed = { ...snapshot, asked: { ...snapshot.asked, registries: ['contosoprod'] } };
    expect(
      toldVerdicts(evaluate(narrowed, { checks, profile: 'hardened' })).map(({ subject }) => subject),
    ).not.toContain(hub);
  });
});

describe('where no subscription holds a registry', () => {
  test.each([
    ['nothing leads to a registry', null, 'low', 3, '0 registries'],
    ['an endpoint leads to one of ours', own, 'low', 3, '0 registries'],
    ['an endpoint leads to another tenant', partner, 'high', 3, 'pe-out leads to registry partner'],
    ['an endpoint leads to another tenant', partner, 'medium', 1, 'pe-out leads to registry partner'],
  ] as const)('%s: no clean scan (%#)', async (_, target, failOn, code, says) => {
    const report = await judged(withHub(target ? [endpointTo(target)] : [], 'no registry'));
    expect(report).toMatchObject({ complete: false, unread: [{ what: 'registries' }] });
    const exit = exitOf(report, failOn, false);
    expect(exit.code).toBe(code);
    expect(rendered.table(report, { width: 100, colorLevel: 0, exit })).toContain(says);
  });
});
