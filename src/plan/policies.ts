import { deletes, targetOf } from '../commands/table.ts';
import { policyAgainst } from '../facts/policies.ts';
import type { Command } from '../model/command.ts';
import { sameId, subscriptionOf } from '../model/ids.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { factsAbout } from './rehearsal.ts';

/** Why a step that Azure itself would take may be refused or taken back by a policy; `null` where none is known to. */
export function policyWords(before: Snapshot, after: Snapshot, id: string, command: Command): string | null {
  const target = targetOf(command).replace('<registry-id>', id);
  const policies = before.subscriptions.find((one) => sameId(one.id, subscriptionOf(target)))?.facets.policies;
  if (policies?.state !== 'observed' || deletes(command)) return null;
  const found = policyAgainst(policies.value, { target, before: factsAbout(before, id), after: factsAbout(after, id) });
  return found
    ? `may be refused or reverted by policy assignment ${found.assignment.name} at ${found.assignment.scope} (${found.rule.effect ?? 'by default'}: ${found.rule.definition}); ask whoever owns it for an exemption or another parameter`
    : null;
}

/** The subscriptions whose policies nobody has seen: a step there may be refused or taken back. */
export const policiesUnseen = ({ subscriptions }: Snapshot): readonly string[] =>
  subscriptions.flatMap(({ id, facets: { policies } }) => {
    const why =
      policies?.state === 'observed'
        ? policies.unread?.map(({ reason }) => reason).join('; ')
        : (policies?.reason ?? 'not collected');
    return why === undefined ? [] : [`What Azure Policy refuses or reverts in ${id} is not known: ${why}.`];
  });
