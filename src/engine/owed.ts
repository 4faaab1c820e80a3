import { locksAbove } from '../commands/constraints.ts';
import { manual } from '../commands/manual.ts';
import { applied, azOf, deletes, endsOf, refusalOf, targetOf } from '../commands/table.ts';
import { consumes } from '../facts/path/consumer-networks.ts';
import { tripsOf } from '../facts/path/trips.ts';
import type { Command } from '../model/command.ts';
import { observed } from '../model/evidence.ts';
import { idKey, sameId } from '../model/ids.ts';
import type { AllEvidence, Snapshot } from '../model/snapshot.ts';
import { isCommand, type KnownFacts, type Step } from '../model/step.ts';
import type { Subject } from './judge-all.ts';

/** Everything that a fix may have to be told of: what is known of the registry, and of what stands around it. */
export interface Around {
  readonly evidence: AllEvidence;
  /** `azurecr.io`, or that of the registry's cloud. */
  readonly suffix: string;
  /** The ids of all registries seen, so that the reach of a scope can be told. */
  readonly registries: readonly string[];
}

export const around = ({ evidence }: Subject, { cloud, registries }: Snapshot): Around => ({
  evidence,
  suffix: cloud.registrySuffix,
  registries: registries.map(({ id }) => id),
});

/**
 * What every fix owes before it is printed: an assignment that is not the registry's own is its owner's to delete; a lock
 * in the way is lifted first, by whoever owns it; a way that is not proven is proven before another one closes; and what
 * Azure would refuse is not printed as it is.
 */
export function owed(steps: readonly Step[], around: Around): readonly Step[] {
  let facts = knownOf(around.evidence);
  return steps.flatMap((step): readonly Step[] => {
    if (!isCommand(step)) return [step];
    const owner = inherited(step, facts, around.registries);
    if (owner) return [owner];
    const lock = lockInTheWay(step, facts);
    const lifted: KnownFacts =
      lock && facts.locks ? { ...facts, locks: facts.locks.filter((one) => one !== lock) } : facts;
    const refusal = refusalOf(step, lifted);
    if (refusal) {
      // Somebody has given it already: there is nothing left to do.
      if (refusal.code === 'RoleAssignmentExists') return [];
      return [manual(`Azure would refuse this now: ${azOf(step)} (${refusal.refused}).`)];
    }
    const after = applied(step, lifted);
    const unproven = closesNetwork(step) ? unprovenWays(after, around) : [];
    facts = after;
    return [
      ...(lock
        ? [
            manual(
              `Have whoever owns the lock ${lock.name} at ${lock.scope} lift it, and put it back at the end: it refuses the next command.`,
            ),
          ]
        : []),
      ...unproven.map((network) =>
        manual(
          `Confirm first that network ${network} can pull without the public endpoint: its private way is not proven (acr-audit explain path <registry>).`,
        ),
      ),
      step,
    ];
  });
}

const knownOf = (evidence: AllEvidence): KnownFacts =>
  Object.fromEntries(
    Object.entries(evidence).flatMap(([facet, one]) => (one?.state === 'observed' ? [[facet, one.value]] : [])),
  );

/** The owner's step for an assignment at a scope above the registry, which holds for everything else below that scope too. */
function inherited(
  step: Command,
  { registry, roleAssignments }: KnownFacts,
  registries: readonly string[],
): Step | null {
  if (step.kind !== 'role.unassign' || !registry) return null;
  const scope = roleAssignments?.assignments.find(({ id }) => sameId(id, step.assignment))?.scope;
  if (scope === undefined || idKey(`${scope}/`).startsWith(idKey(`${registry.id}/`))) return null;
  const below = registries.filter((id) => scope === '/' || idKey(`${id}/`).startsWith(idKey(`${scope}/`))).length;
  return manual(
    `Ask whoever owns ${scope} to delete the role assignment ${step.assignment}: it is inherited${below > 1 ? ` by ${below} registries of this scan` : ''}, and by everything else below that scope.`,
  );
}

const lockInTheWay = (step: Command, { locks = [], registry }: KnownFacts) =>
  locksAbove(locks, targetOf(step).replace('<registry-id>', registry?.id ?? '<registry-id>')).find(
    ({ level }) => level === 'ReadOnly' || (level === 'CanNotDelete' && deletes(step)),
  );

const closesNetwork = (step: Command): boolean =>
  step.kind === 'acr.update' &&
  endsOf(step) === 'way' &&
  (step.set.publicNetworkEnabled === false || step.set.defaultAction === 'Deny');

/** The known networks that pull, and whose way is not certain once the command is done. */
function unprovenWays(after: KnownFacts, { evidence, suffix }: Around): readonly string[] {
  if (!after.registry) return [];
  const changed = Object.fromEntries(Object.entries(after).map(([facet, value]) => [facet, observed(value)]));
  const { trips } = tripsOf({ ...evidence, ...changed, registry: after.registry }, suffix);
  return [
    ...new Set(
      trips
        .filter(({ network, arrival }) => consumes(network) && arrival.works !== 'yes')
        .map(({ network }) => network.name),
    ),
  ];
}
