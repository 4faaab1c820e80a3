import { distance } from 'fastest-levenshtein';

/** The closest of the names to what was typed, best first: at most three, and none that is far off. */
export const nearest = (typed: string, names: readonly string[]): string[] =>
  names
    .filter(() => typed !== '')
    .map((name) => ({ name, far: distance(typed.toLowerCase(), name.toLowerCase()) }))
    .filter(({ name, far }) => far <= Math.max(3, typed.length / 2) || name.toLowerCase().includes(typed.toLowerCase()))
    .sort((a, b) => a.far - b.far)
    .slice(0, 3)
    .map(({ name }) => name);
