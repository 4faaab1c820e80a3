import { existsSync, readFileSync } from 'node:fs';

interface Recorded {
  readonly type: string;
  readonly body: unknown;
}

/**
 * Answers that other projects recorded against live Azure. They lie beside the project, not in it: `null` where they
 * are absent, and the test that wants them skips.
 */
export function recorded(name: string): readonly Recorded[] | null {
  const file = new URL(`../../../shared/corpus/${name}.jsonl`, import.meta.url);
  if (!existsSync(file)) return null;
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

export const bodiesOf = (name: string): readonly unknown[] | null => recorded(name)?.map(({ body }) => body) ?? null;
