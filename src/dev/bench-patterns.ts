import { purgesInShell } from '../facts/tasks/find-purges.ts';
import { bounds, budgetOf } from '../facts/tasks/pattern-match.ts';
import { readPurge } from '../facts/tasks/purge-reading.ts';
import { rehearse } from '../facts/tasks/rehearsal.ts';
import { observed } from '../model/evidence.ts';
import type { TagInventory } from '../model/facets/tag-inventory.ts';
import { hostilePatterns, longTags } from './hostile-patterns.ts';

const now = '2026-11-23T02:00:00Z';

const manyTags: TagInventory = {
  cut: false,
  repositories: [
    {
      name: 'app',
      contents: observed({
        tags: Array.from({ length: 2_000 }, (_, place) => ({
          name: longTags[place % longTags.length] ?? '',
          digest: 'sha256:1',
          updatedAt: '2020-01-01T00:00:00Z',
          locked: false,
          writeEnabled: true,
        })),
        tagsCut: false,
        manifests: [],
        manifestsCut: false,
      }),
    },
  ],
};

/** A pattern that is as large as one may be, and finds nothing until it has tried everything. */
const largest = `${'(\\w?){900}'.repeat(5)}z$`;

/** What each hostile pattern costs: the share of the bound that it takes, which is the same anywhere, and the processor's time. */
export function benchPatterns(write: (line: string) => void): void {
  write('hostile patterns: reading the purge, and rehearsing it on 2000 tags\n');
  write(`${'  pattern'.padEnd(54)}  share of the bound     CPU\n`);
  const ordinary = ['^v\\d+$', '^(?!latest$|sha256-).*', '^(?!(v?[0-9]+\\.)+[0-9]+$)'];
  const costs = [...hostilePatterns, ...ordinary].map((pattern) => ({ pattern, ...costOf([pattern]) }));
  for (const { pattern, share, ms } of costs.sort((a, b) => b.share - a.share || b.ms - a.ms))
    write(line(pattern.length > 50 ? `${pattern.slice(0, 47)}...` : pattern, share, ms));
  write('\nthe largest pattern there can be, once, and in a hundred filters of one purge\n');
  for (const count of [1, 100]) {
    const { share, ms } = costOf(Array<string>(count).fill(largest));
    write(line(`${count} of them`, share, ms));
  }
}

const line = (what: string, share: number, ms: number): string =>
  `  ${what.padEnd(52)}  ${`${(share * 100).toFixed(1)} %`.padStart(18)}  ${ms.toFixed(0).padStart(6)} ms\n`;

function costOf(patterns: readonly string[]): { readonly share: number; readonly ms: number } {
  const filters = patterns.map((pattern, place) => `--filter 'app${place === 0 ? '' : place}:${pattern}'`).join(' ');
  const [found] = purgesInShell(`acr purge ${filters} --ago 30d`) ?? [];
  if (!found) throw new Error(`no purge is found in ${filters}`);
  const budget = budgetOf();
  const before = process.cpuUsage();
  readPurge(found.command, { scheduled: true, abac: () => false }, budget);
  rehearse(found.command, manyTags, now, budget);
  const { user, system } = process.cpuUsage(before);
  return { share: (bounds.work - budget.left) / bounds.work, ms: (user + system) / 1000 };
}
