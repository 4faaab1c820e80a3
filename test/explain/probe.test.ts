import { expect, test } from 'vitest';
import { probePage } from '../../src/explain/probe.ts';
import { probeNames } from '../../src/explain/probe-names.ts';
import type { Connection, ResolvedName } from '../../src/model/facets/resolution.ts';

type Saw = Partial<Pick<ResolvedName, 'aliases' | 'ips' | 'problem'>> & {
  readonly ends?: (address: string) => Connection;
};

const asks = (address: string): Connection => ({
  address,
  step: 'http',
  status: 401,
  challenged: true,
  denial: null,
  redirect: null,
});
const stands = (address: string): Connection => ({ address, step: 'connected' });
const times = (address: string): Connection => ({ address, step: 'tcp', problem: 'timeout' });

/** What a machine saw of the login server and of the data endpoint in westeurope. */
const page = (login: Saw, data: Saw = { ips: ['10.0.0.5'] }) =>
  probePage(
    probeNames('contoso.azurecr.io', ['westeurope']).map((name, index) => {
      const { aliases = [], ips = [], problem = null, ends = index === 0 ? asks : stands } = index === 0 ? login : data;
      return { ...name, aliases, ips, problem, connections: ips.map(ends) };
    }),
    ['10.0.0.1'],
    false,
  );

test.each<[string, Saw, Saw, 'good' | 'broken' | 'unclear', readonly string[]]>([
  ['all private', { ips: ['10.0.0.4'] }, { ips: ['10.0.0.5'] }, 'good', []],
  ['all public', { ips: ['20.1.2.3'] }, { ips: ['20.1.2.4'] }, 'good', []],
  ['private by IPv6', { ips: ['fd00::4'] }, { ips: ['fd00::5'] }, 'good', []],
  [
    'login private, data public',
    { ips: ['10.0.0.4'] },
    { ips: ['20.1.2.4'] },
    'broken',
    ['private-dns-no-internet-fallback', 'private-dns-records-complete'],
  ],
  [
    'private and public at once',
    { ips: ['10.0.0.4', '20.1.2.3'] },
    { ips: ['10.0.0.5'] },
    'broken',
    ['private-dns-records-complete'],
  ],
  [
    'a private address that nobody routes to',
    { ips: ['10.0.0.4'], ends: times },
    { ips: ['10.0.0.5'] },
    'broken',
    ['clusters-reach-registry', 'private-dns-records-complete'],
  ],
  [
    'one of two addresses dead',
    { ips: ['10.0.0.4', '10.0.0.9'], ends: (ip) => (ip === '10.0.0.9' ? times(ip) : asks(ip)) },
    { ips: ['10.0.0.5'] },
    'broken',
    ['clusters-reach-registry', 'private-dns-records-complete'],
  ],
  [
    'a name server that is silent',
    { problem: 'TIMEOUT' },
    { problem: 'TIMEOUT' },
    'unclear',
    ['private-dns-zone-linked'],
  ],
])('%s: what it means', (_, login, data, verdict, checks) => {
  const seen = page(login, data);
  expect(seen.verdict).toBe(verdict);
  expect(seen.symptoms[0]?.checks ?? []).toEqual(checks);
});

const denied = (address: string): Connection => ({
  ...asks(address),
  step: 'http',
  status: 403,
  challenged: false,
  denial: "client with IP '203.0.113.7' is not allowed access.",
  redirect: null,
});
const cut = (address: string): Connection => ({ address, step: 'tcp', problem: 'unreachable' });

test.each<[string, Saw, RegExp, readonly string[]]>([
  [
    'a 403 at a private address: no rule stands before an endpoint',
    { aliases: ['contoso.privatelink.azurecr.io'], ips: ['10.0.0.4'], ends: denied },
    /^A private endpoint asks no network rule/,
    ['private-dns-records-complete'],
  ],
  [
    'a 403 at the public address of an alias',
    { aliases: ['contoso.privatelink.azurecr.io'], ips: ['20.1.2.3'], ends: denied },
    /which this machine's DNS does not know/,
    ['private-dns-zone-linked', 'clusters-reach-registry'],
  ],
  ['no way to a public address', { ips: ['20.1.2.3'], ends: cut }, /no way out/, ['clusters-reach-registry']],
  [
    'a public address that is silent',
    { ips: ['20.1.2.3'], ends: times },
    /A firewall on the way out drops/,
    ['clusters-reach-registry'],
  ],
])('%s: its cause, and no more notes beside it', (_, login, cause, checks) => {
  const seen = page(login, { ips: login.ips ?? [] });
  expect(seen.symptoms[0]?.cause).toMatch(cause);
  expect(seen.symptoms[0]?.checks).toEqual(checks);
  expect(seen.notes).toEqual([]);
});

test('what to look at next is asked of the registry, without the hash of its login server', () => {
  const [name] = probeNames('contoso-exfrbuffaye7ceag.azurecr.io', []);
  const looked = [{ ...(name ?? expect.unreachable()), aliases: [], ips: [], problem: 'NXDOMAIN', connections: [] }];
  const [symptom] = probePage(looked, [], false).symptoms;
  expect(symptom?.next).toContain('acr-audit explain path --registry contoso');
});

test('an alias of a private name with a public address says that this network is not linked', () => {
  const seen = page(
    { aliases: ['contoso.privatelink.azurecr.io', 'x.westeurope.azurecr.io'], ips: ['20.1.2.3'] },
    { ips: ['20.1.2.4'] },
  );
  expect(seen.notes.join()).toMatch(/not in a network linked/);
});
