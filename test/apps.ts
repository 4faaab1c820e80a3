import type { AppConsumer, AppConsumers, AppLogin } from '../src/model/facets/app-consumers.ts';
import { subscriptionId } from './roles.ts';

/** A container app with a system identity, object id `web`, that pulls from contoso with this login. */
export const app = (
  changes: Partial<AppConsumer> = {},
  login: AppLogin = { by: 'identity', identity: 'system' },
): AppConsumer => ({
  id: `${subscriptionId}/resourceGroups/rg/providers/Microsoft.App/containerApps/web`,
  name: 'web',
  kind: 'container app',
  location: 'westeurope',
  identity: { type: 'SystemAssigned', principalId: 'web', userAssigned: [] },
  environment: null,
  subnets: [],
  pulls: [{ server: 'contoso.azurecr.io', login }],
  ...changes,
});

/** Apps that were found. */
export const apps = (...found: readonly AppConsumer[]): AppConsumers => ({
  apps: found,
  searched: [],
  environments: [],
});
