import type { OpenEnum } from '../enums.ts';

/** An import pipeline of ACR Transfer: it fills repositories from a storage container. Never the secret it reads with. */
export interface ImportPipeline {
  readonly id: string;
  readonly name: string;
  /** Storage account and container, lower case; `null` where the address is none that we can read. */
  readonly account: string | null;
  readonly container: string | null;
  /** It reads with a shared access signature, which a key vault holds; else with its identity. */
  readonly bySas: boolean;
  /** Enabled: whatever is put into the container is imported. */
  readonly trigger: OpenEnum<'enabledDisabled'> | null;
  readonly options: readonly string[] | null;
}
