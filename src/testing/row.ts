import type { Context, Facts, GivenOptions, Purpose } from '../model/check.ts';
import type { Unseen } from '../model/evidence.ts';
import type { Facet, Facets } from '../model/facets.ts';
import type { KnownFacts } from '../model/step.ts';

export type RowVerdict = 'pass' | 'fail' | 'unknown' | 'not-applicable';

/** What a row expects beyond the verdict, and what it is judged by beyond the facts. */
export interface Expectation {
  /** The pointers the verdict must rest on, all of them. */
  readonly cites?: readonly string[];
  /** What the message or reason must say. */
  readonly says?: string | RegExp;
  /** What the printed fix must hold. */
  readonly fix?: string | RegExp;
  readonly now?: string;
  readonly cloud?: Partial<Context['cloud']>;
  /** Id of what is judged; without one, of the row's registry, else of the subscription ending in 1. */
  readonly subject?: string;
  readonly options?: GivenOptions;
  readonly partnerRegistries?: readonly string[];
  readonly purposes?: readonly Purpose[];
  /** Facets of which the list holds one entry more, which could not be read. */
  readonly unread?: readonly Facet[];
  /** Places whose absence does not matter in this row, by pattern, and why: see `Irrelevant`. */
  readonly irrelevant?: Irrelevant;
}

/**
 * Places of the facts without which a verdict stands all the same, and why: `tokens/…/createdAt`. `*` is one segment of
 * the pointer, `**` any number of them.
 */
export type Irrelevant = Readonly<Record<string, string>>;

/** One row of a check's table: it reads "*verdict* when …". */
export type Row<N extends Facet, E extends Facet = never> = readonly [
  RowVerdict,
  string,
  /** A facet of `evidence` or `words` as its value, or as why it was not seen; left out: not collected. */
  Facts<N> & { readonly [F in E]?: Facets[F] | Unseen },
  Expectation?,
];

/** A row whatever the check needs. */
export type AnyRow = readonly [RowVerdict, string, KnownFacts, Expectation?];

export interface Case {
  readonly name: string;
  run(): void;
}
