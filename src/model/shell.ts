/** A word of a shell command line: as it is where a shell leaves it alone, quoted otherwise. */
export const shellWord = (value: string): string =>
  /^[\w./:@%+=-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;

type Quote = '"' | "'";

/** Text that a shell reads as it is, where a quote is open or none. */
export function shellText(value: string, within: Quote | null): string {
  if (within === '"') return value.replace(/[\\"$`]/g, '\\$&');
  return within === "'" ? value.replaceAll("'", "'\\''") : shellWord(value);
}

/** The quote that is open at the end of the beginning of a command; the apostrophe of a word of prose opens none. */
export function openQuote(beginning: string): Quote | null {
  const rest = beginning.replace(/\\.|(?<=\w)'(?=\w)|'[^']*'|"(?:[^"\\]|\\.)*"/gs, '');
  return (/["']/.exec(rest)?.[0] ?? null) as Quote | null;
}
