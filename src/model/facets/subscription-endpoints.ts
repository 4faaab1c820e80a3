import type { Evidence } from '../evidence.ts';
import type { Placement } from './private-endpoints.ts';

/** A private endpoint in a subscription that leads to a container registry, whosever that is. */
export interface SubscriptionEndpoint {
  readonly id: string;
  readonly name: string;
  /** Its connections to registries, automatic and manual ones. */
  readonly links: readonly RegistryLink[];
  /**
   * The public names that it serves, in lower case: as the endpoint tells them, else its zone group, which Azure tells them
   * by then. Empty where neither does.
   */
  readonly serves: Evidence<readonly string[]>;
}

export interface RegistryLink {
  /** Id of the registry. */
  readonly target: string | null;
  /** Where that registry lies, as ARM answers our login. */
  readonly placement: Evidence<Placement>;
}
