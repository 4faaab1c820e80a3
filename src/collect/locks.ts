import * as v from 'valibot';
import type { Lock } from '../model/facets/locks.ts';
import type { SubscriptionCollector } from './collector.ts';
import { member, read, text, told } from './read.ts';

const wire = v.object({ id: text, name: text, properties: v.object({ level: told(member('lockLevel')) }) });

export function parseLock(body: unknown): Lock {
  const { id, name, properties } = read('a lock', wire, body);
  return { id, name, scope: id.replace(/\/providers\/Microsoft\.Authorization\/locks\/[^/]+$/i, ''), ...properties };
}

/** One list a subscription: it holds the locks of its groups and resources too. */
export const locks: SubscriptionCollector<'locks'> = {
  facet: 'locks',
  scope: 'subscription',
  permissions: ['Microsoft.Authorization/locks/read'],
  collect: async (azure, subscription, { each }) =>
    each(await azure.list(`${subscription.id}/providers/Microsoft.Authorization/locks`, '2020-05-01'), parseLock),
};
