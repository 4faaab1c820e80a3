import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checks } from '../../checks/index.ts';
import { pathIn } from '../../src/cli/pages.ts';
import { type Judged, judgeAll, subjectsOf } from '../../src/engine/judge-all.ts';
import { around, owed } from '../../src/engine/owed.ts';
import type { Command } from '../../src/model/command.ts';
import { sameId } from '../../src/model/ids.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { isCommand, type Step } from '../../src/model/step.ts';
import { afterwards, lostBetween } from '../../src/plan/rehearsal.ts';
import { collected, usualFacets } from '../emulated.ts';
import { type Drawn, drawn, snapshotOf } from './drawn.ts';
import { rehearse } from './rehearse.ts';
import { tenants } from './tenants.ts';

const network = checks.filter(({ area }) => area === 'network');
const stepsOf = ({ outcome, check }: Judged): readonly Step[] =>
  outcome.verdict === 'fail' ? (outcome.steps ?? check.fix.steps) : [];

/** What goes wrong where the fix of each failing check, and of every stop of explain path, is taken in order by itself. */
function faultsOf(snapshot: Snapshot, judging: typeof checks): readonly string[] {
  const fixes = judgeAll(snapshot, { checks: judging, profile: 'regulated' }).flatMap((one) =>
    rehearse(snapshot, one.subject, stepsOf(one)).faults.map((fault) => `${one.check.id}: ${fault}`),
  );
  const stops = snapshot.registries.flatMap((entry) => {
    const subject = subjectsOf(snapshot).find(({ id }) => sameId(id, entry.id));
    const page = pathIn(snapshot, entry);
    if (!subject || !page) return [];
    return page.stops.flatMap(({ hop, fix }) =>
      rehearse(snapshot, subject, fix).faults.map((fault) => `explain path, ${hop.kind}: ${fault}`),
    );
  });
  return [...fixes, ...stops];
}

/** A second region beside soft delete: the fix says that one of the two has to go, and which command Azure refuses till then. */
const isChoice = (fault: string): boolean =>
  fault.startsWith('geo-replicated: Azure would refuse this now') && fault.includes('soft delete');

/** The exact credential is added, and the pipeline moved, by the step by hand that stands before this one. */
const isMovedByHand = (fault: string): boolean =>
  /^federated-subjects-(exact|immutable): az identity federated-credential delete .* ends: a pipeline logs in/.test(
    fault,
  );

