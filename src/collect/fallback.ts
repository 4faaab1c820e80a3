import { AzureError } from './azure.ts';

/** Asks with the newest api-version; where ARM refuses it (a sovereign cloud lags behind), with the next older one. */
export async function withFallback<T>(
  [newest, ...older]: readonly [string, ...string[]],
  ask: (apiVersion: string) => Promise<T>,
): Promise<T> {
  try {
    return await ask(newest);
  } catch (error) {
    const [next, ...others] = older;
    if (next === undefined || !(error instanceof AzureError) || error.kind !== 'api-version') throw error;
    return withFallback([next, ...others], ask);
  }
}
