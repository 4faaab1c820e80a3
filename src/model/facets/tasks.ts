import type { OpenEnum } from '../enums.ts';
import type { ManagedIdentity } from './registry.ts';

/** An ACR task. Secrets are never answered by a read, and a literal that looks like one is masked by the parser. */
export interface Task {
  readonly id: string;
  readonly name: string;
  /** Tasks of 2018 have none. */
  readonly status: OpenEnum<'enabledDisabled'> | null;
  readonly createdAt: string | null;
  /** When somebody last changed it; most answers do not say. */
  readonly changedAt: string | null;
  /** `null`: shared agents on public compute. */
  readonly agentPool: string | null;
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
  readonly tag: string | null;
}

interface StepCommon {
  /** Where the sources are; may name a git repository. Credentials in the URL are masked. */
  readonly context: string | null;
  /** What the base-image trigger watches: found by the service after a run that succeeded. */
  readonly baseImages: readonly BaseImageDependency[];
  /** Build arguments of a Docker step, template values of the others. */
  readonly values: readonly TaskValue[];
  readonly secretFindings: readonly SecretFinding[];
}

export interface DockerStep extends StepCommon {
  readonly kind: 'docker';
  readonly imageNames: readonly string[];
  readonly isPushEnabled: boolean | null;
}

/** The definition is a file beside the sources: ARM does not know what it says. */
export interface FileStep extends StepCommon {
  readonly kind: 'file';
  readonly path: string | null;
}

export interface EncodedStep extends StepCommon {
  readonly kind: 'encoded';
  /** The decoded YAML, secrets masked; `null` where the base64 is none. */
  readonly content: string | null;
  /** The decoded values file, secrets masked. */
  readonly valuesFile: string | null;
  /** Why `content` is null. */
  readonly problem: string | null;
}

export type TaskStep =
  | DockerStep
  | FileStep
  | EncodedStep
  /** A system task has no step at all; Azure may add kinds. Where `type` is null, Azure says nothing of it. */
  | { readonly kind: 'other'; readonly type: string | null };

/** A name and value given to a task; `null` where it is a secret or looks like one. */
export interface TaskValue {
  readonly name: string;
  readonly value: string | null;
  readonly isSecret: boolean;
}

/** A credential-like literal: what kind and where, never the value. */
export interface SecretFinding {
  readonly rule: string;
  readonly where: string;
}

export interface TimerTrigger {
  readonly schedule: string | null;
  readonly status: OpenEnum<'enabledDisabled'> | null;
}

export interface SourceTrigger {
  readonly status: OpenEnum<'enabledDisabled'> | null;
  /** `commit`, `pullrequest`; `null`: Azure does not say. */
  readonly events: readonly string[] | null;
}

export interface BaseImageTrigger {
  readonly status: OpenEnum<'enabledDisabled'> | null;
}
