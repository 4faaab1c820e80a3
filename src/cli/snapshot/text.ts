import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

export interface Line {
  /** Counted from 1. */
  readonly number: number;
  readonly text: string;
  /** Whether a line break follows: where none does, the rest may be lost. */
  readonly ended: boolean;
}

/** In bytes, uncompressed. */
export interface Limits {
  readonly line: number;
  readonly all: number;
}

/** Text that cannot be read as lines: why. */
export class LinesError extends Error {
  override readonly name = 'LinesError';
}

const newline = 10;

/** The lines of a file, compressed or not. A compressed file that is cut gives what is in it. Throws a `LinesError`. */
export async function* linesIn(file: AsyncIterable<Buffer>, limits: Limits): AsyncGenerator<Line> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let [number, total, held] = [0, 0, [] as Buffer[]];
  const line = (ended: boolean): Line => {
    const bytes = Buffer.concat(held);
    [number, held] = [number + 1, []];
    if (bytes.includes(0)) throw new LinesError(`line ${number} holds bytes that are no text`);
    try {
      return { number, text: decoder.decode(bytes), ended };
    } catch {
      throw new LinesError(`line ${number} is not UTF-8`);
    }
  };
  for await (let piece of await uncompressed(file)) {
    total += piece.length;
    if (total > limits.all) throw new LinesError(`it is larger than ${limits.all / 2 ** 20} MB, the most that is read`);
    for (let end = piece.indexOf(newline); end >= 0; end = piece.indexOf(newline)) {
      held.push(piece.subarray(0, end));
      yield line(true);
      piece = piece.subarray(end + 1);
    }
    held.push(piece);
    if (held.reduce((sum, { length }) => sum + length, 0) > limits.line)
      throw new LinesError(`line ${number + 1} is longer than ${limits.line / 2 ** 20} MB, the most that is read`);
  }
  if (held.some(({ length }) => length > 0)) yield line(false);
}

/** The first bytes of a file, and all of it: what it is shows in what it holds, not in its name. */
export async function peeked(
  file: AsyncIterable<Buffer>,
): Promise<{ readonly first: Buffer; readonly whole: AsyncIterable<Buffer> }> {
  const pieces = file[Symbol.asyncIterator]();
  const first = await pieces.next();
  const whole = (async function* () {
    try {
      for (let next = first; !next.done; next = await pieces.next()) yield next.value;
    } finally {
      await pieces.return?.();
    }
  })();
  return { first: first.done ? Buffer.alloc(0) : first.value, whole };
}

const isGzip = (first: Buffer): boolean => first[0] === 0x1f && first[1] === 0x8b;

/** What a file holds, where it is compressed. */
export async function uncompressed(file: AsyncIterable<Buffer>): Promise<AsyncIterable<Buffer>> {
  const { first, whole } = await peeked(file);
  return isGzip(first) ? gunzipped(whole) : whole;
}

async function* gunzipped(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const gunzip = createGunzip();
  const source = Readable.from(pieces, { objectMode: false });
  source.on('error', (error) => gunzip.destroy(error));
  try {
    yield* source.pipe(gunzip) as AsyncIterable<Buffer>;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    // The collection ended before the file did.
    if (code === 'Z_BUF_ERROR') return;
    throw code?.startsWith('Z_') ? new LinesError(`it is damaged (${message})`) : error;
  }
}
