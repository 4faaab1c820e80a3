import type { InventoryLook } from '../facts/tasks/inventory-look.ts';
import type { Evidence } from '../model/evidence.ts';
import type { DeclaredConsumer } from '../model/facets/consumers.ts';
import type { RegistrySeen } from '../model/facets/registries-seen.ts';
import { type Facet, facets, type OptIn, type SharedFacet, type SubscriptionFacet } from '../model/facets.ts';
import { byId, idKey, subscriptionOf } from '../model/ids.ts';
import {
  isNarrowed,
  type Snapshot,
  type SnapshotPart,
  type SubscriptionEntry,
  snapshotSchema,
} from '../model/snapshot.ts';
import type { Azure } from './azure.ts';
import type { Common, KnownSoFar } from './collector.ts';
import { inTurn } from './in-turn.ts';
import { sharedCollectors, subscriptionCollectors } from './index.ts';
import { type Looked, look } from './look.ts';
import { type Observe, observer } from './observe.ts';
import type { Probe } from './probe.ts';
import type { Found } from './registries.ts';
import { withRegistryFacets } from './registry-facets.ts';
import { type ScopeAsked, tenantOf } from './scope.ts';
import { isWanted, type Wanted } from './wanted.ts';

/** What to look at, and which facets to ask for. */
export interface Asked extends ScopeAsked, Wanted {
  readonly facets: ReadonlySet<Facet>;
  /** The switches that the user set. */
  readonly optIns?: readonly OptIn[];
  /** What the configuration says pulls from registries. */
  readonly declared?: readonly DeclaredConsumer[];
}

/** What is going on, for people: in words, or how many registries of how many are read. */
export type News = string | { readonly read: number; readonly of: number };

export interface Collecting {
  readonly tool: Snapshot['tool'];
  /** ISO 8601. */
  readonly now: () => string;
  readonly progress: (news: News) => void;
  /** How to ask for the registries' names, where `resolution` is wanted. */
  readonly probe?: Probe;
  /** How far the tags and manifests are looked at; absent: all of them, up to the limits. */
  readonly look?: InventoryLook;
  /** Handed each part of the snapshot as soon as it is whole, to be kept whatever happens later. */
  readonly keep?: (part: SnapshotPart) => Promise<void>;
  /** An interrupted collection of the same scope: what it holds is not read again. */
  readonly before?: Pick<Snapshot, 'collectedAt' | 'subscriptions' | 'registries'>;
}

/**
 * Registries of one subscription under way at once: the others wait without their requests, which would fill the memory.
 * By subscription, so that the allowance of none is used up while another's lies idle.
 */
const atOnce = 8;

/**
 * Asks Azure everything the wanted facets need, and nothing else. What fails becomes evidence in the snapshot; only a
 * missing login, a scope that does not exist and an interrupt reject (`AzureError`, `ScopeError`).
 */
