import { shellWord } from '../model/shell.ts';
import type { AzStep } from '../model/step.ts';

const categories = ['ContainerRegistryLoginEvents', 'ContainerRegistryRepositoryEvents'] as const;

/** `az monitor diagnostic-settings create`: both categories of the data plane, to a workspace the reader chooses. */
export function acrLogDataPlane(): AzStep {
  const logs = categories.map((category) => ({ category, enabled: true }));
  return {
    az: `az monitor diagnostic-settings create --name acr-data-plane --resource <registry-id> --workspace <workspace-id> --logs '${JSON.stringify(logs)}'`,
    effect: (facts) => {
      const setting = {
        id: 'acr-data-plane',
        name: 'acr-data-plane',
        destinations: ['<workspace-id>'],
        logs: logs.map((log) => ({ ...log, group: null })),
      };
      return { ...facts, diagnosticSettings: [...(facts.diagnosticSettings ?? []), setting] };
    },
  };
}

/**
 * `az lock create`: ARM then refuses to delete the registry and everything below it. az ignores the subscription in the
 * resource's id.
 */
export const acrLock = (): AzStep => ({
  az: 'az lock create --name keep-registry --lock-type CanNotDelete --subscription <subscription> --resource <registry-id>',
  effect: (facts) => ({
    ...facts,
    locks: [
      ...(facts.locks ?? []),
      { id: 'keep-registry', name: 'keep-registry', scope: facts.registry?.id ?? '', level: 'CanNotDelete' },
    ],
  }),
});

/** `az acr webhook update --status enabled`. */
export const acrWebhookOn = (name: string): AzStep => ({
  az: `az acr webhook update --name ${shellWord(name)} --registry <registry> --resource-group <group> --subscription <subscription> --status enabled`,
  effect: (facts) => ({
    ...facts,
    ...(facts.webhooks && {
      webhooks: facts.webhooks.map((webhook) => (webhook.name === name ? { ...webhook, status: 'enabled' } : webhook)),
    }),
  }),
});
