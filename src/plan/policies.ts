import { deletes, targetOf } from '../commands/table.ts';
import { policyAgainst } from '../facts/policies.ts';
import type { Command } from '../model/command.ts';
import { distinctIds, sameId, subscriptionOf } from '../model/ids.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { factsAbout } from './rehearsal.ts';

/** Why a step that Azure itself would take may be refused or taken back by a policy; `null` where none is known to. */
export function policyWords(before: Snapshot, after: Snapshot, id: string, command: Command): string | null {
  const target = writtenBy(id, command);
  const policies = before.subscriptions.find((one) => sameId(one.id, subscriptionOf(target)))?.facets.policies;
  if (policies?.state !== 'observed' || deletes(command)) return null;
  const found = policyAgainst(policies.value, { target, before: factsAbout(before, id), after: factsAbout(after, id) });
  return found
    ? `may be refused or reverted by policy assignment ${found.assignment.name} at ${found.assignment.scope} (${found.rule.effect ?? 'by default'}: ${found.rule.definition}); ask whoever owns it for an exemption or another parameter`
    : null;
}

/** Where commands write, and nobody has seen what policies do there. */
export const policiesUnseen = (snapshot: Snapshot, targets: readonly string[]): readonly string[] =>
  distinctIds(targets.map(subscriptionOf).filter((one) => !one.includes('<'))).flatMap((id) => {
    const policies = snapshot.subscriptions.find((one) => sameId(one.id, id))?.facets.policies;
    const why =
      policies?.state === 'observed'
        ? policies.unread?.map(({ reason }) => reason).join('; ')
        : (policies?.reason ?? 'it was not collected');
    return why === undefined ? [] : [`What Azure Policy refuses or reverts in ${id} is not known: ${why}.`];
  });

/** The id of what a command writes. */
export const writtenBy = (id: string, command: Command): string => targetOf(command).replace('<registry-id>', id);
