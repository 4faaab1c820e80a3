import { readFileSync } from 'node:fs';

/** What the parser prints for `--version`, `--help` and `COMMAND --help` at this width, by the words typed. */
export type ReadyPages = Readonly<Record<string, string>>;

/** Columns that the pages are made for: the parser's own most, so that a wider terminal gets the same. */
export const readyWidth = 80;

/**
 * The page that these words ask for, where the build made it: help is asked for often, and the parser takes longer to
 * load than to print it. Null where the parser has to answer.
 */
export function readyPage(argv: readonly string[], columns: number, file: URL): string | null {
  const words = argv.map((word) => (word === '-h' ? '--help' : word)).join(' ');
  if (columns < readyWidth || !/^([a-z]+ )?--(help|version)$/.test(words)) return null;
  try {
    const pages = JSON.parse(readFileSync(file, 'utf8')) as ReadyPages;
    return Object.hasOwn(pages, words) ? (pages[words] ?? null) : null;
  } catch {
    return null;
  }
}
