import * as v from 'valibot';
import { type Evidence, observed, unreadable } from '../model/evidence.ts';
import type { Registry } from '../model/facets/registry.ts';
import type { Azure } from './azure.ts';
import { withFallback } from './fallback.ts';
import type { Observe, Permission } from './observe.ts';
import { armId, read, ShapeError, text } from './read.ts';
import { parseRegistry, registryApiVersions } from './registry.ts';

export const registryPermission: Permission = 'Microsoft.ContainerRegistry/registries/read';

/** A registry that was found; its facet is unreadable where only its name could be made out. */
export interface Found {
  readonly id: string;
  readonly name: string;
  readonly registry: Evidence<Registry>;
}

/** Every registry of a subscription, by one list: its items are as complete as the registry's own answer. */
export const registriesOf = (observe: Observe, subscription: string): Promise<Evidence<readonly Found[]>> =>
  observe({
    permissions: [registryPermission],
    scope: subscription,
    ask: (azure, each) =>
      withFallback(registryApiVersions, async (apiVersion) => {
        const path = `${subscription}/providers/Microsoft.ContainerRegistry/registries`;
        return each(await azure.list(path, apiVersion), (body) => found(body, path, apiVersion));
      }),
  });

/** One registry by its resource id: needs no permission on the subscription. */
export const registryAt = (observe: Observe, id: string): Promise<Evidence<Found>> =>
  observe({
    permissions: [registryPermission],
    scope: id,
    ask: (azure: Azure) =>
      withFallback(registryApiVersions, async (apiVersion) => found(await azure.get(id, apiVersion), id, apiVersion)),
  });

const namedWire = v.object({ id: armId, name: text });

/** One registry that we can't read must not hide the others of the same list. */
function found(body: unknown, request: string, apiVersion: string): Found {
  const { id, name } = read('a registry', namedWire, body);
  try {
    return { id, name, registry: observed(parseRegistry(body, apiVersion)) };
  } catch (error) {
    if (error instanceof ShapeError) return { id, name, registry: unreadable(`${error.message} (${request})`) };
    throw error;
  }
}
