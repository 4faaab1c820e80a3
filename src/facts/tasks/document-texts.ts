import { shellWord } from '../../model/shell.ts';

/** Every text in a document of YAML or JSON, and the commands that it gives as lists. */
export function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value !== 'object' || value === null) return [];
  return [...containerCommand(value), ...Object.values(value).flatMap(textsIn)];
}

/** The command that a container of Kubernetes or a container instance is given in a list. */
function containerCommand(container: object): readonly string[] {
  const { image, command, args } = container as Readonly<Record<string, unknown>>;
  const words = [command, args].flat().filter((word): word is string => typeof word === 'string');
  if (typeof image !== 'string' || !/acr-cli/.test(image) || !words.includes('purge')) return [];
  return [[image, ...words.slice(words.indexOf('purge'))].map(shellWord).join(' ')];
}

/** Where a text that a document holds stands in it, as far as its first line tells. */
export function placeOf(whole: string, text: string): number {
  const [first = ''] = text.trim().split('\n');
  const lines = whole.split('\n');
  const start = first.trim().slice(0, 60);
  const at = lines.findIndex((line) => line.includes(start) || line.includes(JSON.stringify(start).slice(1, -1)));
  // A command in a list stands in several places: where it purges.
  return (at === -1 ? lines.findIndex((line) => /\bpurge\b/.test(line)) : at) + 1 || 1;
}
