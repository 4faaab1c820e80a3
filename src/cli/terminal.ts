export type ColorWhen = 'auto' | 'always' | 'never';
export type ColorLevel = 0 | 1 | 2 | 3;

/** How many colours to use: the option, then NO_COLOR, then FORCE_COLOR, then what the terminal can do. */
export function colorLevel(when: ColorWhen, env: NodeJS.ProcessEnv, stream: NodeJS.WriteStream): ColorLevel {
  if (when === 'never') return 0;
  if (when === 'always') return 3;
  if (env['NO_COLOR']) return 0;
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined && forced !== '')
    return forced === '0' || forced === 'false' ? 0 : forced === '3' ? 3 : forced === '2' ? 2 : 1;
  if (!stream.isTTY || env['TERM'] === 'dumb') return 0;
  const depth = stream.getColorDepth(env as NodeJS.ProcessEnv & object);
  return depth >= 24 ? 3 : depth >= 8 ? 2 : depth >= 4 ? 1 : 0;
}

/** Writes all of it; a reader that went away (`| head`, `| less`) is not an error. */
export const write = (stream: NodeJS.WriteStream, text: string): Promise<void> =>
  new Promise((done, failed) => {
    stream.write(text, (error) => {
      if (error && (error as NodeJS.ErrnoException).code !== 'EPIPE') failed(error);
      else done();
    });
  });

/** A line that overwrites itself on a terminal, and nothing anywhere else. */
export function progressOn(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv, quiet: boolean) {
  const silent = quiet || !stream.isTTY || env['CI'] !== undefined || env['TERM'] === 'dumb';
  return {
    show: (text: string): void => {
      if (!silent) stream.write(`\r\u001b[2K${text}…`);
    },
    clear: (): void => {
      if (!silent) stream.write('\r\u001b[2K');
    },
  };
}
