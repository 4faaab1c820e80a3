import { parse } from 'yaml';
import type { EncodedStep, Task, TaskValue } from '../../model/facets/tasks.ts';
import { onceFor } from '../../model/once.ts';
import { closedAgain, opened } from './shell-lexer.ts';
import { renderTemplate, type ValueOf } from './template.ts';

/** A multi-step task, as the builder reads its file. */
export interface Definition {
  /** As YAML has it, whose known values are all that the builder takes; `null`: none. */
  readonly version: string | null;
  /** Aliases are replaced: `acr`, `$Registry`, and the definition's own. */
  readonly aliased: boolean;
  /** It takes aliases from other files (`alias.src`), which are not known. */
  readonly foreignAliases: boolean;
  readonly steps: readonly DefinitionStep[];
}

export interface DefinitionStep {
  readonly kind: 'build' | 'push' | 'cmd' | 'other';
  /** As written, or the `acb_step_<n>` the service gives. */
  readonly id: string;
  /** The command line of a `cmd` or `build` step; empty for a push. */
  readonly command: string;
  /** The images a `build` step names or a `push` step pushes. */
  readonly images: readonly string[];
  /** The ids this step waits for; `null`: the step before it. `['-']`: none. */
  readonly when: readonly string[] | null;
  /** The step counts as succeeded whatever happens in it. */
  readonly ignoreErrors: boolean;
  /** The step runs in the background: the next one does not wait to see how it ended. */
  readonly detach: boolean;
}

export type DefinitionReading = { readonly definition: Definition } | { readonly problem: string };

/** The host that the registry's own images are named with, whatever it is called. */
export const ownHost = 'registry.azurecr.io';

/** Run variables that are the same in every run. */
const ofEveryRun: Readonly<Record<string, string>> = {
  Registry: ownHost,
  RegistryName: 'registry',
  OS: 'linux',
  Architecture: 'amd64',
};

/** Names that stand for something without a definition: Azure/acr-builder, graph/global-defaults-linux.go. */
const everywhere: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['ID', 'SharedVolume', 'Registry', 'RegistryName', 'Date', 'OS', 'Architecture', 'Commit', 'Branch'].map((name) => [
      name,
      `{{.Run.${name}}}`,
    ]),
  ),
  ...Object.fromEntries(['acr', 'az', 'bash', 'curl', 'cssc'].map((name) => [name, name])),
};

/**
 * What a task's file says, in the order of Azure/acr-builder (cmd/acb/commands/exec): aliases from `version: v1.1.0`
 * on, then the Go template, then YAML; a step without `when` waits for the one before it. `valueNamed` answers for
 * `.Values`. A key given twice is accepted, as azure-cli itself writes `version` twice.
 */
export function readDefinition(content: string, valueNamed: (name: string) => string | null): DefinitionReading {
  const values: ValueOf = (scope, name) => (scope === 'Values' ? valueNamed(name) : (ofEveryRun[name] ?? null));
  const rendered = (text: string): string | null => renderTemplate(text, values, opened);
  const found = versionOf(content);
  const aliased = found !== null && found >= 'v1.1.0';
  try {
    const [block, rest] = aliased ? apart(content) : ['', content];
    const readBlock = rendered(block);
    if (readBlock === null) return { problem: unrendered };
    const alias = aliased ? aliasesIn(readBlock) : null;
    const text = rendered(alias ? replaced(rest, alias) : rest);
    if (text === null) return { problem: unrendered };
    const document: unknown = parse(text, { uniqueKeys: false, logLevel: 'error' });
    if (!isRecord(document)) return { problem: 'the task definition is not a YAML mapping' };
    const steps = document['steps'];
    if (!Array.isArray(steps)) return { problem: 'the task definition has no list of steps' };
    return {
      definition: {
        version: String(document['version'] ?? '') || null,
        aliased,
        foreignAliases: alias?.foreign ?? false,
        steps: steps.map((raw, index) => readStep(raw, index, alias)),
      },
    };
  } catch (error) {
    return { problem: `the task definition is not YAML: ${firstLine(error)}` };
  }
}

const unrendered = 'the task definition holds a template that this tool does not render';

/** Azure/acr-builder, graph/task.go. */
const versions: ReadonlySet<string> = new Set(['1.0-preview-1', 'v1.0.0', 'v1.1.0']);

/** Why the builder runs nothing of a definition, whatever its steps; `null`: it does. */
export const refusedVersion = ({ version }: Pick<Definition, 'version'>): string | null =>
  version === null || versions.has(version.toLowerCase())
    ? null
    : `its definition has version: ${version}, which the builder refuses`;

/** Why the builder never runs this image of a definition; `null`: it does. A full name of an image needs no alias. */
export function neverRuns({ version, aliased }: Definition, image: string): string | null {
  const refused = refusedVersion({ version });
  if (refused !== null) return refused;
  if (aliased || image !== 'acr') return null;
  return `its definition ${version === null ? 'does not begin with version: v1.1.0' : version === 'v1.1.0' ? 'hides its version: v1.1.0 from the builder, which looks for it at the beginning of a line' : `has version: ${version}`}, so acr is no alias but a docker image that does not exist`;
}

/** What the definition of an encoded task says, with the values that Azure keeps beside it. */
export function definitionOf(task: Task, step: EncodedStep): DefinitionReading {
  const known = readingsOf(task);
  const reading = known.get(step) ?? readStepOf(task, step);
  known.set(step, reading);
  return reading;
}

