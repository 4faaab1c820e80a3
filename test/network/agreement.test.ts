import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checks } from '../../checks/index.ts';
import { pathIn } from '../../src/cli/pages.ts';
import type { Judgement } from '../../src/engine/judge.ts';
import { type Judged, judgeAll } from '../../src/engine/judge-all.ts';
import { sameId } from '../../src/model/ids.ts';
import type { Thing } from '../../src/model/outcome.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import type { NetworkReach, PathPage, Stopped } from '../../src/pages/path.ts';
import { drawn, snapshotOf } from './drawn.ts';
import { collected, tenants } from './tenants.ts';

/** What a scan and `explain path` tell of one registry: their outputs, and nothing of what either rests on. */
interface Told {
  readonly outcome: (check: string) => Judgement;
  readonly things: (check: string) => readonly Thing[];
  readonly fails: (check: string) => boolean;
  readonly page: PathPage;
}

const network = checks.filter(({ area }) => area === 'network');

function toldBy(snapshot: Snapshot): readonly Told[] {
  const judged = judgeAll(snapshot, { checks: network, profile: 'regulated' });
  return snapshot.registries.flatMap((entry) => {
    const page = pathIn(snapshot, entry);
    const outcomes = new Map(
      judged.filter(({ subject }) => sameId(subject.id, entry.id)).map((one: Judged) => [one.check.id, one.outcome]),
    );
    const outcome = (check: string): Judgement => {
      const found = outcomes.get(check);
      if (!found) throw new Error(`there is no check ${check}`);
      return found;
    };
    const things = (check: string): readonly Thing[] => {
      const found = outcome(check);
      return found.verdict === 'fail' ? (found.things ?? []) : [];
    };
    return page ? [{ outcome, things, fails: (check) => outcome(check).verdict === 'fail', page }] : [];
  });
}

/** The consumers that a page names in a network, as a check calls them. */
const consumersIn = ({ who, name }: NetworkReach): readonly string[] =>
  who.flatMap((one) =>
    one.startsWith('cluster ')
      ? [one.replace(' ', '/')]
      : /^(container|web) (app|group)/.test(one)
        ? [`app/${one.split(' ').at(-1)}`]
        : one === 'listed in the configuration'
          ? [`network/${name}`]
          : [],
  );
const isBroken = ({ can }: { readonly can: string }): boolean => can === 'no' || can === 'in part';
const isForPulls = (fqdn: string): boolean => !fqdn.includes('.geo.');
/** What stops a network, with what it keeps from working. */
const stopsIn = (page: PathPage, from: string): readonly Stopped[] =>
  page.stops.filter(({ where }) => where.some((one) => one.from === from));
const networkNamed = (page: PathPage, name: string): NetworkReach | undefined =>
  page.from.find((one) => one.name === name);
const leavesPrivatePath = (reach: NetworkReach): boolean =>
  reach.regions.some(({ ways, stopped }) => stopped !== null || ways.includes('public endpoint'));

/** Whether a page shows a record of a zone as what stops somebody, or somebody who goes round the zone. */
function showsRecord(page: PathPage, thing: string): boolean {
  const [, record, zone, group] = /^record\/(\S+) in (\S+) \((.*)\)$/.exec(thing) ?? [];
  return (
    page.stops.some(({ hop }) => {
      if ('record' in hop && 'zone' in hop)
        return (
          hop.record === record &&
          hop.zone.toLowerCase().includes(`/${group}/`.toLowerCase()) &&
          hop.zone.toLowerCase().endsWith(`/${zone}`.toLowerCase())
        );
      return hop.kind === 'no-member' || hop.kind === 'not-linked';
    }) || page.from.some(leavesPrivatePath)
  );
}

const failing = [
  'clusters-reach-registry',
  'private-dns-records-complete',
  'private-dns-zone-linked',
  'private-dns-no-internet-fallback',
  'private-endpoint-covers-every-region',
  'registry-reachable',
  'private-endpoint-approved',
  'tasks-can-reach-registry',
];

