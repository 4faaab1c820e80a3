import type { Evidence } from '../evidence.ts';
import type { ManagedIdentity } from './registry.ts';

/** What pulls from registries beside AKS: apps that name an image, and how they log in for it. Never a secret. */
export interface AppConsumers {
  readonly apps: readonly AppConsumer[];
  /** Whether the apps of each kind could be listed in each scanned subscription. */
  readonly searched: readonly {
    readonly subscription: string;
    readonly kind: AppKind;
    readonly apps: Evidence<readonly string[]>;
  }[];
}

export type AppKind = 'container app' | 'container app job' | 'web app' | 'web app slot' | 'container group';

export interface AppConsumer {
  readonly id: string;
  readonly name: string;
  readonly kind: AppKind;
  readonly location: string | null;
  readonly identity: ManagedIdentity | null;
  /** Subnet ids, where the app itself names them. */
  readonly subnets: readonly string[];
  /** Once for each registry that the app names. */
  readonly pulls: readonly AppPull[];
}

export interface AppPull {
  /** Host of the registry, lower case; `null` where Azure does not say what the app runs. */
  readonly server: string | null;
  readonly login: AppLogin;
}

export type AppLogin =
  /** `system`, or the id of a user-assigned identity; `null`: Azure does not say which. */
  | { readonly by: 'identity'; readonly identity: string | null }
  | { readonly by: 'password'; readonly userName: string | null }
  | { readonly by: 'nothing' }
  /** Azure does not say, or says it where it was not read. */
  | { readonly by: 'untold'; readonly why: string };
