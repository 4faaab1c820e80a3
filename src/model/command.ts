import type { Member } from './enums.ts';
import type { LogSetting } from './facets/diagnostic-settings.ts';

/**
 * What a fix does to Azure, as data. `src/commands` says of each kind how it prints, what it changes, why Azure would
 * refuse it, how it is undone and how one sees that it is done.
 *
 * Values may hold the placeholders of the subject: `<registry>`, `<group>`, `<subscription>`, `<location>`,
 * `<login-server>` and `<registry-id>`, which the report fills in; and placeholders of a question, by its id.
 */
export type Command =
  | RegistryCommand
  | ReplicaCommand
  | GovernanceCommand
  | TokenCommand
  | RoleCommand
  | DnsCommand
  | EndpointCommand
  | TaskCommand
  | DefenderCommand;

export type CommandKind = Command['kind'];

type Switch = 'enabled' | 'disabled';

/** The switches of `az acr update` that fixes use; the flags azure-cli 2.45 and later accept. */
export interface AcrUpdate {
  readonly sku?: 'Basic' | 'Standard' | 'Premium';
  readonly adminEnabled?: boolean;
  readonly anonymousPullEnabled?: boolean;
  readonly publicNetworkEnabled?: boolean;
  readonly defaultAction?: 'Allow' | 'Deny';
  readonly allowTrustedServices?: boolean;
  readonly dataEndpointEnabled?: boolean;
  readonly allowExports?: boolean;
}

export type RegistryCommand =
  | { readonly kind: 'acr.update'; readonly set: AcrUpdate }
  | { readonly kind: 'acr.retention'; readonly status: Switch; readonly days: number }
  | { readonly kind: 'acr.softDelete'; readonly status: Switch; readonly days: number }
  | { readonly kind: 'acr.armAudience'; readonly status: Switch }
  | { readonly kind: 'acr.contentTrust'; readonly status: Switch }
  | { readonly kind: 'acr.quarantine'; readonly status: Switch }
  | { readonly kind: 'acr.tasksBypass'; readonly allowed: boolean }
  | { readonly kind: 'acr.encryptionKey'; readonly key: string }
  /** `az acr update --role-assignment-mode`; azure-cli 2.73 and later have it. */
  | { readonly kind: 'acr.roleMode'; readonly mode: Member<'roleAssignmentMode'> }
  | { readonly kind: 'acr.ipRule.add' | 'acr.ipRule.remove'; readonly range: string };

export type ReplicaCommand =
  | { readonly kind: 'replica.create'; readonly location: string }
  | { readonly kind: 'replica.delete'; readonly replica: string }
  | { readonly kind: 'replica.route'; readonly replica: string; readonly enabled: boolean };

export type GovernanceCommand =
  | {
      readonly kind: 'diagnostics.create';
      readonly setting: string;
      readonly workspace: string;
      readonly categories: readonly string[];
    }
  | { readonly kind: 'diagnostics.update'; readonly setting: string; readonly logs: readonly LogSetting[] }
  | { readonly kind: 'diagnostics.delete'; readonly setting: string }
  | { readonly kind: 'lock.create'; readonly name: string }
  | { readonly kind: 'lock.delete'; readonly name: string }
  | { readonly kind: 'webhook.status'; readonly webhook: string; readonly status: Switch }
  | { readonly kind: 'exportPipeline.delete'; readonly id: string };

export type TokenCommand =
  | {
      readonly kind: 'token.password.generate';
      readonly token: string;
      readonly password: 'password1' | 'password2';
      readonly days: number;
      /** ISO 8601: when the days begin. */
      readonly now: string;
    }
  | {
      readonly kind: 'token.password.delete';
      readonly token: string;
      readonly password: 'password1' | 'password2';
      /** ISO 8601: when it is asked which of the passwords work. */
      readonly now: string;
    }
  | { readonly kind: 'token.status'; readonly token: string; readonly status: Switch }
  | {
      readonly kind: 'scopeMap.allow' | 'scopeMap.deny';
      readonly map: string;
      readonly repository: string;
      readonly operations: readonly string[];
    }
  | { readonly kind: 'scopeMap.delete'; readonly map: string };

export type RoleCommand =
  | {
      readonly kind: 'role.assign' | 'role.revoke';
      /** Object id. */
      readonly principal: string;
      /** The guid of the role. */
      readonly role: string;
      readonly scope: string;
    }
  | { readonly kind: 'role.unassign'; readonly assignment: string }
  | { readonly kind: 'federatedCredential.delete'; readonly id: string };

export type DnsCommand =
  | { readonly kind: 'dns.zone.create' | 'dns.zone.delete'; readonly zone: string }
  | { readonly kind: 'dns.link.create'; readonly zone: string; readonly network: string; readonly name: string }
  | { readonly kind: 'dns.link.delete'; readonly zone: string; readonly name: string }
  | {
      readonly kind: 'dns.link.resolve';
      readonly zone: string;
      readonly name: string;
      readonly policy: 'Default' | 'NxDomainRedirect';
    }
  | {
      readonly kind: 'dns.record.add' | 'dns.record.remove';
      readonly zone: string;
      readonly record: string;
      readonly ip: string;
    };

export type EndpointCommand =
  | {
      readonly kind: 'endpoint.create';
      /** The id it gets: in the subscription of its network. */
      readonly endpoint: string;
      readonly location: string;
      readonly subnet: string;
      /** `azurecr.io`, or that of the registry's cloud. */
      readonly suffix: string;
    }
  | { readonly kind: 'endpoint.delete'; readonly endpoint: string }
  | {
      readonly kind: 'endpoint.zoneGroup.create' | 'endpoint.zoneGroup.add';
      readonly endpoint: string;
      readonly group: string;
      readonly zone: string;
    }
  | { readonly kind: 'connection.approve' | 'connection.delete'; readonly name: string };

export type TaskCommand =
  | {
      readonly kind: 'task.pullRequests';
      readonly task: string;
      readonly enabled: boolean;
      /** Its build pushes nothing, and has to be told so again. */
      readonly pushesNothing?: true;
    }
  | {
      readonly kind: 'task.baseImages';
      readonly task: string;
      readonly enabled: boolean;
      readonly pushesNothing?: true;
      /** It has no trigger of any kind yet. */
      readonly untriggered?: true;
    };

export interface DefenderCommand {
  readonly kind: 'defender.plan';
  readonly plan: string;
  /** Names of the extensions that are on afterwards. */
  readonly extensions: readonly string[];
}
