import { dataPlaneCategories } from '../facts/posture/logging.ts';
import type { GovernanceCommand } from '../model/command.ts';
import type { DiagnosticSetting } from '../model/facets/diagnostic-settings.ts';
import type { ExportPipeline } from '../model/facets/export-pipelines.ts';
import { lastPart, sameId } from '../model/ids.ts';
import type { KnownFacts } from '../model/step.ts';
import { refusedSetting } from './constraints.ts';
import { atRegistry, back, nothing, onOrOff, type Traits } from './trait.ts';
import { asking, quoted, word } from './words.ts';

/** A setting that sends both categories of the data plane to a workspace the reader chooses, beside those that are there. */
export const acrLogDataPlane = (there: readonly Pick<DiagnosticSetting, 'name'>[] = []): GovernanceCommand => ({
  kind: 'diagnostics.create',
  // One of the same name would be written over.
  setting: there.some(({ name }) => sameId(name, 'acr-data-plane')) ? 'acr-data-plane-logs' : 'acr-data-plane',
  workspace: '<workspace-id>',
  categories: dataPlaneCategories,
});

/** The logs of a setting that is there, with these categories on: a second setting for the same place is refused. */
export const acrLogIn = (setting: DiagnosticSetting, categories: readonly string[]): GovernanceCommand => ({
  kind: 'diagnostics.update',
  setting: setting.name,
  logs: [
    ...(setting.logs ?? []).filter(({ category }) => category === null || !categories.includes(category)),
    ...categories.map((category) => ({ category, group: null, enabled: true })),
  ],
});

/** `az lock create`: ARM then refuses to delete the registry and everything below it. */
export const acrLock = (): GovernanceCommand => ({ kind: 'lock.create', name: 'keep-registry' });

/** `az acr webhook update --status enabled`. */
export const acrWebhookOn = (webhook: string): GovernanceCommand => ({
  kind: 'webhook.status',
  webhook,
  status: 'enabled',
});

/** `az resource delete` of a pipeline: az has no command of its own for them without an extension. */
export const deleteExportPipeline = ({ id }: Pick<ExportPipeline, 'id'>): GovernanceCommand => ({
  kind: 'exportPipeline.delete',
  id,
});

const ofSetting = (name: string): string => `--name ${word(name)} --resource <registry-id>`;
const ofWebhook = (name: string): string =>
  `--name ${word(name)} --registry <registry> --resource-group <group> --subscription <subscription>`;
// az ignores the subscription in the resource's id.
const ofLock = (name: string): string => `--name ${word(name)} --subscription <subscription> --resource <registry-id>`;

const onSettings = (
  facts: KnownFacts,
  change: (settings: readonly DiagnosticSetting[]) => readonly DiagnosticSetting[],
): KnownFacts =>
  facts.diagnosticSettings ? { ...facts, diagnosticSettings: change(facts.diagnosticSettings) } : facts;

const settingAt = (facts: KnownFacts, name: string): string =>
  `${facts.registry?.id ?? '<registry-id>'}/providers/Microsoft.Insights/diagnosticSettings/${name}`;

const asSent = (categories: readonly string[]) =>
  categories.map((category) => ({ category, group: null, enabled: true }));

const settingsCount = (setting: string): string =>
  `az monitor diagnostic-settings list --resource <registry-id> ${asking(`length([?name==${quoted(setting)}])`)}`;

