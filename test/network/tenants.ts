import { readdirSync, readFileSync } from 'node:fs';
import { checks } from '../../checks/index.ts';
import { withPrerequisites } from '../../src/collect/index.ts';
import type { TenantDocument } from '../../src/emulator/index.ts';
import { pathFacets } from '../../src/explain/path.ts';
import type { Facet } from '../../src/model/facets.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { collected as collectedFrom } from '../emulated.ts';
import { networkTenant, type Wiring } from '../emulator/network-tenant.ts';

const fixtures = new URL('../../fixtures/', import.meta.url);
const read = (path: string): unknown => JSON.parse(readFileSync(new URL(path, fixtures), 'utf8'));
const filesIn = (folder: string): readonly string[] => readdirSync(new URL(folder, fixtures)).sort();

const regions = ['westeurope', 'eastasia'];
const hubAndSpoke: Wiring = {
  registries: { contoso: { regions }, fabrikam: { regions: ['westeurope'] } },
  networks: { 'vnet-hub': { peers: ['vnet-spoke'] }, 'vnet-spoke': { peers: ['vnet-hub'] }, 'vnet-far': {} },
  endpoints: [
    { name: 'pe-hub', registry: 'contoso', network: 'vnet-hub', prefix: '10.1.0', zone: 'rg-dns' },
    { name: 'pe-fabrikam', registry: 'fabrikam', network: 'vnet-hub', prefix: '10.1.9', zone: 'rg-dns' },
  ],
  zones: { 'rg-dns': ['vnet-hub'] },
  clusters: { 'aks-spoke': 'vnet-spoke' },
};

/** The hub and its zone are in another subscription than the spoke; a third has nothing to do with either. */
const elsewhere: Wiring = {
  ...hubAndSpoke,
  networks: {
    'vnet-hub': { peers: ['vnet-spoke'], subscription: 2 },
    'vnet-spoke': { peers: ['vnet-hub'] },
    'vnet-far': { subscription: 3 },
  },
};

/** Networks drawn by their wiring, beside the tenants of the fixtures. */
const wirings: Readonly<Record<string, Wiring>> = {
  'a spoke that nobody linked': hubAndSpoke,
  'a spoke that is linked': { ...hubAndSpoke, zones: { 'rg-dns': ['vnet-hub', 'vnet-spoke'] } },
  'a cluster without a way to the hub': { ...hubAndSpoke, clusters: { 'aks-far': 'vnet-far' } },
  'a cluster without a way to the hub, and linked': {
    ...hubAndSpoke,
    clusters: { 'aks-far': 'vnet-far' },
    zones: { 'rg-dns': ['vnet-hub', 'vnet-far'] },
  },
  'a spoke with servers of its own': {
    ...hubAndSpoke,
    networks: { ...hubAndSpoke.networks, 'vnet-spoke': { peers: ['vnet-hub'], dnsServers: ['10.9.0.4'] } },
  },
  'two endpoints that share a zone': {
    ...hubAndSpoke,
    endpoints: [
      ...hubAndSpoke.endpoints,
      { name: 'pe-far', registry: 'contoso', network: 'vnet-far', prefix: '10.2.0', zone: 'rg-dns' },
    ],
    zones: { 'rg-dns': ['vnet-hub', 'vnet-far'] },
  },
  'two registries with a zone each': {
    ...hubAndSpoke,
    endpoints: hubAndSpoke.endpoints.map((one) =>
      one.registry === 'fabrikam' ? { ...one, network: 'vnet-far', zone: 'rg-far' } : one,
    ),
    zones: { 'rg-dns': ['vnet-hub', 'vnet-spoke'], 'rg-far': ['vnet-far'] },
    clusters: { 'aks-spoke': 'vnet-spoke', 'aks-far': 'vnet-far' },
  },
  'a spoke whose names go to the private resolver of the hub, in another subscription': {
    ...elsewhere,
    rulesets: { central: { subscription: 2, rules: { 'azurecr.io.': ['10.1.9.4'] }, links: ['vnet-spoke'] } },
    resolvers: { hub: { network: 'vnet-hub', ip: '10.1.9.4' } },
  },
  'the same, and servers that nobody knows answer': {
    ...elsewhere,
    rulesets: { central: { subscription: 2, rules: { '.': ['10.200.0.53'] }, links: ['vnet-spoke'] } },
  },
  'a spoke that is linked, and whose names go to servers that nobody knows': {
    ...elsewhere,
    zones: { 'rg-dns': ['vnet-hub', 'vnet-spoke'] },
    rulesets: { central: { subscription: 2, rules: { 'azurecr.io.': ['10.200.0.53'] }, links: ['vnet-spoke'] } },
  },
  'two spokes that only an appliance of the hub may connect': {
    ...hubAndSpoke,
    networks: {
      'vnet-hub': { peers: ['vnet-spoke', 'vnet-shared'] },
      'vnet-spoke': { peers: ['vnet-hub'] },
      'vnet-shared': { peers: ['vnet-hub'] },
      'vnet-far': {},
    },
    endpoints: hubAndSpoke.endpoints.map((one) => ({ ...one, network: 'vnet-shared' })),
    zones: { 'rg-dns': ['vnet-shared', 'vnet-spoke'] },
  },
  'networks that only a network manager may connect': {
    ...hubAndSpoke,
    networks: { 'vnet-hub': {}, 'vnet-spoke': {} },
    zones: { 'rg-dns': ['vnet-hub', 'vnet-spoke'] },
    managers: { mesh: [1] },
  },
};

/** Every tenant of the fixtures, cases that somebody reported among them, and some wirings, by name. */
export const tenants: readonly (readonly [string, TenantDocument])[] = [
  ...filesIn('tenants/').map((file) => [file, read(`tenants/${file}`) as TenantDocument] as const),
  ...filesIn('cases/').map((file) => [file, (read(`cases/${file}`) as { tenant: TenantDocument }).tenant] as const),
  ...Object.entries(wirings).map(([name, wiring]) => [name, networkTenant(wiring)] as const),
];

/** What the checks of the network and `explain path` ask for. */
export const wanted: ReadonlySet<Facet> = withPrerequisites(
  new Set([
    ...pathFacets,
    ...checks
      .filter(({ area }) => area === 'network')
      .flatMap(({ needs, evidence = [], words = [] }): readonly Facet[] => [...needs, ...evidence, ...words]),
  ]),
);

/** What they ask for, as it is collected from an emulated tenant. */
export const collected = (document: TenantDocument): Promise<Snapshot> => collectedFrom(document, wanted);
