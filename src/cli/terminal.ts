import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { inAscii } from '../report/safe-text.ts';
import { replacementOf } from './replaced-file.ts';
import { widthOf } from './width.ts';

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

/** Width and colour for what is written to the stream. */
export const styleOn = (stream: NodeJS.WriteStream, when: ColorWhen, env: NodeJS.ProcessEnv) => ({
  colorLevel: colorLevel(when, env, stream),
  width: widthOf(stream, env),
});

/** Writes all of it; a reader that went away (`| head`, `| less`) is not an error. */
export async function write(stream: NodeJS.WriteStream, text: string | Iterable<string>): Promise<void> {
  for (const piece of typeof text === 'string' ? [text] : batches(text)) await written(stream, piece);
}

const written = (stream: NodeJS.WriteStream, text: string): Promise<void> =>
  new Promise((done, failed) => {
    stream.write(text, (error) => {
      if (error && (error as NodeJS.ErrnoException).code !== 'EPIPE') failed(error);
      else done();
    });
  });

/** Writes what people read to standard output, in ASCII where the locale has no UTF-8. */
export const tell = (text: string | Iterable<string>): Promise<void> =>
  write(process.stdout, hasUtf8(process.env) ? text : inAscii([...text].join('')));

/** Writes an answer to standard output: the table for people, every other format as it is. */
export const answer = (format: string, text: string | Iterable<string>): Promise<void> =>
  format === 'table' ? tell(text) : write(process.stdout, text);

/** As POSIX reads it, the first of three that says anything; where none does, a terminal of today has UTF-8. */
function hasUtf8(env: NodeJS.ProcessEnv): boolean {
  const said = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'];
  return !said || /utf-?8/i.test(said);
}

/** Writes a file, as a whole in place of the one before (`w`) or after what it holds (`a`). */
export async function writeTo(path: string, pieces: Iterable<string>, flags: 'w' | 'a', mode = 0o666): Promise<void> {
  if (flags === 'a') return pipeline(batches(pieces), createWriteStream(path, { flags, mode }));
  const place = await replacementOf(path);
  try {
    await pipeline(batches(pieces), createWriteStream(place.path, { flags, mode }));
  } catch (error) {
    await place.failed();
    throw error;
  }
  await place.done();
}

/** Pieces of some size: a write for each finding would take longer than the finding. */
function* batches(pieces: Iterable<string>): Generator<string> {
  let batch = '';
  for (const piece of pieces) {
    batch += piece;
    if (batch.length < 2 ** 16) continue;
    yield batch;
    batch = '';
  }
  yield batch;
}

/** After a few seconds, a word to whoever waits at a terminal for a file that is long, or a pipe that nothing comes out of. */
export const sayThatItWaits = (stream: Pick<NodeJS.WriteStream, 'isTTY' | 'write'>, text: string): NodeJS.Timeout =>
  setTimeout(() => {
    if (stream.isTTY) stream.write(`acr-audit: ${text}…\n`);
  }, 3000);
