import * as v from 'valibot';
import type { StorageAccount } from '../model/facets/storage-accounts.ts';
import { idKey } from '../model/ids.ts';
import type { KnownSoFar, SharedCollector } from './collector.ts';
import { armId, read, text } from './read.ts';
import { searchIn } from './search.ts';

/** Azure/azure-rest-api-specs, storage/resource-manager/Microsoft.Storage/stable/2023-01-01, StorageAccounts_List. */
const apiVersion = '2023-01-01';

const wire = v.object({ id: armId, name: text });

/** Only where it is: its keys and settings are nobody's business here. */
export const parseStorageAccount = (body: unknown): StorageAccount => {
  const { id, name } = read('a storage account', wire, body);
  return { id, name: name.toLowerCase() };
};

export const storageAccounts: SharedCollector<'storageAccounts'> = {
  facet: 'storageAccounts',
  scope: 'shared',
  permissions: ['Microsoft.Storage/storageAccounts/read'],
  from: ['importPipelines'],
  async collect(azure, known, { observe }) {
    const named = accountsOfPipelines(known);
    // Hardly any registry has an import pipeline: then nobody's accounts are looked at.
    if (named.size === 0) return { accounts: [], searched: [] };
    const { found, searched } = await searchIn(azure, observe, known, {
      permissions: storageAccounts.permissions,
      ask: async (azure, each, subscription) => {
        const listed = await azure.list(`${subscription}/providers/Microsoft.Storage/storageAccounts`, apiVersion);
        return each(
          listed.filter((body) => mayBeOneOf(named, body)),
          parseStorageAccount,
        );
      },
    });
    return { accounts: found, searched };
  },
};

const accountsOfPipelines = ({ registries }: KnownSoFar): ReadonlySet<string> =>
  new Set(
    registries.flatMap(({ facets: { importPipelines } }) =>
      importPipelines?.state === 'observed' ? importPipelines.value.flatMap(({ account }) => account ?? []) : [],
    ),
  );

/** An element without a name that can be read may be the one: it stays, to be an unread entry. */
function mayBeOneOf(names: ReadonlySet<string>, body: unknown): boolean {
  const named = v.safeParse(v.object({ name: text }), body);
  return !named.success || names.has(idKey(named.output.name));
}
