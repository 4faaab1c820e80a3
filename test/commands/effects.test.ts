import { describe, expect, test } from 'vitest';
import { createZone, keepPrivate, linkZone, removeRecord } from '../../src/commands/dns.ts';
import { attachZoneGroup, createEndpoint, deleteConnection } from '../../src/commands/endpoints.ts';
import { applied as appliedOne, refusalOf } from '../../src/commands/table.ts';
import { acrScopeMapAllow, acrScopeMapDelete, dropped, renewed } from '../../src/commands/tokens.ts';
import { observed } from '../../src/model/evidence.ts';
import type { EndpointConnection } from '../../src/model/facets/private-endpoints.ts';
import { isCommand, type KnownFacts, type Step } from '../../src/model/step.ts';
import { connection, dns, link, members, networkId, records, refused, zone, zoneId } from '../private-path.ts';
import { acr } from '../support.ts';
import { mapId, password, scopeMap, token } from '../tokens.ts';

/** The facts after the steps; the refusal, where one is refused. */
function applied(facts: KnownFacts, ...steps: readonly Step[]): KnownFacts | string {
  let known = facts;
  for (const step of steps) {
    if (!isCommand(step)) continue;
    const refusal = refusalOf(step, known);
    if (refusal) return refusal.refused;
    known = appliedOne(step, known);
  }
  return known;
}

describe('ARM refuses', () => {
  const denied = refused('Microsoft.Network/privateDnsZones/virtualNetworkLinks/read');
  test.each<[string, KnownFacts, Step, string]>([
    [
      'a second link of one name in a zone',
      { privateDns: dns(zone({}, { links: [link('vnet-a'), link('vnet-b')] })) },
      linkZone(zoneId(), networkId('vnet-b'), 'VNET-A'),
      'the zone has a link VNET-A already',
    ],
    [
      'a second zone of one name for a network',
      { privateDns: dns(zone({}, { id: zoneId(undefined, 'rg-b') }), zone({}, { links: [] })) },
      linkZone(zoneId(), networkId('vnet-a')),
      "A virtual network cannot be linked to multiple zones with overlapping namespaces. You tried to link virtual network with 'privatelink.azurecr.io' and 'privatelink.azurecr.io' zones.",
    ],
    [
      'to delete a scope map that one of its tokens still uses',
      { tokens: [token('other'), token('ci', { scopeMap: mapId('CI') })], scopeMaps: [scopeMap('ci')] },
      acrScopeMapDelete(scopeMap('ci')),
      'a token still uses the scope map ci',
    ],
    [
      'a private endpoint to a registry that is not Premium',
      { registry: acr({ sku: 'Standard' }) },
      createEndpoint('azurecr.io'),
      'a private endpoint needs Premium',
    ],
  ])('%s', (_, facts, step, reason) => {
    expect(applied(facts, step)).toBe(reason);
  });

  test.each<[string, KnownFacts, Step]>([
    [
      'a link of the same name in another zone',
      { privateDns: dns(zone({}, { id: zoneId(undefined, 'rg-b') }), zone({}, { links: [] })) },
      linkZone(zoneId(), networkId('vnet-b'), 'vnet-a'),
    ],
    [
      'a link to a zone whose links were denied',
      { privateDns: dns({ ...zone({}), links: denied }) },
      linkZone(zoneId(), networkId('vnet-a')),
    ],
    [
      'to delete a map that no token names',
      { tokens: [token('ci', { scopeMap: null }), token('other')] },
      acrScopeMapDelete(scopeMap('ci')),
    ],
  ])('not %s', (_, facts, step) => {
    expect(applied(facts, step)).toBeTypeOf('object');
  });
});

describe('a command changes what it names and nothing else', () => {
  const connections: readonly EndpointConnection[] = [connection({ name: 'pe-a' }), connection({ name: 'pe-b' })];

  test('a zone that is there already is kept as it is', () => {
    const facts = { privateDns: dns(zone(records(['westeurope']))) };
    expect(applied(facts, createZone(zoneId().toUpperCase()))).toEqual(facts);
  });

  test('one link is kept from the internet', () => {
    const links = ['vnet-a', 'vnet-b'].map((name) => link(name, { resolutionPolicy: 'NxDomainRedirect' }));
    const kept = { ...link('vnet-b'), resolutionPolicy: 'Default' };
    expect(applied({ privateDns: dns(zone({}, { links })) }, keepPrivate(zoneId(), 'vnet-b'))).toMatchObject({
      privateDns: { zones: [{ links: { value: [links[0], kept] } }] },
    });
  });

  test('a zone group of one endpoint writes its records alone', () => {
    const ofB = { name: 'pe-b', members: observed(members(['westeurope'], '10.2.0')), zoneGroups: observed([]) };
    const facts: KnownFacts = {
      privateEndpoints: [connection({ name: 'pe-a' }), connection(ofB)],
      privateDns: dns(zone({})),
    };
    const { endpointId } = connection(ofB);
    expect(applied(facts, attachZoneGroup(endpointId ?? '', zoneId()))).toMatchObject({
      privateEndpoints: [
        connection({ name: 'pe-a' }),
        { endpoint: { value: { zoneGroups: { value: [{ name: 'default', zones: [zoneId()] }] } } } },
      ],
      privateDns: { zones: [zone(records(['westeurope'], '10.2.0'))] },
    });
  });

  test('a record that loses its last address is gone', () => {
    const facts = { privateDns: dns(zone({ contoso: '10.1.0.4', other: '10.1.0.9' })) };
    expect(applied(facts, removeRecord(zoneId(), 'contoso', '10.1.0.4'))).toEqual({
      privateDns: dns(zone({ other: '10.1.0.9' })),
    });
  });

  test('one connection is deleted', () => {
    expect(applied({ privateEndpoints: connections }, deleteConnection('PE-A'))).toMatchObject({
      privateEndpoints: [{ name: 'pe-b' }],
    });
  });

  test('one password of one token is renewed, or dropped', () => {
    const passwords = [password('password1', null), password('password2', null)];
    const [ci, other] = [token('ci', { passwords }), token('other', { passwords })];
    const [credential] = passwords;
    if (!credential) throw new Error('the token has passwords');
    const held = {
      at: 'tokens/0/passwords/0',
      kind: 'password',
      token: ci,
      credential,
      about: '',
      thing: 'token/ci',
    } as const;
    const now = '2026-11-23T02:00:00.000Z';
    const fresh = { ...passwords[1], createdAt: now, expiry: '2026-12-23T02:00:00.000Z' };
    // The other password is made anew and takes over before this one goes.
    expect(applied({ tokens: [ci, other] }, ...renewed(held, 30, now))).toEqual({
      tokens: [{ ...ci, passwords: [fresh] }, other],
    });
    const ended = password('password1', '2026-01-01T00:00:00.000Z');
    const alone = token('ci', { passwords: [ended] });
    expect(applied({ tokens: [alone] }, ...dropped({ ...held, token: alone, credential: ended }, 30, now))).toEqual({
      tokens: [{ ...alone, passwords: [] }],
    });
    // A new one is to come in its place.
    expect(dropped(held, 30, now)).toEqual([]);
  });

  test('one scope map allows more, each action once and in order', () => {
    const [app, other] = [scopeMap('app', 'repositories/app/content/write'), scopeMap('other')];
    const step = acrScopeMapAllow('app', 'app', 'content/write', 'content/read');
    expect(applied({ scopeMaps: [app, other] }, step)).toEqual({
      scopeMaps: [scopeMap('app', 'repositories/app/content/read', 'repositories/app/content/write'), other],
    });
  });
});
