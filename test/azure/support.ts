import type { TokenCredential } from '@azure/identity';
import nock from 'nock';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { clouds } from '../../src/azure/clouds.ts';
import { type Connection, connect } from '../../src/azure/index.ts';
import { AzureError } from '../../src/collect/azure.ts';

export const host = 'https://management.azure.com';
export const subscription = '/subscriptions/00000000-0000-0000-0000-000000000001';
export const group = `${subscription}/resourceGroups/rg-acr`;
export const registries = `${subscription}/providers/Microsoft.ContainerRegistry/registries`;
export const registry = `${group}/providers/Microsoft.ContainerRegistry/registries/contoso`;

/** A login that is always there. */
export const token: TokenCredential = {
  getToken: async () => ({ token: 'secret-token', expiresOnTimestamp: Date.now() + 3_600_000 }),
};

/** The real clients over the network that nock stands in for, in no mood to wait. */
export const azureWith = (options: Partial<Connection> = {}) =>
  connect({ cloud: clouds.public, credential: token, retryDelayMs: 1, ...options });

/** Every test of a file has a network of its own, and what it leaves unasked is a failure. */
export function ownNetwork(): void {
  beforeAll(() => {
    if (!nock.isActive()) nock.activate();
    nock.disableNetConnect();
  });
  afterEach(() => {
    const unasked = nock.pendingMocks();
    nock.abortPendingRequests();
    nock.cleanAll();
    if (unasked.length > 0) throw new Error(`never asked: ${unasked.join(', ')}`);
  });
  afterAll(() => {
    nock.enableNetConnect();
    nock.restore();
  });
}

export const arm = () => nock(host);

/** The error that a question ends in. */
export async function errorOf(asked: Promise<unknown>): Promise<AzureError> {
  const error = await asked.then(
    (value) => new Error(`answered: ${JSON.stringify(value)}`),
    (reason: unknown) => reason,
  );
  if (error instanceof AzureError) return error;
  throw error;
}
