/**
 * Columns of the terminal, which says 0 where it does not know. In a pipe: as many as `COLUMNS` says, else those of the
 * terminal that shows the messages, which is the one of `| less`; else 100.
 */
export const widthOf = (
  { columns }: Pick<NodeJS.WriteStream, 'columns'>,
  { COLUMNS = '' }: { readonly COLUMNS?: string | undefined },
  beside: { readonly columns?: number } = process.stderr,
): number => columns || (/^[1-9]\d{0,3}$/.test(COLUMNS) ? Number(COLUMNS) : beside.columns) || 100;
