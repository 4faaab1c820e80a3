import { applied, endsOf } from '../commands/table.ts';
import { consumes } from '../facts/path/consumer-networks.ts';
import { type Trip, tripsOf } from '../facts/path/trips.ts';
import type { Command } from '../model/command.ts';
import { observed } from '../model/evidence.ts';
import { idKey, sameId } from '../model/ids.ts';
import type { AllEvidence } from '../model/snapshot.ts';
import { isCommand, type KnownFacts, type Step } from '../model/step.ts';

/** The networks of a registry whose way works before a step, and afterwards does not, or is not known to. */
export interface Ended {
  readonly cut: readonly string[];
  readonly unproven: readonly string[];
}

type Seen = { readonly evidence: AllEvidence; readonly suffix: string };

/** Whether a command changes by which way networks come to the registry. */
export const changesWays = (command: Command): boolean =>
  /^(endpoint|connection|dns)\./.test(command.kind) || closesNetwork(command);

/** Whether a command closes the public endpoint. */
export const closesNetwork = (command: Command): boolean =>
  command.kind === 'acr.update' &&
  endsOf(command) === 'way' &&
  (command.set.publicNetworkEnabled === false || command.set.defaultAction === 'Deny');

/**
 * The facts once a command has done its work. Azure has no order in which a new endpoint and its records are there at
 * once, so that an endpoint is judged with the zone group that is made next.
 */
export function settled(command: Command, facts: KnownFacts, next: readonly Step[]): KnownFacts {
  const after = applied(command, facts);
  if (command.kind !== 'endpoint.create') return after;
  const group = next.find(
    (step) => step.kind === 'endpoint.zoneGroup.create' && sameId(step.endpoint, command.endpoint),
  );
  return group && isCommand(group) ? applied(group, after) : after;
}

/** Whose way a change of the facts ends. */
export function endedBetween(before: KnownFacts, after: KnownFacts, seen: Seen): Ended {
  const then = tripsIn(after, seen);
  const ended = tripsIn(before, seen)
    .filter(({ arrival }) => arrival.works === 'yes')
    .flatMap(({ network, name }) => {
      const later = then.find((one) => one.network.name === network.name && one.name.fqdn === name.fqdn);
      return later && later.arrival.works !== 'yes' ? [{ network: network.name, works: later.arrival.works }] : [];
    });
  const cut = new Set(ended.filter(({ works }) => works !== 'unknown').map(({ network }) => network));
  return { cut: [...cut], unproven: [...new Set(ended.map(({ network }) => network))].filter((one) => !cut.has(one)) };
}

/**
 * Whose way to other registries a change of the private DNS ends: a network that is linked to a zone no longer asks public
 * DNS for the names of registries that have an endpoint and no record there.
 */
export function endedElsewhere(
  before: KnownFacts,
  after: KnownFacts,
  others: readonly AllEvidence[],
  suffix: string,
): readonly string[] {
  const { privateDns: then } = before;
  const { privateDns: now } = after;
  if (then === undefined || now === undefined || then === now) return [];
  return others.flatMap((evidence) => {
    const { registry } = evidence;
    if (registry?.state !== 'observed') return [];
    const known = { registry: registry.value };
    const { cut } = endedBetween({ ...known, privateDns: then }, { ...known, privateDns: now }, { evidence, suffix });
    return cut.map((network) => `${network} from ${registry.value.loginServer ?? registry.value.name}`);
  });
}

/** The ids, in lower case, of the networks from which a name of the registry works. */
export function workingFrom(seen: Seen): ReadonlySet<string> {
  const { registry } = seen.evidence;
  if (registry?.state !== 'observed') return new Set();
  return new Set(
    tripsIn({ registry: registry.value }, seen).flatMap(({ network, arrival }) =>
      arrival.works === 'yes' && network.id !== null ? [idKey(network.id)] : [],
    ),
  );
}

/** The known networks that pull, and whose way is not certain. */
export const uncertainWays = (facts: KnownFacts, seen: Seen): readonly string[] =>
  tripsIn(facts, seen)
    .filter(({ network, arrival }) => consumes(network) && arrival.works !== 'yes')
    .map(({ network }) => network.name);

function tripsIn(facts: KnownFacts, { evidence, suffix }: Seen): readonly Trip[] {
  if (!facts.registry) return [];
  const changed = Object.fromEntries(Object.entries(facts).map(([facet, value]) => [facet, observed(value)]));
  return tripsOf({ ...evidence, ...changed, registry: facts.registry }, suffix).trips;
}