const readingsOf = onceFor((_: Task) => new Map<EncodedStep, DefinitionReading>());

function readStepOf(task: Task, step: EncodedStep): DefinitionReading {
  if (step.content === null) return { problem: step.problem ?? 'its definition is not there' };
  const known = new Map([...readValues(step.valuesFile), ...step.values].map((value) => [value.name, value]));
  return readDefinition(step.content, (name) => {
    const value = known.get(name);
    if (value) return value.isSecret ? null : value.value;
    // What nobody sets is empty; somebody who starts a task by hand may set it.
    return startsItself(task) ? '' : null;
  });
}

const startsItself = ({ timers, sources, baseImage }: Task): boolean =>
  [...timers, ...sources, ...(baseImage ? [baseImage] : [])].some(({ status }) => status !== 'Disabled');

/** The values file of a task: a mapping of names to values; anything else names nothing. */
function readValues(content: string | null): readonly TaskValue[] {
  try {
    const document: unknown = content === null ? null : parse(content, { uniqueKeys: false, logLevel: 'error' });
    if (!isRecord(document)) return [];
    return Object.entries(document).map(([name, value]) => ({ name, value: String(value), isSecret: false }));
  } catch {
    return [];
  }
}

function readStep(raw: unknown, index: number, alias: Aliases | null): DefinitionStep {
  const step = isRecord(raw) ? raw : {};
  const kind = (['build', 'push', 'cmd'] as const).find((name) => step[name] !== undefined) ?? 'other';
  const written = kind === 'build' || kind === 'cmd' ? String(step[kind] ?? '') : '';
  const command = kind === 'cmd' && alias ? firstWordReplaced(written, alias) : written;
  return {
    kind,
    id: typeof step['id'] === 'string' ? step['id'] : `acb_step_${index}`,
    command,
    images: (kind === 'push' ? strings(step['push']) : kind === 'build' ? builtImages(command) : []).map(closedAgain),
    when: Array.isArray(step['when']) && step['when'].length > 0 ? strings(step['when']) : null,
    ignoreErrors: step['ignoreErrors'] === true,
    detach: step['detach'] === true,
  };
}

const builtImages = (command: string): readonly string[] =>
  [...command.matchAll(/(?:^|\s)(?:-t|--tag|--image)(?:\s+|=)["']?([^\s"']+)/g)].map(([, image]) => image ?? '');

/** The value of the first line that begins with `version:`, as it stands; a byte-order mark in front of it hides it. */
function versionOf(content: string): string | null {
  for (const line of content.split('\n')) {
    const [, version] = /^['"]?version['"]?\s*:(.*)$/.exec(line.replace(/\r$/, '')) ?? [];
    if (version !== undefined) return version.trim().replace(/^['"]+|['"]+$/g, '');
  }
  return null;
}

/** The `alias` block and all other lines, both without lines that are comments, also those inside of a command. */
function apart(content: string): readonly [string, string] {
  const alias: string[] = [];
  const rest: string[] = [];
  let inside = false;
  for (const line of content.split(/\r?\n/)) {
    if (/^\s*#/.test(line)) continue;
    if (/^alias\s*:/.test(line)) inside = true;
    else if (/^[^\s:]+[^:]*:/.test(line)) inside = false;
    (inside ? alias : rest).push(line);
  }
  return [alias.join('\n'), rest.join('\n')];
}

interface Aliases {
  readonly values: ReadonlyMap<string, string>;
  readonly directive: string;
  readonly foreign: boolean;
}

function aliasesIn(block: string): Aliases {
  const document: unknown = block === '' ? null : parse(block, { uniqueKeys: false, logLevel: 'error' });
  const alias = isRecord(document) && isRecord(document['alias']) ? document['alias'] : {};
  const own = isRecord(alias['values']) ? alias['values'] : {};
  const directive = alias['directive'];
  return {
    values: new Map([
      ...Object.entries(everywhere),
      ...Object.entries(own).map(([name, value]) => [name, String(value)] as const),
    ]),
    directive: typeof directive === 'string' && directive.length === 1 ? directive : '$',
    foreign: Array.isArray(alias['src']) && alias['src'].length > 0,
  };
}

/** `$$` is a dollar; a name that stands for nothing stays as it is. */
function replaced(text: string, { values, directive }: Aliases): string {
  let out = '';
  for (let at = 0; at < text.length; ) {
    const char = text[at] ?? '';
    if (char !== directive) {
      out += char;
      at++;
      continue;
    }
    if (text[at + 1] === directive) {
      out += directive;
      at += 2;
      continue;
    }
    const name = /^[\p{L}\p{N}]*/u.exec(text.slice(at + 1, at + 200))?.[0] ?? '';
    const value = values.get(name);
    at += 1 + name.length;
    out += value ?? directive + name;
    // The sign after a name that stands for nothing is taken as it is, be it another directive.
    if (value === undefined && text[at] === directive) out += text[at++] ?? '';
  }
  return out;
}

/** The first word of a `cmd` needs no directive. */
function firstWordReplaced(command: string, { values }: Aliases): string {
  const [first = '', ...rest] = command.trim().split(' ');
  const value = values.get(first);
  return value === undefined || value === `{{.Run.${first}}}` ? command : [value, ...rest].join(' ');
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const strings = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value])
    .filter((item) => typeof item === 'string' || typeof item === 'number')
    .map(String);

const firstLine = (error: unknown): string => (error instanceof Error ? (error.message.split('\n')[0] ?? '') : '');
