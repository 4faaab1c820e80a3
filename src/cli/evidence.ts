import { setMaxListeners } from 'node:events';
import { isWanted, type Wanted } from '../collect/wanted.ts';
import type { DeclaredConsumer } from '../model/facets/consumers.ts';
import { type Facet, facets } from '../model/facets.ts';
import { sameId } from '../model/ids.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { clock } from './clock.ts';
import { UsageError } from './errors.ts';
import { nearest } from './nearest.ts';
import type { EvidenceArgs } from './options.ts';
import { registryNames } from './registry-names.ts';
import { progressOn } from './terminal.ts';
import { tool } from './tool.ts';

export const everyFacet = Object.keys(facets) as readonly Facet[];

/** The facets that need a switch are asked only with it; a check that wants one is then not applicable. */
const optedIn =
  (args: EvidenceArgs) =>
  (facet: Facet): boolean => {
    const { optIn } = facets[facet];
    const given = { '--data-plane': args['data-plane'], '--probe': args.probe, '--workspace': false };
    return optIn === undefined || given[optIn];
  };

/** The evidence to judge: from a file, from the built-in tenant, or from Azure. Nothing of Azure is loaded for a file. */
export async function evidence(
  args: EvidenceArgs,
  wanted: Iterable<Facet>,
  declared: readonly DeclaredConsumer[] = [],
): Promise<Snapshot> {
  if (args.demo && args.snapshot !== undefined)
    throw new UsageError('--demo and --snapshot exclude each other', 'leave one of them out');
  if (args.probe && (args.demo || args.snapshot !== undefined))
    throw new UsageError('--probe asks DNS about registries as they are now', 'leave out --demo and --snapshot');
  const asked = {
    registries: registryNames(args.registry),
    resourceGroups: args['resource-group'] ?? [],
    tags: args.tag ?? [],
  };
  if (args.snapshot === undefined) return holding(await collected(args, asked, wanted, declared), asked);
  if (args.subscription !== undefined || args['all-subscriptions'] || args['management-group'] !== undefined)
    throw new UsageError(
      'a snapshot is not narrowed by --subscription, --all-subscriptions or --management-group',
      'name registries, or use --resource-group or --tag',
    );
  const { readSnapshot } = await import('./snapshot-file.ts');
  const snapshot = declaring(await readSnapshot(args.snapshot), declared);
  return holding(narrowed(snapshot, asked), asked, snapshot);
}

/** The registries asked for now, of those asked for when the snapshot was made. */
function narrowed(snapshot: Snapshot, asked: Wanted): Snapshot {
  const before = snapshot.asked;
  const either = (now: readonly string[], then: readonly string[]) => (now.length > 0 ? now : then);
  return {
    ...snapshot,
    asked: {
      registries: either(asked.registries, before.registries),
      resourceGroups: either(asked.resourceGroups, before.resourceGroups),
      tags: either(asked.tags, before.tags),
    },
    registries: snapshot.registries.filter(({ id, name, facets: { registry } }) =>
      isWanted(asked, { id, name, registry }),
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
  args: EvidenceArgs,
  asked: Wanted,
  wanted: Iterable<Facet>,
  declared: readonly DeclaredConsumer[],
): Promise<Snapshot> {
  const stop = new AbortController();
  // Every request under way listens.
  setMaxListeners(0, stop.signal);
  const interrupt = () => stop.abort();
  process.once('SIGINT', interrupt);
  const progress = progressOn(process.stderr, process.env, args.quiet || args.verbose || args.debug);
  const [{ azureFor }, { nameServers }, { collect }, { withPrerequisites }] = await Promise.all([
    import('./azure.ts'),
    import('./name-servers.ts'),
    import('../collect/collect.ts'),
    import('../collect/index.ts'),
  ]);
  const { azure, now } = await azureFor(args, stop.signal);
  try {
    return await collect(
      azure,
      {
        ...asked,
        subscriptions: scopeOf(args),
        managementGroup: args['management-group'] ?? null,
        // No check needs to know what DNS answers here: it is asked for its own sake.
        facets: withPrerequisites([...wanted, 'resolution' as const].filter(optedIn(args))),
        declared,
      },
      {
        tool,
        ...(args.probe ? { nameServers: nameServers() } : {}),
        now: now ?? clock(process.env),
        progress: (text) => (args.verbose || args.debug ? process.stderr.write(`${text}\n`) : progress.show(text)),
      },
    );
  } finally {
    process.off('SIGINT', interrupt);
    progress.clear();
  }
}

function scopeOf(args: EvidenceArgs): readonly string[] {
  const { subscription = [], 'all-subscriptions': all, 'management-group': group } = args;
  if (Number(subscription.length > 0) + Number(all) + Number(group !== undefined) > 1)
    throw new UsageError(
      '--subscription, --all-subscriptions and --management-group exclude each other',
      'keep one of them',
    );
  const fromEnvironment = process.env['AZURE_SUBSCRIPTION_ID'];
  const given =
    subscription.length === 0 && !all && group === undefined && !args.demo && fromEnvironment
      ? [fromEnvironment]
      : subscription;
  return given.map((one) => one.trim().replace(/^\/subscriptions\/([^/]+)\/?$/i, '$1'));
}

/** The snapshot, if it holds what the user asked for. Where a subscription would not list, it may hide there. */
function holding(snapshot: Snapshot, asked: Wanted, within = snapshot): Snapshot {
  if (within.subscriptions.some(({ registries }) => registries.state !== 'observed')) return snapshot;
  const { length } = within.subscriptions;
  const scope = `${length} ${length === 1 ? 'subscription' : 'subscriptions'}`;
  const lost = asked.registries.find(
    (one) => !within.registries.some(({ id, name }) => sameId(one, id) || sameId(one, name)),
  );
  if (lost !== undefined)
    throw new UsageError(`no registry '${lost}' in ${scope}`, nearestIn(within, lost) ?? widen, 3);
  const narrowing = [
    ...asked.resourceGroups.map((name) => `--resource-group ${name}`),
    ...asked.tags.map((tag) => `--tag ${tag}`),
  ];
  if (snapshot.registries.length === 0 && narrowing.length > 0)
    throw new UsageError(`no registry in ${scope} fits ${narrowing.join(' ')}`, widen, 3);
  return snapshot;
}

const widen = 'widen the scope: --subscription, --all-subscriptions';

function nearestIn({ registries, subscriptions }: Snapshot, lost: string): string | null {
  const looked = subscriptions.flatMap((one) => (one.registries.state === 'observed' ? one.registries.value : []));
  const names = [...registries.map(({ name }) => name), ...looked.map((id) => id.slice(id.lastIndexOf('/') + 1))];
  if (names.some((name) => sameId(name, lost))) return 'it is there, but not with this --resource-group and --tag';
  const near = [...new Set(nearest(lost, names))];
  return near.length > 0 ? `did you mean ${near.join(' or ')}?` : null;
}
