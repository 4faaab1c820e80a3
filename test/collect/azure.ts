import { type Azure, AzureError } from '../../src/collect/azure.ts';
import type { Asking } from '../../src/collect/collector.ts';
import { observer } from '../../src/collect/observe.ts';
import { eachNoting } from '../../src/collect/read.ts';
import type { UnreadEntry } from '../../src/model/evidence.ts';

/** An Azure that answers these lists, and refuses everything else; `asked` is what it was asked for. */
export function fakeAzure(lists: Readonly<Record<string, readonly unknown[]>>): { azure: Azure; asked: string[] } {
  const asked: string[] = [];
  const refuse = (path: string) => Promise.reject(new AzureError('absent', `there is no ${path}`, { status: 404 }));
  const azure: Azure = {
    cloud: { name: 'public', resourceManager: 'https://management.azure.com', registrySuffix: 'azurecr.io' },
    get: refuse,
    graph: refuse,
    registry: refuse,
    list(path) {
      asked.push(path);
      return lists[path] ? Promise.resolve(lists[path]) : refuse(path);
    },
    firstPages: async (path, apiVersion) => ({ items: await azure.list(path, apiVersion), whole: true }),
  };
  return { azure, asked };
}

/** What a collector is handed beside Azure itself. */
export const askingOf = (azure: Azure, unread: UnreadEntry[] = []): Asking => ({
  now: '2026-11-23T02:00:00Z',
  registryIdentities: new Set(),
  registriesFound: [],
  observe: observer(azure, () => '2026-11-23T02:00:00Z'),
  each: eachNoting(unread),
});

export const askingNothing = askingOf(fakeAzure({}).azure);
