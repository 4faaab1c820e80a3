import { parse } from 'yaml';
import type { DefinitionStep, TaskDefinition, TaskValue } from '../../model/facets/tasks.ts';

/**
 * What a task's YAML says. Follows Azure/acr-builder: the Go template is rendered first, then `$` aliases are
 * replaced, then the YAML is read; a step without `when` waits for the one before it (graph/dag.go).
 * A key given twice is accepted, as azure-cli itself writes `version` twice.
 */
export function readDefinition(
  content: string,
  values: readonly TaskValue[] = [],
): { readonly definition: TaskDefinition } | { readonly problem: string } {
  try {
    const rendered = render(content, values);
    const own = aliases(rendered);
    const document: unknown = parse(expand(rendered, own), { uniqueKeys: false, logLevel: 'error' });
    if (!isRecord(document)) return { problem: 'the task definition is not a YAML mapping' };
    const steps = document['steps'];
    if (!Array.isArray(steps)) return { problem: 'the task definition has no list of steps' };
    const version = document['version'];
    return {
      definition: {
        version: typeof version === 'string' || typeof version === 'number' ? String(version) : null,
        steps: steps.map(readStep),
      },
    };
  } catch (error) {
    return { problem: `the task definition is not YAML: ${firstLine(error)}` };
  }
}

/** The values file of a task: a mapping of names to values; anything else names nothing. */
export function readValues(content: string | null): readonly TaskValue[] {
  try {
    const document: unknown = content === null ? null : parse(content, { uniqueKeys: false, logLevel: 'error' });
    if (!isRecord(document)) return [];
    return Object.entries(document).map(([name, value]) => ({ name, value: String(value), isSecret: false }));
  } catch {
    return [];
  }
}

function readStep(raw: unknown, index: number): DefinitionStep {
  const step = isRecord(raw) ? raw : {};
  const kind = (['build', 'push', 'cmd'] as const).find((name) => step[name] !== undefined) ?? 'other';
  const command = kind === 'build' || kind === 'cmd' ? String(step[kind] ?? '') : '';
  return {
    kind,
    id: typeof step['id'] === 'string' ? step['id'] : `acb_step_${index}`,
    command,
    images: kind === 'push' ? strings(step['push']) : kind === 'build' ? builtImages(command) : [],
    when: Array.isArray(step['when']) && step['when'].length > 0 ? strings(step['when']) : null,
    ignoreErrors: step['ignoreErrors'] === true,
    detach: step['detach'] === true,
  };
}

const builtImages = (command: string): readonly string[] =>
  [...command.matchAll(/(?:^|\s)(?:-t|--tag|--image)(?:\s+|=)["']?([^\s"']+)/g)].map(([, image]) => image ?? '');

/** Run variables become the alias of the same name; a value that is not known stays visible as `<Values.name>`. */
function render(content: string, values: readonly TaskValue[]): string {
  const known = new Map(values.map(({ name, value }) => [name, value]));
  return content.replace(/\{\{-?\s*(.*?)\s*-?\}\}/g, (_whole, expression: string) => {
    const [, scope, name = ''] = /^\.(Run|Values)\.(\w+)$/.exec(expression) ?? [];
    if (scope === 'Run') return `$${name}`;
    if (scope === 'Values') return known.get(name) ?? `<Values.${name}>`;
    return '<Values.?>';
  });
}

/** The aliases a definition gives itself. Those it links to (`alias.src`) are elsewhere and stay as written. */
function aliases(rendered: string): ReadonlyMap<string, string> {
  const block = /^alias\s*:.*(?:\n(?:[ \t]+.*|[ \t]*#.*|[ \t]*))*/m.exec(rendered)?.[0];
  if (!block) return new Map();
  const document: unknown = parse(block, { uniqueKeys: false, logLevel: 'error' });
  const values = isRecord(document) && isRecord(document['alias']) ? document['alias']['values'] : null;
  if (!isRecord(values)) return new Map();
  return new Map(Object.entries(values).map(([name, value]) => [name, String(value)]));
}

/** `$$` is a dollar; a name nobody defined stays, because a regular expression may well end in `$`. */
const expand = (text: string, own: ReadonlyMap<string, string>): string =>
  own.size === 0 && !text.includes('$$')
    ? text
    : text.replace(/\$(\$|[A-Za-z0-9]+)/g, (whole, name: string) => (name === '$' ? '$' : (own.get(name) ?? whole)));

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const strings = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value])
    .filter((item) => typeof item === 'string' || typeof item === 'number')
    .map(String);

const firstLine = (error: unknown): string => (error instanceof Error ? (error.message.split('\n')[0] ?? '') : '');
