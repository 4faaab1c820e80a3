import type { ScopeAsked } from '../collect/scope.ts';
import type { Wanted } from '../collect/wanted.ts';
import type { OptIn } from '../model/facets.ts';
import { UsageError } from './errors.ts';
import type { EvidenceArgs } from './options.ts';
import { registryNames } from './registry-names.ts';

/** Which evidence the user wants: the command line, read once. */
export interface Asking {
  readonly from: SnapshotFile | Live;
  /** Which registries of it. */
  readonly wanted: Wanted;
  readonly optIns: readonly OptIn[];
  readonly voice: Voice;
}

export interface SnapshotFile {
  readonly kind: 'snapshot';
  /** `-` is standard input. */
  readonly file: string;
}

/** Azure, or the built-in tenant in its place. */
export interface Live {
  readonly kind: 'azure' | 'demo';
  readonly scope: ScopeAsked;
  readonly cloud: {
    readonly name: string | undefined;
    readonly resourceManagerEndpoint: string | undefined;
    readonly registrySuffix: string | undefined;
  };
  readonly limits: { readonly concurrency: number; readonly timeoutSeconds: number };
}

/** What is said on standard error while Azure is read: nothing, how far it is, or each request (with its query). */
export type Voice = 'silent' | 'progress' | 'requests' | 'queries';

/** Reads what was typed. Throws a `UsageError` for what excludes each other. */
export function askingOf(args: EvidenceArgs, env: NodeJS.ProcessEnv): Asking {
  if (args.demo && args.snapshot !== undefined)
    throw new UsageError('--demo and --snapshot exclude each other', 'leave one of them out');
  if (args.probe && (args.demo || args.snapshot !== undefined))
    throw new UsageError('--probe asks DNS about registries as they are now', 'leave out --demo and --snapshot');
  return {
    from: args.snapshot === undefined ? live(args, env) : snapshotFile(args, args.snapshot),
    wanted: {
      registries: registryNames(args.registry),
      groups: args['resource-group'] ?? [],
      tags: args.tag ?? [],
    },
    optIns: [...(args['data-plane'] ? ['--data-plane' as const] : []), ...(args.probe ? ['--probe' as const] : [])],
    voice: args.debug ? 'queries' : args.verbose ? 'requests' : args.quiet ? 'silent' : 'progress',
  };
}

function snapshotFile(args: EvidenceArgs, file: string): SnapshotFile {
  if (args.subscription !== undefined || args['all-subscriptions'] || args['management-group'] !== undefined)
    throw new UsageError(
      'a snapshot is not narrowed by --subscription, --all-subscriptions or --management-group',
      'name registries, or use --resource-group or --tag',
    );
  return { kind: 'snapshot', file };
}

const live = (args: EvidenceArgs, env: NodeJS.ProcessEnv): Live => ({
  kind: args.demo ? 'demo' : 'azure',
  scope: { subscriptions: subscriptionsOf(args, env), managementGroup: args['management-group'] ?? null },
  cloud: {
    name: args.cloud,
    resourceManagerEndpoint: args['resource-manager-endpoint'],
    registrySuffix: args['registry-suffix'],
  },
  limits: { concurrency: args.concurrency, timeoutSeconds: args.timeout },
});

function subscriptionsOf(args: EvidenceArgs, env: NodeJS.ProcessEnv): readonly string[] {
  const { subscription = [], 'all-subscriptions': all, 'management-group': group } = args;
  const given = [subscription.length > 0, all, group !== undefined].filter(Boolean).length;
  if (given > 1)
    throw new UsageError(
      '--subscription, --all-subscriptions and --management-group exclude each other',
      'keep one of them',
    );
  const fromEnvironment = env['AZURE_SUBSCRIPTION_ID'];
  const chosen = given === 0 && !args.demo && fromEnvironment ? [fromEnvironment] : subscription;
  return chosen.map((one) => one.trim().replace(/^\/subscriptions\/([^/]+)\/?$/i, '$1'));
}
