/** One Azure Monitor diagnostic setting of the registry; there may be several, each sending a part. */
export interface DiagnosticSetting {
  readonly id: string;
  readonly name: string;
  /** Resource ids of where the records go. A setting may have lost them all. */
  readonly destinations: readonly string[];
  /** `null` where the answer leaves them out: not the same as a setting that sends metrics only. */
  readonly logs: readonly LogSetting[] | null;
}

/** A category or a category group, whichever the setting was made with. */
export interface LogSetting {
  readonly category: string | null;
  readonly group: string | null;
  readonly enabled: boolean | null;
}
