import * as v from 'valibot';
import { notCollected, type Unseen, unreadable } from '../model/evidence.ts';
import { idKey, subscriptionGuid } from '../model/ids.ts';
import type { Azure } from './azure.ts';
import { AzureError } from './azure.ts';
import { maybe, read, ShapeError, text, told } from './read.ts';

/** Which part of Azure to look at, as the user said it. */
export interface ScopeAsked {
  /** Subscription ids or names; empty: every enabled subscription the credential sees. */
  readonly subscriptions: readonly string[];
  readonly managementGroup: string | null;
}

export interface Subscription {
  /** `/subscriptions/<guid>`. */
  readonly id: string;
  readonly name: string | null;
  /** The id of its tenant; absent where nobody told. */
  readonly tenant?: string;
  /** An element of a list that does not say which subscription it is: something is there, and cannot be looked in. */
  readonly unread?: Unseen;
}

/** What the user named does not exist, or cannot be seen. */
export class ScopeError extends Error {
  override readonly name = 'ScopeError';
  /** A name that was not found, and those that there are. */
  readonly among: { readonly typed: string; readonly names: readonly string[] } | null;

  constructor(message: string, among: ScopeError['among'] = null) {
    super(message);
    this.among = among;
  }
}

const wire = v.object({ subscriptionId: text, displayName: told(text), tenantId: told(text), state: told(text) });

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The subscriptions to look in. Rejects with a `ScopeError` or an `AzureError`. */
export async function subscriptionsIn(
  azure: Azure,
  { subscriptions, managementGroup }: ScopeAsked,
): Promise<Subscription[]> {
  if (managementGroup !== null) return ofManagementGroup(azure, managementGroup);
  if (subscriptions.length > 0 && subscriptions.every((name) => guid.test(name)))
    return Promise.all(subscriptions.map((id) => byGuid(azure, id)));
  const all = await listed(azure);
  if (subscriptions.length === 0) return all.filter(isEnabled);
  return subscriptions.map((wanted) => {
    const same = (said: string | null) => said?.toLowerCase() === wanted.toLowerCase();
    const [found, another] = all.filter((one) => same(subscriptionGuid(one.id)) || same(one.name));
    if (!found)
      throw new ScopeError(`no subscription '${wanted}' among the ${all.length} that this credential sees`, {
        typed: wanted,
        names: all.map((one) => one.name ?? subscriptionGuid(one.id)),
      });
    if (another) throw new ScopeError(`several subscriptions are named '${wanted}': give the id of one`);
    return found;
  });
}

/** A subscription that the credential sees. */
type Listed = Subscription & { readonly isEnabled?: boolean };

const isEnabled = ({ isEnabled = true }: Listed): boolean => isEnabled;

const listed = async (azure: Azure): Promise<Listed[]> =>
  (await azure.list('/subscriptions', '2022-12-01')).flatMap((body, index) =>
    orUnread(index, () => {
      const one = read('a subscription', wire, body);
      return [{ ...asSubscription(one), isEnabled: one.state !== 'Disabled' }];
    }),
  );

/** One odd element must not end the scan, nor pass for nothing. */
function orUnread(index: number, parse: () => readonly Listed[]): readonly Listed[] {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    const name = `element-${index + 1}-of-the-list`;
    return [{ id: `/subscriptions/${name}`, name, unread: unreadable(error.message) }];
  }
}

async function byGuid(azure: Azure, id: string): Promise<Subscription> {
  try {
    return asSubscription(read('a subscription', wire, await azure.get(`/subscriptions/${id}`, '2022-12-01')));
  } catch (error) {
    // A role on one registry alone does not let one read the subscription's name, and need not.
    if (error instanceof AzureError && error.kind === 'denied') return { id: `/subscriptions/${id}`, name: null };
    if (error instanceof AzureError && error.kind === 'absent')
      throw new ScopeError(`subscription ${id} does not exist, or this credential's tenant is not its tenant`);
    throw error;
  }
}

/** Subscriptions that the credential sees and that were not looked in: the user chose a smaller scope. */
export async function leftOut(azure: Azure, lookedIn: readonly string[]): Promise<string[]> {
  const known = new Set(lookedIn.map(idKey));
  try {
    return (await listed(azure))
      .filter(isEnabled)
      .map(({ id }) => id)
      .filter((id) => !known.has(idKey(id)))
      .sort();
  } catch (error) {
    // Where ARM does not list them, nothing is known to have been left out.
    if (error instanceof AzureError && error.kind !== 'credential' && error.kind !== 'aborted') return [];
    throw error;
  }
}

export const notLookedIn = (subscription: string): Unseen =>
  notCollected(`subscription ${subscription.slice('/subscriptions/'.length)} is outside of the scope of this scan`);

const descendantWire = v.object({
  name: text,
  type: maybe(text),
  properties: told(v.object({ displayName: told(text) })),
});

async function ofManagementGroup(azure: Azure, group: string): Promise<Subscription[]> {
  const path = `/providers/Microsoft.Management/managementGroups/${encodeURIComponent(group)}/descendants`;
  const descendants = await azure.list(path, '2020-05-01');
  return descendants.flatMap((body, index) =>
    orUnread(index, () => {
      const { name, type, properties } = read('a descendant of a management group', descendantWire, body);
      const isSubscription = /\/subscriptions$/i.test(type ?? '');
      return isSubscription ? [{ id: `/subscriptions/${name}`, name: properties?.displayName ?? null }] : [];
    }),
  );
}

const asSubscription = ({ subscriptionId, displayName, tenantId }: v.InferOutput<typeof wire>): Subscription => ({
  id: `/subscriptions/${subscriptionId}`,
  name: displayName,
  ...(tenantId === null ? {} : { tenant: tenantId }),
});

/** The tenant of all of them; none where they are of several, or nobody told. */
export function tenantOf(subscriptions: readonly Pick<Subscription, 'tenant'>[]): string | null {
  const [one, ...others] = new Set(subscriptions.flatMap(({ tenant }) => tenant?.toLowerCase() ?? []));
  return one === undefined || others.length > 0 ? null : one;
}
