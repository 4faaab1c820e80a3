import type { OpenEnum } from '../enums.ts';

/** A webhook of the registry. Where it calls, and with which headers, is a secret that is never asked for. */
export interface Webhook {
  readonly id: string;
  readonly name: string;
  readonly status: OpenEnum<'policyStatus'> | null;
  /** `repository`, `repository:tag` or a prefix with `*`; empty or absent: everything. */
  readonly scope: string | null;
  /** `push`, `delete`, `quarantine`, and the retired `chart_push` and `chart_delete`. */
  readonly actions: readonly string[];
  readonly provisioningState: OpenEnum<'provisioningState'> | null;
}
