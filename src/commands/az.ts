import { obstaclesToSoftDelete } from '../facts/posture/recovery.ts';
import type { Registry } from '../model/facets/registry.ts';
import type { AzStep, KnownFacts, ManualStep, Refusal } from '../model/step.ts';

/** The switches of `az acr update` that fixes use; the flags azure-cli 2.45 and later accept. */
export interface AcrUpdate {
  readonly sku?: 'Standard' | 'Premium';
  readonly adminEnabled?: boolean;
  readonly anonymousPullEnabled?: boolean;
  readonly publicNetworkEnabled?: boolean;
  readonly defaultAction?: 'Allow' | 'Deny';
  readonly allowTrustedServices?: boolean;
  readonly dataEndpointEnabled?: boolean;
  readonly allowExports?: boolean;
}

/** `az acr update` with these switches, what it changes, and what ARM refuses. */
export function acrUpdate(update: AcrUpdate): AzStep {
  const flags = [
    update.sku && `--sku ${update.sku}`,
    update.adminEnabled !== undefined && `--admin-enabled ${update.adminEnabled}`,
    update.anonymousPullEnabled !== undefined && `--anonymous-pull-enabled ${update.anonymousPullEnabled}`,
    update.publicNetworkEnabled !== undefined && `--public-network-enabled ${update.publicNetworkEnabled}`,
    update.defaultAction && `--default-action ${update.defaultAction}`,
    update.allowTrustedServices !== undefined && `--allow-trusted-services ${update.allowTrustedServices}`,
    update.dataEndpointEnabled !== undefined && `--data-endpoint-enabled ${update.dataEndpointEnabled}`,
    update.allowExports !== undefined && `--allow-exports ${update.allowExports}`,
  ].filter(Boolean);
  return {
    az: `az acr update --name <registry> --resource-group <group> --subscription <subscription> ${flags.join(' ')}`,
    effect: onRegistry((registry, { exportPipelines }) =>
      update.allowExports === false && exportPipelines?.length
        ? { refused: 'exports can only be disabled while there is no export pipeline' }
        : updated(registry, update),
    ),
  };
}

/** `az acr config retention update`; ARM refuses it below Premium and beside soft delete. */
export function acrRetention(days: number): AzStep {
  return {
    az: `az acr config retention update --registry <registry> --subscription <subscription> --type UntaggedManifests --status enabled --days ${days}`,
    effect: onRegistry((registry) => {
      if (registry.sku !== 'Premium') return { refused: 'the retention policy needs Premium' };
      if (registry.policies.softDelete?.status === 'enabled')
        return { refused: 'retention and soft delete cannot both be enabled' };
      return { ...registry, policies: { ...registry.policies, retention: { status: 'enabled', days } } };
    }),
  };
}

/** `az acr config soft-delete update`; ARM refuses it beside replicas, cache rules and retention. */
export function acrSoftDelete(days: number): AzStep {
  return {
    az: `az acr config soft-delete update --registry <registry> --subscription <subscription> --status enabled --days ${days} --yes`,
    effect: onRegistry((registry, { replications = [], cacheRules = [] }) => {
      const [obstacle] = obstaclesToSoftDelete(registry, replications, cacheRules);
      if (obstacle) return { refused: `soft delete is not supported because ${obstacle.text}` };
      return {
        ...registry,
        policies: { ...registry.policies, softDelete: { status: 'enabled', retentionDays: days } },
      };
    }),
  };
}

export const manual = (text: string): ManualStep => ({ manual: text });

/** An effect that only changes the registry itself. */
export const onRegistry =
  (change: (registry: Registry, facts: KnownFacts) => Registry | Refusal) =>
  (facts: KnownFacts): KnownFacts | Refusal => {
    if (!facts.registry) return facts;
    const changed = change(facts.registry, facts);
    return 'refused' in changed ? changed : { ...facts, registry: changed };
  };

function updated(registry: Registry, update: AcrUpdate): Registry | Refusal {
  const sku = update.sku ?? registry.sku;
  if (sku !== 'Premium') {
    if (update.publicNetworkEnabled === false)
      return { refused: 'DisablingPublicNetworkAccessNotSupported: disabling public access needs Premium' };
    if (update.defaultAction) return { refused: 'network rules need Premium' };
    if (update.dataEndpointEnabled) return { refused: 'dedicated data endpoints need Premium' };
  }
  const access = update.publicNetworkEnabled;
  const exportsOff = update.allowExports === false;
  const publicAccess = access === undefined ? registry.publicNetworkAccess : access ? 'Enabled' : 'Disabled';
  if (exportsOff && publicAccess !== 'Disabled')
    return { refused: 'exports can only be disabled while public network access is disabled' };
  const { policies } = registry;
  return {
    ...registry,
    sku,
    adminUserEnabled: update.adminEnabled ?? registry.adminUserEnabled,
    anonymousPullEnabled: update.anonymousPullEnabled ?? registry.anonymousPullEnabled,
    publicNetworkAccess: publicAccess,
    networkRuleSet: update.defaultAction
      ? { ipRules: [], virtualNetworkRules: null, ...registry.networkRuleSet, defaultAction: update.defaultAction }
      : registry.networkRuleSet,
    networkRuleBypassOptions:
      update.allowTrustedServices === undefined
        ? registry.networkRuleBypassOptions
        : update.allowTrustedServices
          ? 'AzureServices'
          : 'None',
    dataEndpointEnabled: update.dataEndpointEnabled ?? registry.dataEndpointEnabled,
    policies:
      update.allowExports === undefined
        ? policies
        : { ...policies, export: { status: exportsOff ? 'disabled' : 'enabled' } },
  };
}
