import { existsSync, readFileSync } from 'node:fs';

const folder = new URL('../../shared/corpus/', import.meta.url);

/** Real answers of Azure live beside the project, not in it: tests of them are skipped, and say so, where they are not. */
export const withoutCorpus = !existsSync(folder);

export interface Recorded {
  readonly op: string;
  readonly url: string;
  readonly body: unknown;
}

/** Every recorded body of a type; empty without the corpus. */
export const recorded = (type: string): readonly Recorded[] =>
  withoutCorpus
    ? []
    : readFileSync(new URL(`${type}.jsonl`, folder), 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Recorded);
