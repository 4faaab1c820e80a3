import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checks } from '../../checks/index.ts';
import { pathIn } from '../../src/cli/pages.ts';
import { judgeAll } from '../../src/engine/judge-all.ts';
import { probePage } from '../../src/explain/probe.ts';
import { denied, observed } from '../../src/model/evidence.ts';
import { sameId } from '../../src/model/ids.ts';
import type { RegistryEntry, Snapshot } from '../../src/model/snapshot.ts';
import { type Drawn, drawn, snapshotOf } from './drawn.ts';
import { looksFrom, probedFrom } from './machine.ts';
import { collected, tenants } from './tenants.ts';

const network = checks.filter(({ area }) => area === 'network');

const verdictsOf = (snapshot: Snapshot, { id }: RegistryEntry): ReadonlyMap<string, string> =>
  new Map(
    judgeAll(snapshot, { checks: network, profile: 'regulated' })
      .filter(({ subject }) => sameId(subject.id, id))
      .map(({ check, outcome }) => [check.id, outcome.verdict]),
  );

interface Found {
  /** From how many networks a machine looked. */
  readonly looked: number;
  /** What a scan that reads no zone fails by the machine's answers alone. */
  readonly failedBlind: number;
  readonly faults: readonly string[];
}

/** The same where the credential may read no private DNS zone. */
function blind(snapshot: Snapshot): Snapshot {
  const { privateDns } = snapshot.shared;
  if (privateDns?.state !== 'observed') return snapshot;
  const refused = denied('the credential may not read private DNS', []);
  const zones = privateDns.value.zones.map((zone) => ({ ...zone, records: refused, aliases: refused, links: refused }));
  return { ...snapshot, shared: { ...snapshot.shared, privateDns: observed({ ...privateDns.value, zones }) } };
}

/** A draw of which every part is read, and in which Azure's own DNS answers: what a machine then sees is certain. */
const certain = (draw: Drawn): Drawn => ({
  ...draw,
  access: draw.access === 'untold' || draw.access === 'listed' || draw.access === 'broad' ? 'closed' : draw.access,
  networks: draw.networks.map((one) => ({ ...one, dns: 'azure', read: true })),
  endpoints: draw.endpoints.map((one) => ({
    ...one,
    status: 'Approved',
    place: one.place === 'foreign' || one.place === 'gone' ? one.place : 'ours',
    members: one.members === 'login' ? 'login' : 'all',
    group: one.group === 'unread' || one.group === 'elsewhere' ? 'none' : one.group,
  })),
  zones: draw.zones.map((one) => ({
    ...one,
    read: 'all',
    links: one.links.map((link) => ({ ...link, state: 'done', policy: link.policy ?? 'Default' })),
  })),
  ruleset: null,
});

/** What `probe` in each network of a registry, `scan --probe` there and `explain path --probe` contradict each other in. */
function contradictions(snapshot: Snapshot): Found {
  let looked = 0;
  let failedBlind = 0;
  const faults = snapshot.registries.flatMap((entry) => {
    const page = pathIn(snapshot, entry);
    if (!page) return [];
    const before = verdictsOf(snapshot, entry);
    return page.from.flatMap((reach) => {
      const looks = reach.network === null ? null : looksFrom(snapshot, entry, reach.network, page.regions);
      if (looks === null) return [];
      looked += 1;
      const probe = probePage(looks, ['168.63.129.16'], false);
      const seen = probedFrom(snapshot, entry, looks);
      const after = verdictsOf(seen, entry);
      const shown = pathIn(seen, seen.registries.find(({ id }) => id === entry.id) ?? entry)?.probed ?? [];
      const broken = probe.symptoms.filter(({ state }) => state === 'broken');
      const named = broken.flatMap((one) => one.checks);
      const [worst] = ['no', 'in part', 'unknown', 'yes'].filter((can) =>
        reach.regions.some((one) => one.can === can && !one.stopped?.name.includes('.geo.')),
      );
      // It works, and part of it goes round the private path: a finding of the scan as well.
      const isSplit = reach.regions.some(({ ways }) => ways.length > 1);
      const isTold = reach.who.some((one) => !one.startsWith('another tenant'));
      const unread = blind(seen);
      const [told, toldBlind] = [
        verdictsOf(blind(snapshot), entry),
        verdictsOf(unread, unread.registries.find(({ id }) => id === entry.id) ?? entry),
      ];
      const made = [...toldBlind].filter(([check, verdict]) => told.get(check) !== verdict);
      failedBlind += made.length;
      const changed = [...after].filter(([check, verdict]) => before.get(check) !== verdict);
      return [
        // The page and the machine see the same.
        ...(worst === 'yes' && probe.verdict !== 'good' && !isSplit
          ? [`can pull, and probe says ${probe.verdict}`]
          : []),
        ...(worst === 'no' && probe.verdict !== 'broken' ? [`cannot pull, and probe says ${probe.verdict}`] : []),
        // What probe names is what the scan fails.
        ...broken
          .filter(() => isTold && worst !== 'unknown')
          .filter((one) => !one.checks.some((check) => after.get(check) === 'fail'))
          .map(({ symptom, checks: wanted }) => `${symptom}: none of ${wanted.join(', ')} fails`),
        // One machine's view makes nothing pass, and nothing fail that it does not name.
        ...changed
          .filter(([check, verdict]) => verdict !== 'fail' || !named.includes(check))
          .map(([check, verdict]) => `${check} was ${before.get(check)}, is ${verdict}`),
        // What it tells of zones that nobody may read is what they hold.
        ...made
          .filter(([check, verdict]) => verdict !== 'fail' || before.get(check) !== 'fail')
          .map(([check, verdict]) => `${check} is ${verdict} by the machine alone, and ${before.get(check)} by Azure`),
        // What the scan fails by the machine's answers, the page shows with them.
        ...(changed.length > 0 && shown.every(({ flaw }) => flaw === null) ? ['the page shows no flaw'] : []),
        ...shown
          .filter(({ name, flaw }) => flaw !== null && !broken.some((one) => one.name === name))
          .map(({ flaw }) => `${flaw}: probe names no symptom`),
        ...(shown.some(({ flaw }) => flaw !== null) && after.get('private-dns-records-complete') !== 'fail'
          ? ['the page shows a flaw, and the scan does not fail']
          : []),
      ].map((fault) => `${page.loginServer} from ${reach.name}: ${fault}`);
    });
  });
  return { looked, failedBlind, faults };
}

describe('probe in a network, scan --probe there and explain path say the same', () => {
  test.each(tenants)('%s', async (_, document) => {
    expect(contradictions(await collected(document)).faults).toEqual([]);
  });

  test('whatever is drawn', () => {
    let looked = 0;
    let failedBlind = 0;
    fc.assert(
      fc.property(drawn, (draw) => {
        const found = contradictions(snapshotOf(certain(draw)));
        looked += found.looked;
        failedBlind += found.failedBlind;
        expect(found.faults).toEqual([]);
      }),
      { numRuns: 60 },
    );
    expect(looked).toBeGreaterThan(60);
    expect(failedBlind).toBeGreaterThan(0);
  });
});
