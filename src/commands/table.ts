import type { Command } from '../model/command.ts';
import type { KnownFacts, Refusal } from '../model/step.ts';
import { refusedByLock, refusedSoftDelete, refusedState } from './constraints.ts';
import { defenderTraits } from './defender.ts';
import { dnsTraits } from './dns.ts';
import { endpointTraits } from './endpoints.ts';
import { governanceTraits } from './governance.ts';
import { registryTraits } from './registry.ts';
import { replicaTraits } from './replicas.ts';
import { roleTraits } from './roles.ts';
import { taskTraits } from './tasks.ts';
import { tokenTraits } from './tokens.ts';
import type { Ends, Trait, Traits, Undo, Verify } from './trait.ts';

/** Everything that is known of every kind of command. */
export const traits: Traits<Command> = {
  ...registryTraits,
  ...replicaTraits,
  ...governanceTraits,
  ...tokenTraits,
  ...roleTraits,
  ...dnsTraits,
  ...endpointTraits,
  ...taskTraits,
  ...defenderTraits,
};

/** The trait of a command's kind takes that command: the table's type says so, which an index by a union forgets. */
const traitOf = <C extends Command>(command: C): Trait<C> => traits[command.kind] as unknown as Trait<C>;

/** The az command, with placeholders. */
export const azOf = (command: Command): string => traitOf(command).az(command);

/** The facts as they read after the command, whether or not Azure would take it. */
export const applied = (command: Command, facts: KnownFacts): KnownFacts => traitOf(command).apply(facts, command);

/** The facts after several commands. */
export const appliedAll = (commands: readonly Command[], facts: KnownFacts): KnownFacts =>
  commands.reduce((before, command) => applied(command, before), facts);

/** Why Azure would turn the command down, as far as is known; `null` where nothing says so. */
export function refusalOf(command: Command, facts: KnownFacts): Refusal | null {
  const trait = traitOf(command);
  const target = trait.target(command).replace('<registry-id>', facts.registry?.id ?? '<registry-id>');
  const after = trait.apply(facts, command);
  return (
    refusedByLock(facts.locks ?? [], target, trait.deletes === true) ??
    trait.refuse?.(facts, command) ??
    (facts.registry && after.registry ? refusedState(facts.registry, after.registry, facts) : null) ??
    refusedSoftDelete(facts, after)
  );
}

/** The id of what the command changes, with placeholders. */
export const targetOf = (command: Command): string => traitOf(command).target(command);

/** Whether it is a DELETE, which a CanNotDelete lock refuses. */
export const deletes = (command: Command): boolean => traitOf(command).deletes === true;

/** What undoes the command, told with the facts before it. */
export const undoOf = (command: Command, before: KnownFacts): Undo => traitOf(command).undo(command, before);

/** A command that shows that the step is done; `null` where only a person can tell. */
export const verifyOf = (command: Command): Verify | null => traitOf(command).verify(command);

/** What the command ends: a way in, a right, or a thing that was kept; `null` where it only adds. */
export const endsOf = (command: Command): Ends | null => traitOf(command).ends(command);