export const governanceTraits: Traits<GovernanceCommand> = {
  'diagnostics.create': {
    az: ({ setting, workspace, categories }) =>
      `az monitor diagnostic-settings create ${ofSetting(setting)} --workspace ${word(workspace)} --logs ${word(JSON.stringify(categories.map((category) => ({ category, enabled: true }))))}`,
    apply: (facts, { setting, workspace, categories }) =>
      onSettings(facts, (settings) => [
        ...settings.filter(({ name }) => !sameId(name, setting)),
        { id: settingAt(facts, setting), name: setting, destinations: [workspace], logs: asSent(categories) },
      ]),
    refuse: ({ diagnosticSettings = [] }, { setting, workspace, categories }) =>
      refusedSetting(diagnosticSettings, { name: setting, destinations: [workspace], logs: asSent(categories) }),
    target: atRegistry,
    undo: ({ setting }, { diagnosticSettings }) =>
      diagnosticSettings?.some(({ name }) => sameId(name, setting))
        ? { cannot: `The setting ${setting} that was there is replaced.` }
        : [{ kind: 'diagnostics.delete', setting }],
    verify: ({ setting }) => ({ az: settingsCount(setting), prints: '1' }),
    ends: nothing,
  },
  'diagnostics.update': {
    az: ({ setting, logs }) =>
      `az monitor diagnostic-settings update ${ofSetting(setting)} --set ${word(`logs=${JSON.stringify(logs.map(({ category, group, enabled }) => ({ ...(category === null ? { categoryGroup: group } : { category }), enabled: enabled === true })))}`)}`,
    apply: (facts, { setting, logs }) =>
      onSettings(facts, (settings) => settings.map((one) => (sameId(one.name, setting) ? { ...one, logs } : one))),
    refuse: ({ diagnosticSettings = [] }, { setting, logs }) => {
      const own = diagnosticSettings.find(({ name }) => sameId(name, setting));
      return own ? refusedSetting(diagnosticSettings, { ...own, logs }) : null;
    },
    target: atRegistry,
    undo: ({ setting }, { diagnosticSettings }) => {
      const before = diagnosticSettings?.find(({ name }) => sameId(name, setting));
      return before?.logs
        ? [{ kind: 'diagnostics.update', setting, logs: before.logs }]
        : { cannot: 'What the setting sent before is not known.' };
    },
    verify: ({ setting, logs }) => ({
      az: `az monitor diagnostic-settings show ${ofSetting(setting)} ${asking('length(logs[?enabled])')}`,
      prints: String(logs.filter(({ enabled }) => enabled === true).length),
    }),
    ends: nothing,
  },
  'diagnostics.delete': {
    az: ({ setting }) => `az monitor diagnostic-settings delete ${ofSetting(setting)}`,
    apply: (facts, { setting }) =>
      onSettings(facts, (settings) => settings.filter(({ name }) => !sameId(name, setting))),
    target: atRegistry,
    deletes: true,
    undo: () => ({ cannot: 'Create the setting again with its destination and categories.' }),
    verify: ({ setting }) => ({ az: settingsCount(setting), prints: '0' }),
    ends: () => 'thing',
  },
  'lock.create': {
    az: ({ name }) =>
      `az lock create --name ${word(name)} --lock-type CanNotDelete --subscription <subscription> --resource <registry-id>`,
    apply: (facts, { name }) => {
      const scope = facts.registry?.id ?? '<registry-id>';
      const lock = { id: `${scope}/providers/Microsoft.Authorization/locks/${name}`, name, scope } as const;
      return facts.locks ? { ...facts, locks: [...facts.locks, { ...lock, level: 'CanNotDelete' }] } : facts;
    },
    target: atRegistry,
    undo: ({ name }) => [{ kind: 'lock.delete', name }],
    verify: ({ name }) => ({ az: `az lock show ${ofLock(name)} ${asking('level')}`, prints: 'CanNotDelete' }),
    ends: nothing,
  },
  'lock.delete': {
    az: ({ name }) => `az lock delete ${ofLock(name)}`,
    apply: (facts, { name }) =>
      facts.locks
        ? {
            ...facts,
            locks: facts.locks.filter((lock) => lock.name !== name || !sameId(lock.scope, facts.registry?.id ?? '')),
          }
        : facts,
    // A lock is deleted although it stands: it is no resource below itself.
    target: () => '',
    undo: ({ name }, { locks, registry }) => {
      const lock = locks?.find((one) => one.name === name && sameId(one.scope, registry?.id ?? ''));
      return lock?.level === 'CanNotDelete'
        ? [{ kind: 'lock.create', name }]
        : { cannot: 'What the lock refused is not known.' };
    },
    verify: ({ name }) => ({
      az: `az lock list --subscription <subscription> --resource <registry-id> ${asking(`length([?name==${quoted(name)}])`)}`,
      prints: '0',
    }),
    ends: () => 'thing',
  },
  'webhook.status': {
    az: ({ webhook, status }) => `az acr webhook update ${ofWebhook(webhook)} --status ${status}`,
    apply: (facts, { webhook, status }) =>
      facts.webhooks
        ? { ...facts, webhooks: facts.webhooks.map((one) => (one.name === webhook ? { ...one, status } : one)) }
        : facts,
    target: ({ webhook }) => `<registry-id>/webhooks/${webhook}`,
    undo: ({ webhook }, { webhooks }) =>
      back(onOrOff(webhooks?.find(({ name }) => name === webhook)?.status), (status) => ({
        kind: 'webhook.status',
        webhook,
        status,
      })),
    verify: ({ webhook, status }) => ({
      az: `az acr webhook show ${ofWebhook(webhook)} ${asking('status')}`,
      prints: status,
    }),
    ends: ({ status }) => (status === 'disabled' ? 'thing' : null),
  },
  'exportPipeline.delete': {
    az: ({ id }) => `az resource delete --ids ${word(id)}`,
    apply: (facts, { id }) =>
      facts.exportPipelines
        ? { ...facts, exportPipelines: facts.exportPipelines.filter((pipeline) => !sameId(pipeline.id, id)) }
        : facts,
    target: ({ id }) => id,
    deletes: true,
    undo: () => ({ cannot: 'Make the pipeline again: its target, its options and its identity’s rights.' }),
    verify: ({ id }) => ({
      az: `az resource list --subscription <subscription> --resource-type Microsoft.ContainerRegistry/registries/exportPipelines ${asking(`length([?ends_with(name, ${quoted(`/${lastPart(id)}`)})])`)}`,
      prints: '0',
    }),
    ends: () => 'thing',
  },
};
