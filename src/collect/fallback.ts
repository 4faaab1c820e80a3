import { AzureError } from './azure.ts';

/** Asks with the newer api-version, and where ARM refuses it (a sovereign cloud lags behind) with the older one. */
export async function withFallback<T>(
  [newer, older]: readonly [string, string],
  ask: (apiVersion: string) => Promise<T>,
): Promise<T> {
  try {
    return await ask(newer);
  } catch (error) {
    if (error instanceof AzureError && error.kind === 'api-version') return ask(older);
    throw error;
  }
}
