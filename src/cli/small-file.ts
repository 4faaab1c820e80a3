import { closeSync, createReadStream, openSync, readSync } from 'node:fs';
import { UsageError } from './errors.ts';

/** More than a file that people write by hand has: one without end must not fill the memory. */
const mostBytes = 2 ** 20;

/** The text of a file that people write. What cannot be read, or is larger than any of them, is a `UsageError`. */
export function contentOf(file: string, what: string, advice: string): string {
  try {
    const open = openSync(file, 'r');
    try {
      const held = Buffer.alloc(mostBytes + 1);
      let length = 0;
      for (let read = -1; read !== 0 && length <= mostBytes; length += read)
        read = readSync(open, held, length, held.length - length, null);
      if (length > mostBytes) throw new UsageError(`${what} ${file} is larger than 1 MB`, advice);
      return held.toString('utf8', 0, length);
    } finally {
      closeSync(open);
    }
  } catch (error) {
    if (error instanceof UsageError) throw error;
    // Node does not say which path is a folder.
    throw new UsageError(`${what} ${file} could not be read: ${(error as Error).message}`, advice);
  }
}

/** The text of a file that a tool wrote, or of standard input for `-`. What is larger than `most` bytes is a `UsageError`. */
export async function textIn(file: string, what: string, advice: string, most = mostBytes): Promise<string> {
  const pieces: Buffer[] = [];
  let length = 0;
  const source: AsyncIterable<Buffer> = file === '-' ? process.stdin : createReadStream(file);
  for await (const piece of source) {
    length += piece.length;
    if (length > most) throw new UsageError(`${what} ${file} is larger than ${most / 2 ** 20} MB`, advice);
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}
