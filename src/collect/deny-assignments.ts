import * as v from 'valibot';
import type { DenyAssignment } from '../model/facets/deny-assignments.ts';
import { byId } from '../model/ids.ts';
import type { SubscriptionCollector } from './collector.ts';
import { flag, listOf, listOrNone, maybe, member, read, text, told } from './read.ts';
import { mayBeAbout } from './role-assignments.ts';

const principal = v.object({ id: told(text), type: told(member('principalType')) });

const wire = v.object({
  id: text,
  properties: v.object({
    denyAssignmentName: text,
    scope: text,
    doNotApplyToChildScopes: told(flag),
    denyAssignmentEffect: told(member('denyEffect')),
    condition: maybe(text),
    permissions: listOf(
      v.object({
        actions: listOrNone(text),
        notActions: listOrNone(text),
        dataActions: listOrNone(text),
        notDataActions: listOrNone(text),
        condition: maybe(text),
      }),
    ),
    principals: listOf(principal),
    excludePrincipals: listOrNone(principal),
  }),
});

export function parseDenyAssignment(body: unknown): DenyAssignment {
  const { id, properties } = read('a deny assignment', wire, body);
  return {
    id,
    name: properties.denyAssignmentName,
    scope: properties.scope,
    onlyAtScope: properties.doNotApplyToChildScopes,
    effect: properties.denyAssignmentEffect,
    condition: [properties, ...properties.permissions].find(({ condition }) => condition !== null)?.condition ?? null,
    permissions: properties.permissions.map(({ condition: _, ...permission }) => permission),
    principals: properties.principals,
    excluded: properties.excludePrincipals,
  };
}

/** One list a subscription: without a filter it holds what is inherited from above and what is below. */
export const denyAssignments: SubscriptionCollector<'denyAssignments'> = {
  facet: 'denyAssignments',
  scope: 'subscription',
  permissions: ['Microsoft.Authorization/denyAssignments/read'],
  async collect(azure, subscription, { each }) {
    const path = `${subscription.id}/providers/Microsoft.Authorization/denyAssignments`;
    const listed = await azure.list(path, '2022-04-01');
    return (await each(listed.filter(mayBeAbout), parseDenyAssignment)).sort(byId);
  },
};
