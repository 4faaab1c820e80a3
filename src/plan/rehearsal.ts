import { applied, refusalOf } from '../commands/table.ts';
import { knownOf } from '../engine/owed.ts';
import { adminUsers } from '../facts/access/app-passwords.ts';
import { appPulls } from '../facts/access/app-pull.ts';
import { clusterPulls } from '../facts/access/cluster-pull.ts';
import { logins, usesByRole } from '../facts/access/uses.ts';
import { tripsOf } from '../facts/path/trips.ts';
import type { Command } from '../model/command.ts';
import { observed } from '../model/evidence.ts';
import { type Facet, facets } from '../model/facets.ts';
import { sameId, subscriptionOf } from '../model/ids.ts';
import { evidenceFor, evidenceOfSubscription, type RegistryEntry, type Snapshot } from '../model/snapshot.ts';
import type { KnownFacts, Manual, Refusal } from '../model/step.ts';

/** What is known of one registry of a snapshot, as commands read it. */
export const factsOf = (snapshot: Snapshot, entry: RegistryEntry): KnownFacts => knownOf(evidenceFor(snapshot, entry));

/** `changes: 'nothing'`: it is done already. */
export type Taken =
  | { readonly snapshot: Snapshot }
  | { readonly changes: 'nothing' }
  | { readonly refusal: Refusal }
  | Lost;

/** Who could pull before and cannot, or may not be able to, afterwards. */
export interface Lost {
  readonly cutOff: readonly string[];
  readonly unproven: readonly string[];
}

/** Takes one step on a copy of the snapshot. Whoever was moved by hand to another way does not lose the one before. */
export function take(snapshot: Snapshot, id: string, command: Command, moved: ReadonlySet<string> = nobody): Taken {
  const facts = factsAbout(snapshot, id);
  const refusal = refusalOf(command, facts);
  if (refusal) return refusal.exists && isSame(facts, applied(command, facts)) ? { changes: 'nothing' } : { refusal };
  const after = afterwards(snapshot, id, command);
  const lost = lostBetween(snapshot, after, moved);
  return lost.cutOff.length + lost.unproven.length === 0 ? { snapshot: after } : lost;
}

const nobody: ReadonlySet<string> = new Set();

const isSame = (before: KnownFacts, after: KnownFacts): boolean =>
  (Object.keys(after) as Facet[]).every(
    (facet) => after[facet] === before[facet] || JSON.stringify(after[facet]) === JSON.stringify(before[facet]),
  );

/** Who could pull in one snapshot and cannot, or may not be able to, in a later one. */
export function lostBetween(before: Snapshot, after: Snapshot, moved: ReadonlySet<string> = nobody): Lost {
  const [had, has] = [usesOf(before), usesOf(after)];
  const lost = [...had]
    .filter(([use, can]) => can === 'yes' && has.get(use) !== 'yes' && !moved.has(use))
    .map(([use]) => use);
  return {
    cutOff: lost.filter((use) => has.get(use) !== 'unknown'),
    unproven: lost.filter((use) => has.get(use) === 'unknown'),
  };
}

/** The snapshot after a command, whether or not Azure would take it and whoever loses by it. */
export function afterwards(snapshot: Snapshot, id: string, command: Command): Snapshot {
  const before = factsAbout(snapshot, id);
  return written(snapshot, id, before, applied(command, before));
}

/** The snapshot once a person has lifted a lock, or put it back; what else people do, no snapshot shows. */
export function withLock(snapshot: Snapshot, { lock: change }: Manual): Snapshot {
  if (change === undefined) return snapshot;
  const { is, lock } = change;
  const subscriptions = snapshot.subscriptions.map((one) => {
    const { locks } = one.facets;
    if (locks?.state !== 'observed' || !sameId(subscriptionOf(lock.scope), one.id)) return one;
    const others = locks.value.filter(({ id }) => !sameId(id, lock.id));
    return {
      ...one,
      facets: { ...one.facets, locks: { ...locks, value: is === 'back' ? [...others, lock] : others } },
    };
  });
  return { ...snapshot, subscriptions };
}

/** What is known of a registry, or of a subscription. */
export function factsAbout(snapshot: Snapshot, id: string): KnownFacts {
  const entry = snapshot.registries.find((one) => sameId(one.id, id));
  const subscription = snapshot.subscriptions.find((one) => sameId(one.id, id));
  if (entry) return factsOf(snapshot, entry);
  return subscription ? knownOf(evidenceOfSubscription(snapshot, subscription)) : {};
}

