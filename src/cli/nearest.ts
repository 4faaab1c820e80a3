import { distance } from 'fastest-levenshtein';

/** The closest of the names to what was typed, best first: at most two, and none that is far off. */
export function nearest(typed: string, names: readonly string[]): string[] {
  const near = [...new Set(names)]
    .filter(() => typed !== '')
    .map((name) => ({ name, far: farness(typed.toLowerCase(), name.toLowerCase()) }))
    .filter(({ far }) => far <= Math.max(1, typed.length / 2.5))
    .sort((a, b) => a.far - b.far);
  const [best] = near;
  return near
    .filter(({ far }) => best !== undefined && far <= best.far + 1)
    .slice(0, 2)
    .map(({ name }) => name);
}

/** Letters that changed places are one mistake, and so is a name that was typed in part. */
function farness(typed: string, name: string): number {
  const letters = (text: string) => [...text].sort().join('');
  const isPart = typed.length >= 4 && name.includes(typed);
  return letters(typed) === letters(name) || isPart ? Math.min(1, distance(typed, name)) : distance(typed, name);
}

/** The same as advice; `null` where nothing is near. */
export function didYouMean(typed: string, names: readonly string[], written = (name: string) => name): string | null {
  const near = nearest(typed, names).map(written);
  return near.length > 0 ? `did you mean ${near.join(' or ')}?` : null;
}
