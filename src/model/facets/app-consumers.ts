import type { Evidence, Unseen } from '../evidence.ts';
import type { ManagedIdentity } from './registry.ts';

/** What pulls from registries beside AKS: apps that name an image, and how they log in for it. Never a secret. */
export interface AppConsumers {
  readonly apps: readonly AppConsumer[];
  /** Whether the apps of each kind could be listed in each subscription: `not-collected` for one that the user left out. */
  readonly searched: readonly {
    readonly subscription: string;
    readonly kind: AppKind;
    readonly apps: Evidence<readonly string[]>;
  }[];
  /** The environments that container apps run in, of each subscription that has such apps. */
  readonly environments: readonly {
    readonly subscription: string;
    readonly found: Evidence<readonly AppEnvironment[]>;
  }[];
}

/** Where container apps run. */
export interface AppEnvironment {
  readonly id: string;
  /** Id of the user's subnet that its apps are in; `null` in a network of Azure's own. */
  readonly subnet: string | null;
}

export type AppKind = 'container app' | 'container app job' | 'web app' | 'web app slot' | 'container group';

export interface AppConsumer {
  readonly id: string;
  readonly name: string;
  readonly kind: AppKind;
  readonly location: string | null;
  readonly identity: ManagedIdentity | null;
  /** Id of the environment that a container app or job runs in. */
  readonly environment: string | null;
  /** Ids of the subnets that its image is pulled from, where the app itself names them. */
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
  | { readonly by: 'untold'; readonly why: string }
  /** What it runs is a list of its own, which could not be read. */
  | { readonly by: 'unread'; readonly containers: Unseen };
