import type { OpenEnum } from '../enums.ts';
import type { ManagedIdentity } from './registry.ts';

/** An ACR task. Secrets are never answered by a read, and a literal that looks like one is masked by the parser. */
export interface Task {
  readonly id: string;
  readonly name: string;
  /** Tasks of 2018 have none. */
  readonly status: OpenEnum<'enabledDisabled'> | null;
  readonly createdAt: string | null;
  /** `null`: shared agents on public compute. */
  readonly agentPool: string | null;
  readonly platform: string | null;
  readonly timeoutSeconds: number | null;
  readonly isSystemTask: boolean | null;
  readonly identity: ManagedIdentity | null;
  readonly step: TaskStep;
  readonly timers: readonly TimerTrigger[];
  readonly sources: readonly SourceTrigger[];
  readonly baseImage: BaseImageTrigger | null;
  /** `credentials.sourceRegistry.identity`: `[system]`, `[caller]` or a client id; needed in ABAC mode. */
  readonly sourceRegistryIdentity: string | null;
}

export interface BaseImageDependency {
  readonly type: string | null;
  readonly registry: string | null;
  readonly repository: string | null;
  readonly tag: string | null;
  readonly digest: string | null;
}

export type TaskStep =
  | {
      readonly kind: 'docker';
      readonly imageNames: readonly string[];
      readonly isPushEnabled: boolean | null;
      readonly dockerfile: string | null;
      readonly context: string | null;
      readonly baseImages: readonly BaseImageDependency[];
      readonly secretFindings: readonly SecretFinding[];
    }
  | {
      readonly kind: 'file';
      readonly path: string | null;
      readonly valuesPath: string | null;
      readonly context: string | null;
      readonly baseImages: readonly BaseImageDependency[];
      readonly secretFindings: readonly SecretFinding[];
    }
  | {
      readonly kind: 'encoded';
      /** The YAML with secrets masked; `null` where the base64 is none. */
      readonly content: string | null;
      readonly context: string | null;
      readonly baseImages: readonly BaseImageDependency[];
      readonly secretFindings: readonly SecretFinding[];
    }
  | { readonly kind: 'other'; readonly type: string | null };

/** A credential-like literal: what kind and where, never the value. */
export interface SecretFinding {
  readonly rule: string;
  readonly where: string;
}

export interface TimerTrigger {
  readonly name: string | null;
  readonly schedule: string | null;
  readonly status: OpenEnum<'enabledDisabled'> | null;
}

export interface SourceTrigger {
  readonly name: string | null;
  readonly status: OpenEnum<'enabledDisabled'> | null;
  /** `commit`, `pullrequest`. */
  readonly events: readonly string[];
  readonly repository: string | null;
  readonly branch: string | null;
}

export interface BaseImageTrigger {
  readonly name: string | null;
  readonly status: OpenEnum<'enabledDisabled'> | null;
  readonly type: string | null;
}
