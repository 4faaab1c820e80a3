import check from '../../../checks/trust/import-pipelines-closed.ts';
import { denied, notCollected, observed, type Unseen } from '../../../src/model/evidence.ts';
import type { ImportPipeline } from '../../../src/model/facets/import-pipelines.ts';
import type { StorageAccounts } from '../../../src/model/facets/storage-accounts.ts';
import { acr, registryId, subscriptionId, testCheck } from '../../support.ts';

const pipeline = (changes: Partial<ImportPipeline> = {}): ImportPipeline => ({
  id: `${registryId}/importPipelines/drop`,
  name: 'drop',
  account: 'contosodrop',
  container: 'images',
  bySas: false,
  trigger: 'Enabled',
  options: ['OverwriteTags', 'ContinueOnErrors'],
  ...changes,
});
const account = {
  id: `${subscriptionId}/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/contosodrop`,
  name: 'contosodrop',
};
const ours: StorageAccounts = {
  accounts: [account],
  searched: [{ subscription: subscriptionId, ids: observed([account.id]) }],
};
const without = (...places: (Unseen | undefined)[]): StorageAccounts => ({
  accounts: [],
  searched: places.map((place) => ({ subscription: subscriptionId, ids: place ?? observed([]) })),
});
const judged = (importPipelines: ImportPipeline[], storageAccounts: StorageAccounts = ours) => ({
  registry: acr(),
  importPipelines,
  storageAccounts,
});
const manual = pipeline({ trigger: 'Disabled' });

testCheck(
  check,
  [
    [
      'pass',
      'somebody starts each run, from an account of ours',
      judged([manual]),
      { cites: ['importPipelines/0/trigger', 'importPipelines/0/account', 'storageAccounts/accounts/0/id'] },
    ],
    ['pass', 'it starts by itself and overwrites nothing', judged([pipeline({ options: ['ContinueOnErrors'] })])],
    [
      'pass',
      'it reads with a signature, which is said',
      judged([pipeline({ trigger: 'Disabled', bySas: true })]),
      { says: 'lives as long as it says' },
    ],
    [
      'fail',
      'it starts by itself and overwrites tags',
      judged([manual, pipeline()]),
      { says: 'what is put into container images, and overwrites tags', fix: 'az acr import-pipeline' },
    ],
    ['fail', 'options in another casing', judged([pipeline({ options: ['overwritetags'] })])],
    [
      'fail',
      'the account is in no subscription that there is',
      judged([manual], without(undefined)),
      { says: 'storage account contosodrop', cites: ['importPipelines/0/account'] },
    ],
    [
      'unknown',
      'a subscription could not be looked in',
      judged(
        [manual],
        without(undefined, denied('no', [{ action: 'Microsoft.Storage/storageAccounts/read', scope: subscriptionId }])),
      ),
      { says: 'contosodrop was not found' },
    ],
    ['unknown', 'a subscription was left out', judged([manual], without(undefined, notCollected('left out')))],
    ['unknown', 'nowhere was looked', judged([manual], without())],
    ['unknown', 'ARM does not say whether it starts by itself', judged([pipeline({ trigger: null })])],
    ['unknown', 'ARM does not say what it overwrites', judged([pipeline({ options: null })])],
    ['unknown', 'its address is none that we can read', judged([pipeline({ trigger: 'Disabled', account: null })])],
    ['not-applicable', 'there is none', judged([])],
    ['not-applicable', 'a Standard registry has none', { ...judged([]), registry: acr({ sku: 'Standard' }) }],
    ['unknown', 'ARM did not say the SKU', { ...judged([manual]), registry: acr({ sku: null }) }],
  ],
  {
    'importPipelines/*/options': 'one that somebody starts overwrites what that somebody means',
    'importPipelines/*/trigger': 'one that overwrites nothing may start by itself',
    'importPipelines/*/container': 'it is only named',
  },
);
