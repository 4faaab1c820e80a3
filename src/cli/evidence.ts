import type { DeclaredConsumer } from '../model/facets/consumers.ts';
import { type Facet, facets } from '../model/facets.ts';
import { sameId } from '../model/ids.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { clock } from './clock.ts';
import { UsageError } from './errors.ts';
import { nearest } from './nearest.ts';
import type { EvidenceArgs } from './options.ts';
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
  if (args.snapshot === undefined) return named(await collected(args, wanted, declared), args.registry);
  const { readSnapshot } = await import('./snapshot-file.ts');
  const snapshot = declaring(await readSnapshot(args.snapshot), declared);
  if (args.registry.length === 0) return snapshot;
  const isNamed = ({ id, name }: { id: string; name: string }) =>
    args.registry.some((one) => sameId(one, id) || sameId(one, name));
  return {
    ...named(snapshot, args.registry),
    asked: { ...snapshot.asked, registries: args.registry },
    registries: snapshot.registries.filter(isNamed),
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
  wanted: Iterable<Facet>,
  declared: readonly DeclaredConsumer[],
): Promise<Snapshot> {
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
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
        registries: args.registry,
        subscriptions: scopeOf(args),
        managementGroup: args['management-group'] ?? null,
        resourceGroups: args['resource-group'] ?? [],
        tags: args.tag ?? [],
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
  return subscription.length === 0 && !all && !args.demo && fromEnvironment ? [fromEnvironment] : subscription;
}

/** The snapshot, if it holds every registry the user named. Where a subscription would not list, it may hide there. */
function named(snapshot: Snapshot, wanted: readonly string[]): Snapshot {
  const names = snapshot.registries.map(({ name }) => name);
  const lost = wanted.find((one) => !snapshot.registries.some(({ id, name }) => sameId(one, id) || sameId(one, name)));
  if (lost === undefined || snapshot.subscriptions.some(({ registries }) => registries.state !== 'observed'))
    return snapshot;
  const looked = snapshot.subscriptions.flatMap(({ registries }) =>
    registries.state === 'observed' ? registries.value : [],
  );
  const near = nearest(lost, [...names, ...looked.map((id) => id.slice(id.lastIndexOf('/') + 1))]);
  throw new UsageError(
    `no registry '${lost}' in ${snapshot.subscriptions.length} ${snapshot.subscriptions.length === 1 ? 'subscription' : 'subscriptions'}`,
    near.length > 0
      ? `did you mean ${[...new Set(near)].join(' or ')}?`
      : 'widen the scope: --subscription, --all-subscriptions',
    3,
  );
}