describe('no step of a fix ends a way that works, and Azure refuses none', () => {
  test.each(tenants)('%s', async (_, document) => {
    const faults = faultsOf(await collected(document, usualFacets), checks);
    expect(faults.filter((fault) => !isChoice(fault) && !isMovedByHand(fault))).toEqual([]);
  });

  test('whatever is drawn', () => {
    fc.assert(
      fc.property(drawn, (draw) => {
        expect(faultsOf(snapshotOf(draw), network)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

const plain: Drawn['networks'][number] = { subscription: 1, dns: 'azure', gateway: false, managed: false, read: true };
/** An open registry without an endpoint, which a cluster in the first network pulls from. */
const open: Drawn = {
  access: 'open',
  regions: 1,
  regional: false,
  networks: [plain],
  peered: [],
  endpoints: [],
  zones: [],
  neighbour: false,
  clusters: [{ network: 0, told: true }],
  apps: [],
  ruleset: null,
};
const hub: Drawn['endpoints'][number] = { network: 0, status: 'Approved', place: 'ours', members: 'all', group: 0 };
const central: Drawn['zones'][number] = {
  name: 'privatelink.azurecr.io',
  read: 'all',
  links: [{ network: 0, state: 'done', policy: 'Default' }],
  record: 'by groups',
};
/** The same with an endpoint in the first network, and the cluster in a second one without a link or a peering. */
const spoke: Drawn = {
  ...open,
  networks: [plain, plain],
  endpoints: [hub],
  zones: [central],
  clusters: [{ network: 1, told: true }],
};

/** The steps of a check for contoso, as they are printed. */
function printedFor(snapshot: Snapshot, check: string): readonly Step[] {
  const one = judgeAll(snapshot, { checks: network, profile: 'regulated' }).find(
    (judged) => judged.check.id === check && judged.subject.name === 'contoso',
  );
  return one ? owed(stepsOf(one), around(one.subject, snapshot)) : [];
}
const kinds = (steps: readonly Step[]): readonly string[] =>
  steps.flatMap((step) => (step.kind === 'manual' && !step.text.startsWith('Not yet') ? [] : [step.kind]));
const textIn = (steps: readonly Step[]): string =>
  steps.flatMap((step) => (step.kind === 'manual' ? [step.text] : [])).join('\n');

/** Who loses a way where commands are taken in this order, whatever comes before them. */
function lostBy(snapshot: Snapshot, commands: readonly Command[]): readonly string[] {
  const id = snapshot.registries[0]?.id ?? '';
  let now = snapshot;
  const lost = new Set<string>();
  for (const command of commands) {
    const next = afterwards(now, id, command);
    for (const use of lostBetween(now, next).cutOff) lost.add(use);
    now = next;
  }
  return [...lost];
}

describe('the order of steps', () => {
  test('a network is linked to a new zone after the records are there; the other way round it loses its names', () => {
    const snapshot = snapshotOf(open);
    const commands = printedFor(snapshot, 'private-endpoint-approved').filter(isCommand);
    const order = ['dns.zone.create', 'endpoint.create', 'endpoint.zoneGroup.create', 'dns.link.create'];
    expect(kinds(commands)).toEqual(order);
    expect(lostBy(snapshot, commands)).toEqual([]);
    const [zone, endpoint, group, link] = commands;
    if (!zone || !endpoint || !group || !link) throw new Error('there are four');
    expect(lostBy(snapshot, [zone, link, endpoint, group])).not.toEqual([]);
  });

  test('a spoke that pulls over the public endpoint is not linked before it has a way to the endpoint', () => {
    const printed = printedFor(snapshotOf(spoke), 'private-dns-zone-linked');
    expect(kinds(printed)).toEqual(['manual']);
    expect(textIn(printed)).toMatch(
      /^First give vnet-1 a way to the endpoint[\s\S]*\nNot yet: az network private-dns link vnet create/,
    );
    const peered = printedFor(snapshotOf({ ...spoke, peered: [[0, 1]] }), 'private-dns-zone-linked');
    expect(kinds(peered)).toEqual(['dns.link.create']);
  });

  test.each(['public-network-access-disabled', 'unlisted-networks-refused'])(
    '%s closes after every network that pulls, or holds an endpoint, is named',
    (check) => {
      const unlinked = { ...spoke, zones: [{ ...central, links: [] }] };
      const printed = printedFor(snapshotOf(unlinked), check);
      expect(kinds(printed)).toEqual(['acr.update']);
      expect(printed.at(-1)?.kind).toBe('acr.update');
      for (const name of ['vnet-0', 'vnet-1']) expect(textIn(printed)).toContain(`Confirm first that network ${name}`);
    },
  );

  test('a link that would take the names of another registry from a network waits', () => {
    // Fabrikam is closed and its endpoint has no zone; contoso answers the same network in public, and has an endpoint.
    const snapshot = snapshotOf({ ...open, endpoints: [{ ...hub, group: 'none' }], neighbour: true });
    const judged = judgeAll(snapshot, { checks: network, profile: 'regulated' }).find(
      ({ check, subject }) => check.id === 'private-dns-zone-linked' && subject.name === 'fabrikam',
    );
    const printed = judged ? owed(stepsOf(judged), around(judged.subject, snapshot)) : [];
    expect(textIn(printed)).toMatch(/^Not yet: .*It would cut off vnet-0 from contoso\.azurecr\.io/m);
  });

  test('the addresses that are needed are listed before a broad range goes', () => {
    const order = printedFor(snapshotOf({ ...open, access: 'broad' }), 'ip-allow-rules-narrow').filter(isCommand);
    expect(kinds(order)).toEqual(['acr.ipRule.add', 'acr.ipRule.remove']);
  });

  test('a second network on the zone is not sent to an endpoint that it has no way to: its peering comes first', () => {
    const both = {
      ...central,
      links: [0, 1].map((network) => ({ network, state: 'done', policy: 'Default' }) as const),
    };
    const clusters = [0, 1].map((network) => ({ network, told: true }));
    const shared: Drawn = { ...spoke, endpoints: [], zones: [both], clusters };
    const printed = printedFor(snapshotOf(shared), 'private-endpoint-approved');
    expect(printed.at(-1)).toMatchObject({
      kind: 'manual',
      text: expect.stringMatching(/^Not yet: az network private-endpoint create /),
    });
    expect(textIn(printed)).toContain(
      'It would cut off vnet-1: first peer what pulls there with vnet-0 in both directions, or give it a zone and an endpoint of its own',
    );
    const peered = snapshotOf({ ...shared, peered: [[0, 1]] });
    const commands = printedFor(peered, 'private-endpoint-approved').filter(isCommand);
    expect(kinds(commands)).toContain('endpoint.create');
    expect(lostBy(peered, commands)).toEqual([]);
  });

  test('networks linked to another zone of the name keep public DNS for what that zone lacks', () => {
    const other = { ...central, links: [{ network: 1, state: 'done', policy: 'Default' } as const] };
    const snapshot = snapshotOf({
      ...spoke,
      endpoints: [],
      zones: [other, central],
      clusters: [
        { network: 0, told: true },
        { network: 1, told: true },
      ],
    });
    const printed = printedFor(snapshot, 'private-endpoint-approved').filter(isCommand);
    const order = ['endpoint.create', 'endpoint.zoneGroup.create', 'dns.link.resolve'];
    expect(kinds(printed)).toEqual(['dns.link.resolve', 'dns.link.resolve', ...order]);
    expect(lostBy(snapshot, printed)).toEqual([]);
    const back = printed.at(-1);
    expect(back).toMatchObject({ policy: 'Default', zone: expect.stringContaining('rg-dns-1') });
  });
});
