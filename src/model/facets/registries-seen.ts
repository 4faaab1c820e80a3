/** The registries that were found in the scope, those among them that nobody asked to judge. */
export interface RegistrySeen {
  readonly id: string;
  /** Lower case; `null` where it could not be read. */
  readonly loginServer: string | null;
}
