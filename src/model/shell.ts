/** A word of a shell command line: as it is where a shell leaves it alone, quoted otherwise. */
export const shellWord = (value: string): string =>
  /^[\w./:@%+=-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;
