import { ShapeError } from './read.ts';

/** A repository in the path of a question to its registry: its slashes stay, all else is encoded. Throws a `ShapeError`. */
export function repositoryPath(name: string): string {
  const segments = name.split('/');
  // A URL has no other way to write these: they would lead to another path.
  if (segments.some((segment) => /^\.{0,2}$/.test(segment)))
    throw new ShapeError(`the repository '${name}' has a name that no address can hold`);
  return segments.map(encodeURIComponent).join('/');
}

/** A digest in a path, with its colon as it is. */
export const digestPath = (digest: string): string => encodeURIComponent(digest).replace('%3A', ':');
