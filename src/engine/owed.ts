import { locksAbove } from '../commands/constraints.ts';
import { liftLock, manual } from '../commands/manual.ts';
import { applied, azOf, deletes, refusalOf, targetOf } from '../commands/table.ts';
import { covers } from '../facts/access/scopes.ts';
import type { Command } from '../model/command.ts';
import { distinct, distinctIds, idKey, parentId, parseId, sameId } from '../model/ids.ts';
import { onceFor } from '../model/once.ts';
import { type AllEvidence, evidenceFor, type RegistryEntry, type Snapshot } from '../model/snapshot.ts';
import { isCommand, type KnownFacts, type Manual, type Step } from '../model/step.ts';
import type { Subject } from './judge-all.ts';
import {
  changesWays,
  closesNetwork,
  type Ended,
  endedBetween,
  endedElsewhere,
  settled,
  uncertainWays,
  workingFrom,
} from './ways.ts';

/** Everything that a fix may have to be told of: what is known of the registry, and of what stands around it. */
export interface Around {
  readonly evidence: AllEvidence;
  /** `azurecr.io`, or that of the registry's cloud. */
  readonly suffix: string;
  /** How many of the registries that were seen lie below a scope. */
  readonly below: (scope: string) => number;
  /** The evidence of the other registries to which a network has a way by public DNS though they have an endpoint. */
  readonly others: (network: string) => readonly AllEvidence[];
}

export const around = ({ id, evidence }: Pick<Subject, 'id' | 'evidence'>, snapshot: Snapshot): Around => ({
  evidence,
  suffix: snapshot.cloud.registrySuffix,
  below: countIn(snapshot),
  others: (network) =>
    openIn(snapshot)
      .filter((one) => !sameId(one.id, id) && workingTo(one).has(idKey(network)))
      .map((one) => one.evidence),
});

const countIn = onceFor((snapshot: Snapshot) => {
  const counts = new Map<string, number>();
  const all = distinctIds([
    ...snapshot.registries.map((one) => one.id),
    ...snapshot.subscriptions.flatMap(({ registries }) => (registries.state === 'observed' ? registries.value : [])),
  ]);
  return (scope: string): number => {
    const count = counts.get(scope) ?? all.filter((id) => covers(scope, id)).length;
    counts.set(scope, count);
    return count;
  };
});

const openIn = onceFor((snapshot: Snapshot) =>
  snapshot.registries
    .filter(isOpenBesideEndpoint)
    .map((one) => ({ id: one.id, evidence: evidenceFor(snapshot, one), suffix: snapshot.cloud.registrySuffix })),
);

const workingTo = onceFor(workingFrom);

const isOpenBesideEndpoint = ({ facets: { registry } }: RegistryEntry): boolean =>
  registry?.state === 'observed' &&
  registry.value.publicNetworkAccess !== 'Disabled' &&
  (registry.value.privateEndpointConnections ?? []).some(({ status }) => status === 'Approved');

/**
 * What every fix owes before it is printed: a step that stands twice is printed once; an assignment that is not the
 * registry's own is its owner's to delete; a lock in the way is lifted first, by whoever owns it; a way that is not
 * proven is proven before another one ends, and none that works is cut; and what Azure would refuse is not printed as it
 * is.
 */
export function owed(given: readonly Step[], around: Around): readonly Step[] {
  const steps = distinct(given, JSON.stringify);
  const printed: Step[] = [];
  let facts = knownOf(around.evidence);
  for (const [index, step] of steps.entries()) {
    if (!isCommand(step)) {
      printed.push(step.kind === 'manual' && step.scope !== undefined ? counted(step, step.scope, around.below) : step);
      continue;
    }
    const due = dueBefore(step, facts, steps.slice(index + 1), around);
    printed.push(...due.print);
    if (due.facts === null) break;
    facts = due.facts;
  }
  return printed;
}

interface Due {
  readonly print: readonly Step[];
  /** `null` where nothing may come after it. */
  readonly facts: KnownFacts | null;
}

