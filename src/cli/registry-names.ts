import { UsageError } from './errors.ts';

/** Group names hold nothing that a path or a query would be made of. */
const registryId =
  /^\/subscriptions\/[^/?#%]+\/resourceGroups\/[^/?#%]+\/providers\/Microsoft\.ContainerRegistry\/registries\/[^/?#%]+$/i;

/** Registries as people type and paste them: names, or resource ids, with a slash at the end at times. Throws a `UsageError`. */
export const registryNames = (given: readonly string[]): string[] =>
  given.map((typed) => {
    const name = typed.trim().replace(/(?<=.)\/+$/, '');
    if (name !== '' && (!name.startsWith('/') || registryId.test(name))) return name;
    throw new UsageError(
      name === '' ? 'the name of a registry is empty' : `this is not the resource id of a registry: ${typed}`,
      'az acr list --query "[].id" prints them',
    );
  });
