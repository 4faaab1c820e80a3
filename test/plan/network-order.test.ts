import { expect, test } from 'vitest';
import { checks } from '../../checks/index.ts';
import { type Judging, judgeAll } from '../../src/engine/judge-all.ts';
import type { Command } from '../../src/model/command.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { isCommand } from '../../src/model/step.ts';
import { planOf } from '../../src/plan/plan.ts';
import { afterwards, lostBetween } from '../../src/plan/rehearsal.ts';
import { collected } from '../../src/plan/wanted.ts';
import { seenIn } from '../emulated.ts';
import { answersOf, type DrawnTenant, emulatedTenant, plainTenant } from './drawn.ts';

const judging: Judging = { checks: checks.filter(({ area }) => area === 'network'), profile: 'hardened' };

/** The commands of the network that a plan runs, in its order. */
function commandsOf(snapshot: Snapshot, tenant: DrawnTenant): readonly Command[] {
  // Whoever names an address that still needs the public endpoint has it narrowed, and no gate closes.
  const { 'address-range': _, ...answers } = answersOf(tenant);
  const planning = { answers, only: [], until: null, onlySafe: false };
  const failed = judgeAll(snapshot, judging).filter(({ outcome }) => outcome.verdict === 'fail');
  const wanted = collected(failed, snapshot, planning);
  return planOf(snapshot, judging, planning)
    .steps.filter(({ state }) => state === 'runs')
    .flatMap(({ text }) => wanted.find((one) => one.text === text)?.step ?? [])
    .filter(isCommand)
    .filter((step) => /^(dns|endpoint)\./.test(step.kind) || isGate(step));
}

const isGate = (step: Command): boolean => step.kind === 'acr.update' && step.set.publicNetworkEnabled === false;
type Kind = Command['kind'] | 'the gate';
const kindsOf = (commands: readonly Command[]): readonly Kind[] =>
  commands.map((one) => (isGate(one) ? 'the gate' : one.kind));

/** Who loses a way where commands are taken in this order. */
function lostBy(snapshot: Snapshot, commands: readonly Command[]): readonly string[] {
  let now = snapshot;
  const lost = new Set<string>();
  for (const command of commands) {
    const next = afterwards(now, snapshot.registries[0]?.id ?? '', command);
    const { cutOff, unproven } = lostBetween(now, next);
    for (const use of [...cutOff, ...unproven]) lost.add(use);
    now = next;
  }
  return [...lost];
}

/** The commands with the one of a kind moved before another. */
function swapped(commands: readonly Command[], kind: Kind, before: Kind): readonly Command[] {
  const moved = commands.filter((_, index) => kindsOf(commands)[index] === kind);
  const rest = commands.filter((one) => !moved.includes(one));
  const at = kindsOf(rest).indexOf(before);
  return [...rest.slice(0, at), ...moved, ...rest.slice(at)];
}

const lost = expect.arrayContaining([expect.stringMatching(/^network vnet-\S+ reaches contososhop\.azurecr\.io$/)]);

/** An open registry without an endpoint, which a cluster in the hub pulls from by the public name. */
const publicPull: DrawnTenant = { ...plainTenant, clusters: [{ in: 'hub', role: 'pull' }], profile: 'hardened' };

test('zone, endpoint, zone group, link, and the gate at the end: any other order ends a pull that works', async () => {
  const snapshot = await seenIn(emulatedTenant(publicPull).emulator);
  const commands = commandsOf(snapshot, publicPull);
  expect(kindsOf(commands)).toEqual([
    'dns.zone.create',
    'endpoint.create',
    'endpoint.zoneGroup.create',
    'dns.link.create',
    'the gate',
  ]);
  expect(lostBy(snapshot, commands)).toEqual([]);
  expect(lostBy(snapshot, swapped(commands, 'dns.link.create', 'endpoint.zoneGroup.create'))).toEqual(lost);
  expect(lostBy(snapshot, swapped(commands, 'the gate', 'dns.link.create'))).toEqual(lost);
  expect(lostBy(snapshot, swapped(commands, 'the gate', 'endpoint.create'))).toEqual(lost);
});

test('an endpoint whose zone lacks its records: the zone group comes before the link, and the gate after it', async () => {
  const tenant: DrawnTenant = { ...publicPull, endpoint: 'without a zone', zone: 'empty' };
  const snapshot = await seenIn(emulatedTenant(tenant).emulator);
  const commands = commandsOf(snapshot, tenant);
  expect(kindsOf(commands)).toEqual(['endpoint.zoneGroup.create', 'dns.link.create', 'the gate']);
  expect(lostBy(snapshot, commands)).toEqual([]);
  expect(lostBy(snapshot, swapped(commands, 'dns.link.create', 'endpoint.zoneGroup.create'))).toEqual(lost);
  expect(lostBy(snapshot, swapped(commands, 'the gate', 'dns.link.create'))).toEqual(lost);
});

const spoke: DrawnTenant = { ...publicPull, clusters: [{ in: 'spoke', role: 'pull' }] };

test('a spoke that is linked to a zone without the records falls back to public DNS until they are there', async () => {
  const tenant: DrawnTenant = { ...spoke, zone: 'linked to the spoke' };
  const snapshot = await seenIn(emulatedTenant(tenant).emulator);
  const commands = commandsOf(snapshot, tenant);
  expect(kindsOf(commands)).toEqual([
    'dns.link.resolve',
    'endpoint.create',
    'endpoint.zoneGroup.create',
    'dns.link.resolve',
    'the gate',
  ]);
  const policies = commands.flatMap((one) => (one.kind === 'dns.link.resolve' ? [one.policy] : []));
  expect(policies).toEqual(['NxDomainRedirect', 'Default']);
  expect(lostBy(snapshot, commands)).toEqual([]);
  expect(lostBy(snapshot, commands.slice(1))).toEqual(lost);
  expect(lostBy(snapshot, swapped(commands, 'endpoint.zoneGroup.create', 'the gate'))).toEqual(lost);
});

test('a second spoke that is linked and has no way to the endpoint holds the endpoint up, and is named', async () => {
  const both: DrawnTenant['clusters'] = [...publicPull.clusters, ...spoke.clusters];
  const tenant: DrawnTenant = { ...spoke, clusters: both, zone: 'linked to the spoke' };
  const snapshot = await seenIn(emulatedTenant(tenant).emulator);
  const planning = { answers: answersOf(tenant), only: [], until: null, onlySafe: false };
  const { steps } = planOf(snapshot, judging, planning);
  expect(lostBy(snapshot, commandsOf(snapshot, tenant))).toEqual([]);
  const held = steps.find(({ text }) => text.includes('az network private-endpoint create'));
  expect(held).toMatchObject({ state: 'person' });
  expect(held?.text).toMatch(/^Not yet: .*It would cut off vnet-spoke/);
  const peered = { ...tenant, peered: true };
  const open = await seenIn(emulatedTenant(peered).emulator);
  expect(kindsOf(commandsOf(open, peered)).at(-1)).toBe('the gate');
});