function dueBefore(step: Command, facts: KnownFacts, next: readonly Step[], around: Around): Due {
  const owner = inherited(step, facts, around.below);
  if (owner) return { print: [owner], facts };
  const lock = lockInTheWay(step, facts);
  const lifted: KnownFacts =
    lock && facts.locks ? { ...facts, locks: facts.locks.filter((one) => one !== lock) } : facts;
  const refusal = refusalOf(step, lifted);
  // Somebody has given it already: there is nothing left to do.
  if (refusal?.code === 'RoleAssignmentExists') return { print: [], facts };
  if (refusal?.by === 'tool')
    return { print: [manual(`Not yet: ${azOf(step)}. Before that, ${refusal.refused}.`)], facts };
  if (refusal) return { print: [manual(`Azure would refuse this now: ${azOf(step)} (${refusal.refused}).`)], facts };
  const { cut, unproven } = changesWays(step) ? endedBy(step, lifted, next, around) : noneEnded;
  if (cut.length > 0)
    return {
      print: [
        manual(
          `Not yet: ${azOf(step)}. It would cut off ${cut.join(', ')}: ${wayBefore(step)}, and scan again for the steps from here on.`,
        ),
      ],
      facts: null,
    };
  const lifting = lock ? [liftLock(lock)] : [];
  const without = closesNetwork(step)
    ? ' without the public endpoint: its private way'
    : ' after the next command: its way then';
  const proofs = unproven.map((network) =>
    manual(
      `Confirm first that network ${network} can pull${without} is not proven (acr-audit explain path <registry>).`,
    ),
  );
  return { print: [...lifting, ...proofs, step], facts: applied(step, lifted) };
}

/** What a network needs before a step ends its way. Whoever asks a zone that an endpoint writes to must get to that endpoint. */
function wayBefore(step: Command): string {
  if (step.kind !== 'endpoint.create') return 'give what pulls there another way first';
  const { name } = parseId(parentId(step.subnet)) ?? { name: "the endpoint's network" };
  return `first peer what pulls there with ${name} in both directions, or give it a zone and an endpoint of its own`;
}

/** Whose way a step ends. Whoever closes the public endpoint is told of every consumer whose way is not certain then. */
function endedBy(step: Command, facts: KnownFacts, next: readonly Step[], around: Around): Ended {
  const after = settled(step, facts, next);
  const { cut: own, unproven } = endedBetween(facts, after, around);
  const cut =
    step.kind === 'dns.link.create'
      ? [...own, ...endedElsewhere(facts, after, around.others(step.network), around.suffix)]
      : own;
  return closesNetwork(step)
    ? { cut: [], unproven: [...new Set([...uncertainWays(after, around), ...cut, ...unproven])] }
    : { cut, unproven };
}

const noneEnded: Ended = { cut: [], unproven: [] };

/** The facts of the evidence that was seen. */
export const knownOf = (evidence: AllEvidence): KnownFacts =>
  Object.fromEntries(
    Object.entries(evidence).flatMap(([facet, one]) => (one?.state === 'observed' ? [[facet, one.value]] : [])),
  );

/** The owner's step for an assignment at a scope above the registry, which holds for everything else below that scope too. */
function inherited(step: Command, { registry, roleAssignments }: KnownFacts, below: Around['below']): Step | null {
  if (step.kind !== 'role.unassign' || !registry) return null;
  const scope = roleAssignments?.assignments.find(({ id }) => sameId(id, step.assignment))?.scope;
  if (scope === undefined || idKey(`${scope}/`).startsWith(idKey(`${registry.id}/`))) return null;
  return counted(manual(`Ask whoever owns ${scope} to delete the role assignment ${step.assignment}.`), scope, below);
}

/** The step, with how many of the registries that were listed lie below a scope. */
function counted({ text }: Manual, scope: string, below: Around['below']): Step {
  const count = below(scope);
  return manual(
    `${text} It reaches everything below that scope: ${count > 1 ? `${count} registries of this scan` : 'of the registries of this scan this one alone'}.`,
  );
}

const lockInTheWay = (step: Command, { locks = [], registry }: KnownFacts) =>
  locksAbove(locks, targetOf(step).replace('<registry-id>', registry?.id ?? '<registry-id>')).find(
    ({ level }) => level === 'ReadOnly' || (level === 'CanNotDelete' && deletes(step)),
  );
