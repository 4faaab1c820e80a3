import type { ContainerRegistryManagementClient } from '@azure/arm-containerregistry';
import type { NetworkManagementClient } from '@azure/arm-network';
import type { PrivateDnsManagementClient } from '@azure/arm-privatedns';
import type { SecurityCenter } from '@azure/arm-security';
import type { HttpClient, Pipeline, PipelinePolicy } from '@azure/core-rest-pipeline';
import type { TokenCredential } from '@azure/identity';
import type { Cloud } from './clouds.ts';

/** The SDK's clients, one of each per subscription, loaded and made when first asked for. */
export interface Clients {
  containerRegistry(subscription: string): Promise<ContainerRegistryManagementClient>;
  network(subscription: string): Promise<NetworkManagementClient>;
  privateDns(subscription: string): Promise<PrivateDnsManagementClient>;
  security(subscription: string): Promise<SecurityCenter>;
}

/** Where each of our policies sits in the pipelines of all clients. */
export interface Policies {
  /** Once per page, inside deserialising, outside retrying. */
  readonly wire: PipelinePolicy;
  /** In place of the SDK's own. */
  readonly retries: PipelinePolicy;
  /** For each attempt, last before the wire, in this order. */
  readonly attempt: readonly PipelinePolicy[];
}

export function makeClients(
  cloud: Cloud,
  credential: TokenCredential,
  httpClient: HttpClient,
  policies: Policies,
): Clients {
  // The old and the new generation of clients spell the scope differently, and each guesses wrong in some cloud if its
  // spelling is missing. No client gets an apiVersion: an old one would force it on every request of its pipeline.
  const options = {
    endpoint: cloud.resourceManager,
    credentialScopes: [cloud.scope],
    credentials: { scopes: [cloud.scope] },
    httpClient,
    userAgentOptions: { userAgentPrefix: 'acr-audit' },
  };

  return {
    containerRegistry: oncePerSubscription(async (subscription) => {
      const { ContainerRegistryManagementClient } = await import('@azure/arm-containerregistry');
      return withPolicies(new ContainerRegistryManagementClient(credential, subscription, options), policies);
    }),
    network: oncePerSubscription(async (subscription) => {
      const { NetworkManagementClient } = await import('@azure/arm-network');
      return withPolicies(new NetworkManagementClient(credential, subscription, options), policies);
    }),
    privateDns: oncePerSubscription(async (subscription) => {
      const { PrivateDnsManagementClient } = await import('@azure/arm-privatedns');
      return withPolicies(new PrivateDnsManagementClient(credential, subscription, options), policies);
    }),
    security: oncePerSubscription(async (subscription) => {
      const { SecurityCenter } = await import('@azure/arm-security');
      return withPolicies(new SecurityCenter(credential, subscription, options), policies);
    }),
  };
}

function oncePerSubscription<C>(make: (subscription: string) => Promise<C>): (subscription: string) => Promise<C> {
  const made = new Map<string, Promise<C>>();
  return (subscription) => {
    const client = made.get(subscription) ?? make(subscription);
    made.set(subscription, client);
    return client;
  };
}

function withPolicies<C extends { readonly pipeline: Pipeline }>(client: C, { wire, retries, attempt }: Policies): C {
  client.pipeline.addPolicy(wire, { afterPhase: 'Deserialize' });
  client.pipeline.removePolicy({ phase: 'Retry' });
  client.pipeline.addPolicy(retries, { phase: 'Retry' });
  for (const policy of attempt) client.pipeline.addPolicy(policy, { afterPhase: 'Sign' });
  return client;
}