export async function collect(azure: Azure, asked: Asked, collecting: Collecting): Promise<Snapshot> {
  const { tool, now, progress, probe, look: inventory, keep = async () => {}, before } = collecting;
  const observe = observer(azure, now);
  const collectedAt = before?.collectedAt ?? now();
  const { subscriptions, found } = await look(azure, observe, asked, progress);
  const tenant = tenantOf(subscriptions);
  const opening = {
    schema: snapshotSchema,
    tool,
    collectedAt,
    cloud: azure.cloud,
    ...(tenant === null ? {} : { tenant }),
    asked: {
      registries: asked.registries,
      groups: asked.groups,
      tags: asked.tags,
      subscriptions: asked.subscriptions,
      managementGroup: asked.managementGroup,
      optIns: asked.optIns ?? [],
    },
  } as const;
  await keep({ kind: 'header', opening: { ...opening, scope: subscriptions.map(({ id, name }) => ({ id, name })) } });
  const wanted = found.filter((one) => isWanted(asked, one));
  progress(`reading ${wanted.length} ${wanted.length === 1 ? 'registry' : 'registries'}`);

  const heldSubscriptions = new Map(before?.subscriptions.map((one) => [idKey(one.id), one]));
  const heldRegistries = new Map(before?.registries.map((one) => [idKey(one.id), one]));
  const common: Common = {
    now: opening.collectedAt,
    registryIdentities: identitiesOf(found),
    registriesFound: found.map(seen).sort(byId),
    ...(probe ? { names: probe.from } : {}),
  };
  const probing = {
    probe,
    suffix: azure.cloud.registrySuffix,
    clock: now,
    common,
    ...(inventory ? { look: inventory } : {}),
  };
  let done = 0;
  const [entries, registries] = await Promise.all([
    Promise.all(
      subscriptions.map(async (one) => {
        const entry =
          heldSubscriptions.get(idKey(one.id)) ?? (await withSubscriptionFacets(observe, one, asked, common));
        await keep({ kind: 'subscription', entry });
        return entry;
      }),
    ),
    inTurn(
      wanted,
      atOnce,
      ({ id }) => idKey(subscriptionOf(id)),
      async (one) => {
        const entry =
          heldRegistries.get(idKey(one.id)) ?? (await withRegistryFacets(observe, one, asked.facets, probing));
        await keep({ kind: 'registry', entry });
        done += 1;
        progress({ read: done, of: wanted.length });
        return entry;
      },
    ),
  ]);
  const inOrder = { subscriptions: [...entries].sort(byId), registries: [...registries].sort(byId) };
  progress('reading what the registries share');
  const shared = await sharedFacets(
    observe,
    { ...inOrder, declared: asked.declared ?? [] },
    asked.facets,
    common,
    keep,
  );
  return { ...opening, ...inOrder, shared };
}

const seen = ({ id, registry }: Found): RegistrySeen => ({
  id,
  loginServer: registry.state === 'observed' ? (registry.value.loginServer?.toLowerCase() ?? null) : null,
});

const identitiesOf = (found: readonly Found[]): ReadonlySet<string> =>
  new Set(
    found.flatMap(({ registry }) => {
      const identity = registry.state === 'observed' ? registry.value.identity : null;
      const ids = [identity?.principalId, ...(identity?.userAssigned ?? []).map(({ principalId }) => principalId)];
      return ids.flatMap((id) => (id ? [idKey(id)] : []));
    }),
  );

async function withSubscriptionFacets(
  observe: Observe,
  one: Looked,
  asked: Asked,
  common: Common,
): Promise<SubscriptionEntry> {
  const found: Partial<Record<SubscriptionFacet, Evidence<unknown>>> = {};
  // A subscription without registries has nothing that its plans or roles could be judged for.
  const empty = one.registries.state === 'observed' && one.registries.value.length === 0;
  const isAsked = (facet: SubscriptionFacet): boolean =>
    asked.facets.has(facet) &&
    ((!empty && one.unread === undefined) || (facets[facet].everywhere === true && !isNarrowed(asked)));
  await Promise.all(
    Object.values(subscriptionCollectors)
      .filter(({ facet }) => isAsked(facet))
      .map(async ({ facet, permissions, collect }) => {
        found[facet] =
          one.unread ??
          (await observe<unknown>({
            permissions,
            scope: one.id,
            ask: (azure, each) => collect(azure, one, { ...common, observe, each }),
          }));
      }),
  );
  const registries =
    one.registries.state === 'observed'
      ? { ...one.registries, value: one.registries.value.map(({ id }) => id).sort() }
      : one.registries;
  return { id: one.id, name: one.name, registries, facets: found as SubscriptionEntry['facets'] };
}

async function sharedFacets(
  observe: Observe,
  known: Omit<KnownSoFar, 'shared'>,
  wanted: ReadonlySet<Facet>,
  common: Common,
  keep: NonNullable<Collecting['keep']>,
): Promise<Snapshot['shared']> {
  const shared: Partial<Record<SharedFacet, Evidence<unknown>>> = {};
  // One after another: a shared facet may build on the ones before it.
  for (const { facet, permissions, collect } of Object.values(sharedCollectors)) {
    if (!wanted.has(facet)) continue;
    const soFar: KnownSoFar = { ...known, shared: shared as KnownSoFar['shared'] };
    const evidence = await observe<unknown>({
      permissions,
      scope: '/',
      ask: (azure, each) => collect(azure, soFar, { ...common, observe, each }),
    });
    shared[facet] = evidence;
    await keep({ kind: 'shared', facet, evidence });
  }
  return shared as Snapshot['shared'];
}
