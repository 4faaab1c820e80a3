/** Whether a text is meant by a glob: `*` is any text, `?` any one character; case does not matter. */
export function globMatches(glob: string, text: string): boolean {
  const source = glob.replace(/[\\^$.*+?()[\]{}|]/g, (sign) =>
    sign === '*' ? '[^]*' : sign === '?' ? '[^]' : `\\${sign}`,
  );
  return new RegExp(`^${source}$`, 'iu').test(text);
}
