import { setMaxListeners } from 'node:events';
import type { Login } from '../azure/credential.ts';
import type { Collecting } from '../collect/collect.ts';
import { ScopeError } from '../collect/scope.ts';
import { isWanted, type Wanted } from '../collect/wanted.ts';
import type { DeclaredConsumer } from '../model/facets/consumers.ts';
import { type Facet, facets } from '../model/facets.ts';
import { lastPart, sameId, subscriptionGuid } from '../model/ids.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Asking, Live } from './asking.ts';
import { clock } from './clock.ts';
import { inOneLine, UsageError } from './errors.ts';
import { didYouMean } from './nearest.ts';
import { progressOn } from './progress.ts';
import { tool } from './tool.ts';

/** What a collection holds for later: a plan can be made of it too. */
export const everyFacet = (Object.keys(facets) as readonly Facet[]).filter(
  (facet) => facets[facet].onlyFor !== 'explain access',
);

/** What is kept of a collection while it goes on, what it goes on from, and how far it looks into a registry. */
type Keeping = Pick<Collecting, 'keep' | 'before' | 'look'>;

/** The evidence to judge: from a file, from the built-in tenant, or from Azure. Nothing of Azure is loaded for a file. */
export async function evidence(
  asking: Asking,
  needed: Iterable<Facet>,
  declared: readonly DeclaredConsumer[] = [],
  keeping: Keeping = {},
): Promise<Snapshot> {
  const { from, wanted } = asking;
  if (from.kind !== 'snapshot') {
    const { subscriptions, managementGroup } = from.scope;
    const advice = subscriptions.length === 0 && managementGroup === null ? elsewhere : widen;
    const { snapshot, login } = await collected(asking, from, needed, declared, keeping);
    const held = holding(snapshot, wanted, advice, asWords(login));
    if (held.registries.length === 0 && asking.voice !== 'silent')
      process.stderr.write(`no registry in ${scopeOf(held)}${asWords(login)}\n`);
    return held;
  }
  const { readSnapshot } = await import('./snapshot/file.ts');
  const snapshot = declaring(await readSnapshot(from.file), declared);
  return holding(narrowed(snapshot, wanted), wanted, elsewhere, '', snapshot);
}

/** The registries wanted now, of those asked for when the snapshot was made. */
function narrowed(snapshot: Snapshot, wanted: Wanted): Snapshot {
  const before = snapshot.asked;
  const either = (now: readonly string[], then: readonly string[]) => (now.length > 0 ? now : then);
  return {
    ...snapshot,
    asked: {
      ...before,
      registries: either(wanted.registries, before.registries),
      groups: either(wanted.groups, before.groups),
      tags: either(wanted.tags, before.tags),
    },
    registries: snapshot.registries.filter(({ id, name, facets: { registry } }) =>
      isWanted(wanted, { id, name, registry }),
    ),
  };
}

/** A snapshot in which the configuration of today says what pulls, where it says anything. */
function declaring(snapshot: Snapshot, declared: readonly DeclaredConsumer[]): Snapshot {
  const { consumers } = snapshot.shared;
  return declared.length === 0 || consumers?.state !== 'observed'
    ? snapshot
    : {
        ...snapshot,
        shared: { ...snapshot.shared, consumers: { ...consumers, value: { ...consumers.value, declared } } },
      };
}

