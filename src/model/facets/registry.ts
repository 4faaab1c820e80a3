import type { OpenEnum } from '../enums.ts';

/**
 * One container registry. `null` means that ARM's answer did not say, which is never the same as "off":
 * which property is answered depends on the api-version, the SKU and the age of the registry.
 */
export interface Registry {
  readonly id: string;
  readonly name: string;
  readonly resourceGroup: string;
  readonly location: string;
  /** `Classic` and `Managed_*` occur on registries of 2016 and 2017. */
  readonly sku: OpenEnum<'sku'> | null;
  readonly tags: Readonly<Record<string, string>>;
  /** Not always `<name>.azurecr.io`: with a domain name label it carries a hash. Never derive it from the name. */
  readonly loginServer: string | null;
  readonly adminUserEnabled: boolean | null;
  readonly anonymousPullEnabled: boolean | null;
  readonly publicNetworkAccess: OpenEnum<'enabledDisabled'> | null;
  /** Absent on Basic and Standard, which have no rules. */
  readonly networkRuleSet: NetworkRuleSet | null;
  readonly networkRuleBypassOptions: OpenEnum<'networkRuleBypassOptions'> | null;
  readonly networkRuleBypassAllowedForTasks: boolean | null;
  readonly dataEndpointEnabled: boolean | null;
  readonly dataEndpointHostNames: readonly string[] | null;
  readonly regionalEndpoints: OpenEnum<'enabledDisabled'> | null;
  readonly regionalEndpointHostNames: readonly string[] | null;
  readonly endpointProtocol: string | null;
  readonly privateEndpointConnections: readonly PrivateEndpointConnection[] | null;
  readonly policies: RegistryPolicies;
  readonly encryption: RegistryEncryption | null;
  readonly identity: ManagedIdentity | null;
  readonly roleAssignmentMode: OpenEnum<'roleAssignmentMode'> | null;
  /** The api-version that answered: what a `null` above means depends on it. */
  readonly apiVersion: string;
}

export interface NetworkRuleSet {
  readonly defaultAction: OpenEnum<'defaultAction'> | null;
  /** IPv4 addresses and CIDR ranges, as written. */
  readonly ipRules: readonly string[] | null;
  /** Subnet ids of service-endpoint rules; most api-versions do not answer this. */
  readonly virtualNetworkRules: readonly string[] | null;
}

export interface PrivateEndpointConnection {
  readonly id: string;
  readonly name: string;
  readonly status: OpenEnum<'connectionStatus'> | null;
  /** The id of the Microsoft.Network/privateEndpoints resource, which may live in another subscription. */
  readonly endpoint: string | null;
}

export interface RegistryPolicies {
  readonly quarantine: Policy | null;
  readonly trust: Policy | null;
  readonly export: Policy | null;
  readonly azureAdAuthenticationAsArm: Policy | null;
  /** `days` is 7 while the status is disabled, and 0 is a real value: immediate deletion. */
  readonly retention: (Policy & { readonly days: number | null }) | null;
  /** Answered by preview api-versions only. */
  readonly softDelete: (Policy & { readonly retentionDays: number | null }) | null;
}

export interface Policy {
  readonly status: OpenEnum<'policyStatus'> | null;
}

export interface RegistryEncryption {
  readonly status: OpenEnum<'policyStatus'> | null;
  readonly keyIdentifier: string | null;
  readonly keyRotationEnabled: boolean | null;
  /** Client id of the user-assigned identity that reads the key. */
  readonly identity: string | null;
}

export interface ManagedIdentity {
  /** `systemAssigned`, `userAssigned`, `systemAssigned, userAssigned` in any casing, or `None`. */
  readonly type: string | null;
  readonly principalId: string | null;
  readonly userAssigned: readonly {
    readonly id: string;
    readonly principalId: string | null;
    readonly clientId: string | null;
  }[];
}
