import { constants } from 'node:fs';
import { access, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** A place to write a file to, from where it takes its own place as a whole. */
export interface Replacement {
  /** Where to write. */
  readonly path: string;
  done(): Promise<void>;
  /** Leaves what was there before. */
  failed(): Promise<void>;
}

/** A device, a pipe and a file in a folder where none can be made are written as they are. */
export async function replacementOf(path: string): Promise<Replacement> {
  const there = await stat(path).catch(() => null);
  const real = there === null ? path : await realpath(path);
  const canReplace =
    (there === null || there.isFile()) &&
    (await access(dirname(real), constants.W_OK).then(
      () => true,
      () => false,
    ));
  if (!canReplace) return { path, done: async () => {}, failed: async () => {} };
  const part = `${real}.part`;
  return { path: part, done: () => rename(part, real), failed: () => rm(part, { force: true }) };
}
