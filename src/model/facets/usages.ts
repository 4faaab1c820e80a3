/** One counter of `listUsages`: how much of what the tier includes is used. A limit of -1 means none. */
export interface Usage {
  readonly name: string;
  readonly limit: number | null;
  readonly currentValue: number | null;
}
