import { type FileHandle, open } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { canonical } from '../../model/canonical.ts';
import type { SnapshotPart } from '../../model/snapshot.ts';
import { jsonLine } from '../../report/safe-text.ts';
import { replacementOf } from '../replaced-file.ts';
import { write } from '../terminal.ts';
import type { SnapshotLine } from './lines.ts';
import { lineMaker } from './writing.ts';

/** Writes a snapshot as it is collected. */
export interface SnapshotWriter {
  readonly keep: (part: SnapshotPart) => Promise<void>;
  /** Puts the file in its place: with its last line where all was read, else as an interrupted collection. */
  finish(how: 'whole' | 'interrupted'): Promise<void>;
  /** Leaves nothing behind. */
  discard(): Promise<void>;
  /** How many registries it holds. */
  registries(): number;
}

/** To a file, compressed by its name, which replaces the one before it as a whole; or to standard output. */
export async function snapshotWriter(path: string | null): Promise<SnapshotWriter> {
  const maker = lineMaker();
  const output = path === null ? toStandardOutput : await toFile(path);
  let registries = 0;
  const put = (lines: readonly SnapshotLine[]) => output.put(lines.map(lineText).join(''));
  return {
    async keep(part) {
      if (part.kind === 'registry') registries += 1;
      await put(maker.linesOf(part));
    },
    async finish(how) {
      if (how === 'whole') await put([maker.end()]);
      await output.close();
    },
    discard: () => output.discard(),
    registries: () => registries,
  };
}

/** The kind first, so that a person sees what a line is; the keys below it in order. */
export const lineText = ({ kind, ...rest }: SnapshotLine): string => jsonLine({ kind, ...(canonical(rest) as object) });

interface Output {
  put(text: string): Promise<void>;
  close(): Promise<void>;
  discard(): Promise<void>;
}

const toStandardOutput: Output = {
  put: (text) => write(process.stdout, text),
  close: async () => {},
  discard: async () => {},
};

/** Only its owner may read it. */
async function toFile(path: string): Promise<Output> {
  const place = await replacementOf(path);
  const file: FileHandle = await open(place.path, 'w', 0o600);
  // Each piece is compressed by itself (gzip allows that), so that what is written can be read after any interrupt.
  const bytes = (text: string) => (path.endsWith('.gz') ? gzipSync(text) : Buffer.from(text));
  let last = Promise.resolve();
  return {
    put(text) {
      last = last.then(() => file.appendFile(bytes(text)));
      return last;
    },
    async close() {
      await last;
      await file.close();
      await place.done();
    },
    async discard() {
      await file.close();
      await place.failed();
    },
  };
}