/** Each says what is contradicted. */
const laws: Readonly<Record<string, (told: Told) => readonly string[]>> = {
  'a known consumer whose way is cut is a finding': ({ page, things }) =>
    page.from.flatMap((reach) =>
      consumersIn(reach)
        .filter(() => stopsIn(page, reach.name).some((stop) => isBroken(stop) && isForPulls(stop.name)))
        .filter((consumer) => !things('clusters-reach-registry').some(({ thing }) => thing === consumer)),
    ),
  'a known consumer whose way is not known is never passed': ({ page, outcome }) =>
    page.from
      .filter((reach) => consumersIn(reach).length > 0)
      .filter(({ name }) => stopsIn(page, name).some((stop) => isForPulls(stop.name)))
      .filter(() => outcome('clusters-reach-registry').verdict === 'pass')
      .map(({ name }) => name),
  'what cuts a way is told by a failing check, by its network or its record': ({ page, outcome }) =>
    page.stops.filter(isBroken).flatMap(({ where, hop, name }) =>
      where
        .filter(({ from }) => {
          const words = failing.flatMap((check) => {
            const found = outcome(check);
            return found.verdict === 'fail' ? [`${found.message} ${JSON.stringify(found.things ?? [])}`] : [];
          });
          return !words.some((text) => text.includes(from) || ('record' in hop && text.includes(hop.record)));
        })
        .map(({ from }) => `${from}: ${hop.kind} of ${name}`),
    ),
  'a finding about a consumer is what its network stops at': ({ page, things }) =>
    things('clusters-reach-registry')
      .filter(({ thing, words }) => {
        const reach = page.from.filter((one) => consumersIn(one).includes(thing));
        return !reach.some(({ name }) =>
          stopsIn(page, name).some((stop) => isBroken(stop) && words.includes(stop.problem)),
        );
      })
      .map(({ thing, words }) => `${thing}: ${words}`),
  'a finding about a record is what somebody stops at, or goes round': ({ page, things }) =>
    things('private-dns-records-complete')
      .filter(({ thing }) => {
        if (thing.startsWith('record/')) return !showsRecord(page, thing);
        const reach = networkNamed(page, thing.replace('network/', ''));
        return !reach || !leavesPrivatePath(reach);
      })
      .map(({ thing, words }) => `${thing}: ${words}`),
  'a network without a link does not go the private way': ({ page, things }) =>
    things('private-dns-zone-linked')
      .filter(({ thing }) => {
        const reach = networkNamed(page, thing.replace('network/', ''));
        return !reach || !leavesPrivatePath(reach);
      })
      .map(({ thing, words }) => `${thing}: ${words}`),
  'where all records are right nobody stops at one': ({ page, outcome }) =>
    outcome('private-dns-records-complete').verdict === 'pass'
      ? page.stops
          .filter(({ hop }) =>
            ['no-record', 'wrong-record', 'half-record', 'falls-back', 'no-member', 'no-route'].includes(hop.kind),
          )
          .map(({ hop, name }) => `${name}: ${hop.kind}`)
      : [],
  'where every network is linked nobody stops at a link': ({ page, outcome }) =>
    outcome('private-dns-zone-linked').verdict === 'pass'
      ? page.stops.filter(({ hop }) => hop.kind === 'not-linked').map(({ name }) => name)
      : [],
  'a registry that nobody reaches is one that no network on the page reaches': ({ page, outcome }) => {
    const { verdict } = outcome('registry-reachable');
    const [login] = [page.loginServer];
    const open = page.from.filter(({ regions }) => regions.some(({ can }) => can === 'yes'));
    const shut =
      page.from.length > 0 &&
      page.from.every(({ regions }) => regions.every(({ can, stopped }) => can === 'no' && stopped?.name === login));
    return [
      ...(verdict === 'fail' ? open.map(({ name }) => `${name} can`) : []),
      ...(verdict === 'unknown' ? open.map(({ name }) => `${name} can, and the scan does not know`) : []),
      ...(verdict === 'pass' && shut && page.publicAccess === 'disabled' ? ['nobody can'] : []),
    ];
  },
  'whom the public endpoint answers is told the same': ({ page, outcome }) =>
    [
      page.publicAccess === 'open' && outcome('unlisted-networks-refused').verdict === 'pass',
      page.publicAccess === 'disabled' && outcome('public-network-access-disabled').verdict === 'fail',
      page.publicAccess === 'selected' && outcome('unlisted-networks-refused').verdict === 'fail',
      page.publicAccess === null && outcome('unlisted-networks-refused').verdict === 'fail',
    ].flatMap((is, index) => (is ? [`${page.publicAccess} (${index})`] : [])),
  'an endpoint of ours is approved in both': ({ page, outcome }) => {
    const approved = page.endpoints.some(({ status }) => status === 'Approved');
    const { verdict } = outcome('private-endpoint-approved');
    return (approved && verdict === 'fail') || (!approved && verdict === 'pass')
      ? [`${verdict}, ${JSON.stringify(page.endpoints)}`]
      : [];
  },
  'endpoints that overlap are both on the page': ({ page, things }) =>
    things('one-private-endpoint-per-network')
      .flatMap(({ thing }) => thing.replace('endpoints/', '').split(' and '))
      .filter((name) => !page.endpoints.some((one) => one.name === name)),
  'tasks and trusted services come by in both or in neither': ({ page, outcome }) => {
    const can = (caller: string) => page.callers.find((one) => one.caller === caller)?.can;
    const contradicts = (check: string, caller: string): boolean => {
      const { verdict } = outcome(check);
      return (verdict === 'fail' && can(caller) === 'yes') || (verdict === 'pass' && can(caller) === 'no');
    };
    return [
      ...(contradicts('tasks-can-reach-registry', 'ACR Tasks') ? ['ACR Tasks'] : []),
      ...(contradicts('trusted-services-bypass', 'az acr import') ? ['az acr import'] : []),
    ];
  },
};

const contradictions = (snapshot: Snapshot): readonly string[] =>
  toldBy(snapshot).flatMap((told) =>
    Object.entries(laws).flatMap(([law, broken]) =>
      broken(told).map((what) => `${told.page.loginServer}: ${law}: ${what}`),
    ),
  );

describe('a scan and explain path say the same of one tenant', () => {
  test.each(tenants)('%s', async (_, document) => {
    expect(contradictions(await collected(document))).toEqual([]);
  });

  test('whatever is drawn', () => {
    fc.assert(
      fc.property(drawn, (draw) => {
        expect(contradictions(snapshotOf(draw))).toEqual([]);
      }),
      { numRuns: 250 },
    );
  });
});
