/** An assignment of Azure Policy that holds in a subscription, or somewhere in it; assigned there, above or below. */
export interface PolicyAssignment {
  readonly id: string;
  readonly name: string;
  readonly scope: string;
  /** The scopes below that it leaves out. */
  readonly excluded: readonly string[];
  /** Whether it does what its rules say, or only reports. */
  readonly enforced: boolean | null;
  /** What it assigns: one definition, or those of an initiative. Rules that only report are left out. */
  readonly rules: readonly PolicyRule[];
}

export interface PolicyRule {
  /** The id of its definition. */
  readonly definition: string;
  /** In lower case; `null`: the default of a built-in definition. What cannot be resolved stands as it is written. */
  readonly effect: string | null;
  /** The types and properties that a custom rule names, in lower case; `null` for a built-in one, which is known. */
  readonly names: readonly string[] | null;
}
