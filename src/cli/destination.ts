import { accessSync, constants, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { UsageError } from './errors.ts';

/** Refuses a file that cannot be written, before an hour of reading is spent on what goes into it. */
export function checkWritable(path: string): void {
  const there = statSync(path, { throwIfNoEntry: false });
  if (path === '' || there?.isDirectory())
    throw new UsageError(path === '' ? 'the path of the output is empty' : `${path} is a folder`, 'name a file in it');
  mayWrite(path, there ? path : dirname(path));
}

/** The same for a folder, which need not be there yet. */
export function checkFolder(path: string): void {
  const there = statSync(path.replace(/\/+$/, '') || '/', { throwIfNoEntry: false });
  if (there && !there.isDirectory()) throw new UsageError(`${path} is no folder`, 'name another folder');
  mayWrite(path, there ? path : dirname(path));
}

function mayWrite(path: string, place: string): void {
  try {
    accessSync(place, constants.W_OK);
  } catch (error) {
    throw new UsageError(
      `${path} cannot be written: ${(error as Error).message}`,
      'make the folder first, or choose another path',
    );
  }
}
