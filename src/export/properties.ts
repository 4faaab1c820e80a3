import type { Pointer } from '../model/pointer.ts';

export type Value = string | boolean | number;

/** A property of a registry under its three names. */
export interface Property {
  /** In the body that ARM answers, and in a row of Resource Graph. */
  readonly arm: string;
  /** In a policy; null where no published policy uses one, so that we cannot say that there is one. */
  readonly field: string | null;
  /** What Azure takes where a request leaves it out (the specification of api-version 2025-11-01); null: it must be there. */
  readonly byDefault: Value | null;
}

const acr = 'Microsoft.ContainerRegistry/registries';

/**
 * By where the evidence has it. The fields are those of the built-in definitions (Azure/azure-policy f4a50bac, folder
 * "Container Registry"); those of the trust policy and of retention stand in policies that others published.
 */
const properties = {
  'registry/location': { arm: 'location', field: 'location', byDefault: null },
  'registry/sku': { arm: 'sku.name', field: `${acr}/sku.name`, byDefault: null },
  'registry/adminUserEnabled': {
    arm: 'properties.adminUserEnabled',
    field: `${acr}/adminUserEnabled`,
    byDefault: false,
  },
  'registry/anonymousPullEnabled': {
    arm: 'properties.anonymousPullEnabled',
    field: `${acr}/anonymousPullEnabled`,
    byDefault: false,
  },
  'registry/publicNetworkAccess': {
    arm: 'properties.publicNetworkAccess',
    field: `${acr}/publicNetworkAccess`,
    byDefault: 'Enabled',
  },
  'registry/networkRuleSet': { arm: 'properties.networkRuleSet', field: null, byDefault: null },
  'registry/networkRuleSet/defaultAction': {
    arm: 'properties.networkRuleSet.defaultAction',
    field: `${acr}/networkRuleSet.defaultAction`,
    byDefault: 'Allow',
  },
  'registry/networkRuleBypassOptions': {
    arm: 'properties.networkRuleBypassOptions',
    field: null,
    byDefault: 'AzureServices',
  },
  'registry/roleAssignmentMode': {
    arm: 'properties.roleAssignmentMode',
    field: null,
    byDefault: 'LegacyRegistryPermissions',
  },
  'registry/encryption/status': {
    arm: 'properties.encryption.status',
    field: `${acr}/encryption.status`,
    byDefault: 'disabled',
  },
  'registry/policies/azureAdAuthenticationAsArm/status': {
    arm: 'properties.policies.azureADAuthenticationAsArmPolicy.status',
    field: `${acr}/policies.azureADAuthenticationAsArmPolicy.status`,
    byDefault: 'enabled',
  },
  'registry/policies/export/status': {
    arm: 'properties.policies.exportPolicy.status',
    field: `${acr}/policies.exportPolicy.status`,
    byDefault: 'enabled',
  },
  'registry/policies/quarantine/status': {
    arm: 'properties.policies.quarantinePolicy.status',
    field: null,
    byDefault: 'disabled',
  },
  'registry/policies/retention/status': {
    arm: 'properties.policies.retentionPolicy.status',
    field: `${acr}/policies.retentionPolicy.status`,
    byDefault: 'disabled',
  },
  'registry/policies/retention/days': {
    arm: 'properties.policies.retentionPolicy.days',
    field: `${acr}/policies.retentionPolicy.days`,
    byDefault: 7,
  },
  'registry/policies/softDelete/status': {
    arm: 'properties.policies.softDeletePolicy.status',
    field: null,
    byDefault: 'disabled',
  },
  'registry/policies/trust/status': {
    arm: 'properties.policies.trustPolicy.status',
    field: `${acr}/policies.trustPolicy.status`,
    byDefault: 'disabled',
  },
} as const satisfies Readonly<Record<string, Property>>;

export type Known = keyof typeof properties;

const isKnown = (at: string): at is Known => Object.hasOwn(properties, at);

/** The property at a place in the evidence that this table has. */
export const property = (at: Known): Property => properties[at];

/** The same for any place in the evidence; null where the table does not have it. */
export const propertyAt = (at: Pointer): Property | null => (isKnown(at) ? properties[at] : null);