/** The snapshot with what a command changed in the facts of a registry or subscription, wherever the snapshot stores it. */
function written(snapshot: Snapshot, subject: string, before: KnownFacts, after: KnownFacts): Snapshot {
  const entry = snapshot.registries.find((one) => sameId(one.id, subject));
  const subscription = entry?.subscription ?? subject;
  const changed = (Object.keys(after) as Facet[]).filter((facet) => after[facet] !== before[facet]);
  const of = (scope: 'registry' | 'subscription' | 'shared') =>
    Object.fromEntries(
      changed.filter((facet) => facets[facet].scope === scope).map((facet) => [facet, observed(after[facet])]),
    );
  return {
    ...snapshot,
    shared: { ...snapshot.shared, ...of('shared') },
    registries: snapshot.registries.map((one) =>
      sameId(one.id, subject) ? { ...one, facets: { ...one.facets, ...of('registry') } } : one,
    ),
    subscriptions: snapshot.subscriptions.map((one) =>
      sameId(one.id, subscription) ? { ...one, facets: { ...one.facets, ...of('subscription') } } : one,
    ),
  };
}

type Uses = ReadonlyMap<string, 'yes' | 'no' | 'in part' | 'unknown'>;

/** Each step of a rehearsal asks after the snapshot that the one before it left. */
const seen = new WeakMap<Snapshot, Uses>();

/** An app that holds the password of a registry's admin user. */
export const adminLogin = (who: string, registry: string): string => `${who} logs in to ${registry} as its admin user`;

/**
 * Who can pull and push, as far as it is known: every network by every region, every cluster, app, task, pipeline and
 * other principal by its role, every app by the password of the admin user, every pipeline by its credentials.
 */
export function usesOf(snapshot: Snapshot): Uses {
  const before = seen.get(snapshot);
  if (before) return before;
  const uses = new Map<string, 'yes' | 'no' | 'in part' | 'unknown'>();
  seen.set(snapshot, uses);
  for (const entry of snapshot.registries) {
    const evidence = evidenceFor(snapshot, entry);
    const { registry, roleAssignments, consumers, appConsumers, denyAssignments } = evidence;
    if (registry?.state !== 'observed') continue;
    for (const { network, name, arrival } of tripsOf(
      { ...evidence, registry: registry.value },
      snapshot.cloud.registrySuffix,
    ).trips)
      uses.set(`network ${network.name} reaches ${name.fqdn}`, arrival.works);
    const isAdminOn = registry.value.adminUserEnabled;
    for (const who of adminUsers(registry.value, appConsumers).surely)
      uses.set(adminLogin(who, entry.name), isAdminOn === null ? 'unknown' : isAdminOn ? 'yes' : 'no');
    if (roleAssignments?.state !== 'observed') continue;
    // No step changes a deny assignment: where they were not read, a right that goes away is told all the same.
    const denies = denyAssignments?.state === 'observed' ? denyAssignments : observed([]);
    const { value: roles } = roleAssignments;
    const { collectedAt: now } = snapshot;
    const pulls = [
      ...(consumers?.state === 'observed'
        ? clusterPulls(registry.value, roles, consumers.value, evidence, denies, now).clusters.map(({ name, can }) => ({
            who: `cluster ${name}`,
            can,
          }))
        : []),
      ...(appConsumers?.state === 'observed'
        ? appPulls(registry.value, appConsumers.value, roles, denies, now).apps.map(({ who, pull, refused }) => ({
            who,
            can: refused ? false : pull.can,
          }))
        : []),
    ];
    const others = [
      ...usesByRole(registry.value, roles, knownOf(evidence)),
      ...(evidence.federatedCredentials?.state === 'observed'
        ? logins(evidence.federatedCredentials.value, snapshot.cloud.name, consumers ?? observed(noClusters))
        : []),
    ];
    for (const { what, can } of [
      ...pulls.map(({ who, can }) => ({ what: `${who} may pull ${entry.name}`, can })),
      ...others,
    ])
      uses.set(what, can === null ? 'unknown' : can ? 'yes' : 'no');
  }
  return uses;
}

const noClusters = { clusters: [], searched: [], declared: [] };
