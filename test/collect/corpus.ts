import { existsSync, readFileSync } from 'node:fs';

/**
 * Bodies that other projects recorded against live Azure. They lie beside the project, not in it: `null` where they
 * are absent, and the test that wants them skips.
 */
export function bodiesOf(type: string): readonly unknown[] | null {
  const file = new URL(`../../../shared/corpus/${type}.jsonl`, import.meta.url);
  if (!existsSync(file)) return null;
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line).body);
}
