/** What came over the wire for one page, before any model of the SDK saw it. */
export interface Answer {
  readonly url: string;
  readonly status: number;
  readonly text: string;
  readonly correlationId: string | null;
  readonly retryAfter: string | null;
}