async function collected(
  { wanted, optIns, voice }: Asking,
  from: Live,
  needed: Iterable<Facet>,
  declared: readonly DeclaredConsumer[],
  keeping: Keeping,
): Promise<{ readonly snapshot: Snapshot; readonly login: Login | null }> {
  const stop = new AbortController();
  // Every request under way listens.
  setMaxListeners(0, stop.signal);
  const interrupt = () => stop.abort();
  process.once('SIGINT', interrupt);
  const progress = progressOn(process.stderr, process.env, voice);
  const [{ azureFor }, { probing }, { collect }, { withPrerequisites }] = await Promise.all([
    import('./azure.ts'),
    import('./probing.ts'),
    import('../collect/collect.ts'),
    import('../collect/index.ts'),
  ]);
  let login: Login | null = null;
  const onLogin = (one: Login): void => {
    login ??= one;
  };
  const { azure, now } = await azureFor(from, voice, progress.show, onLogin, stop.signal);
  // A facet that needs a switch is asked only with it; a check that wants one is then not applicable.
  const may = (facet: Facet): boolean => {
    const { optIn } = facets[facet];
    return optIn === undefined || optIns.includes(optIn);
  };
  try {
    const snapshot = await collect(
      azure,
      {
        ...wanted,
        ...from.scope,
        optIns,
        // No check needs to know what DNS answers here: it is asked for its own sake.
        facets: withPrerequisites([...needed, 'resolution' as const].filter(may)),
        declared,
      },
      {
        tool,
        ...(optIns.includes('--probe') ? { probe: probing() } : {}),
        now: now ?? clock(process.env),
        progress: progress.show,
        ...keeping,
      },
    );
    return { snapshot, login };
  } catch (error) {
    throw error instanceof ScopeError ? new ScopeError(`${error.message}${asWords(login)}`, error.among) : error;
  } finally {
    process.off('SIGINT', interrupt);
    progress.clear();
  }
}

/** The snapshot, if it holds what the user asked for. Where a subscription would not list, it may hide there. */
function holding(snapshot: Snapshot, wanted: Wanted, advice: string, as: string, within = snapshot): Snapshot {
  const scope = `${scopeOf(within)}${as}`;
  const lost = wanted.registries.find(
    (one) => !within.registries.some(({ id, name }) => sameId(one, id) || sameId(one, name)),
  );
  if (within.subscriptions.some(({ registries }) => registries.state !== 'observed')) {
    // It may hide in what would not list; a slip in its name must not look like a missing permission alone.
    if (lost !== undefined) {
      const where = `no registry '${lost}' in ${scope}, of which not every one would list its registries`;
      process.stderr.write(`acr-audit: ${inOneLine(where)}\n  ${inOneLine(nearestIn(within, lost) ?? advice)}\n`);
    }
    return snapshot;
  }
  if (lost !== undefined)
    throw new UsageError(`no registry '${lost}' in ${scope}`, nearestIn(within, lost) ?? advice, 3);
  const narrowing = [
    ...wanted.groups.map((name) => `--resource-group ${name}`),
    ...wanted.tags.map((tag) => `--tag ${tag}`),
  ];
  if (snapshot.registries.length === 0 && narrowing.length > 0)
    throw new UsageError(`no registry fits ${narrowing.join(' ')} in ${scope}`, advice, 3);
  return snapshot;
}

/** Which login it was: a registry that is not there is often one that another login sees. */
const asWords = (login: Login | null): string =>
  login === null ? '' : `, as ${login.account ?? 'an unknown account'} of tenant ${login.tenant ?? 'unknown'}`;

/** Where was looked: by name where the subscriptions are few. */
function scopeOf({ subscriptions }: Snapshot): string {
  const { length } = subscriptions;
  const names = subscriptions.map(({ id, name }) => name ?? subscriptionGuid(id));
  return `${length} ${length === 1 ? 'subscription' : 'subscriptions'}${length <= mostNames ? ` (${names.join(', ')})` : ''}`;
}

const mostNames = 4;

/** Every subscription that is seen was looked in. */
const elsewhere =
  'it may be in another tenant (az login --tenant TENANT), or this account has no Reader there (az account show)';
const widen = 'widen the scope: --subscription, --all-subscriptions';

function nearestIn({ registries, subscriptions }: Snapshot, lost: string): string | null {
  const looked = subscriptions.flatMap((one) => (one.registries.state === 'observed' ? one.registries.value : []));
  const names = [...registries.map(({ name }) => name), ...looked.map((id) => lastPart(id))];
  if (names.some((name) => sameId(name, lost))) return 'it is there, but not with this --resource-group and --tag';
  return didYouMean(lost, names);
}
