import { type Config, createGenerator, type Schema, type SchemaGenerator } from 'ts-json-schema-generator';
import { checks } from '../../checks/index.ts';
import { configSchema } from '../cli/config-schema.ts';
import type { Schema as OurSchema } from '../cli/json-schema.ts';
import { type Generated, root } from './files.ts';

/** The files other programs read and write, and the type each is. The schema follows the type: change that one. */
const published = [
  { name: 'config', type: 'Config', title: 'acr-audit configuration' },
  { name: 'report', type: 'Report', title: 'acr-audit report' },
  { name: 'drift', type: 'Drift', title: 'what changed between two acr-audit reports' },
  { name: 'snapshot', type: 'SnapshotLine', title: 'a line of an acr-audit snapshot' },
  { name: 'access', type: 'AccessPage', title: 'acr-audit explain access' },
  { name: 'path', type: 'PathDocument', title: 'acr-audit explain path' },
  { name: 'purge', type: 'PurgePages', title: 'what acr-audit says of purges' },
  { name: 'symptom', type: 'SymptomPage', title: 'acr-audit explain symptom' },
  { name: 'probe', type: 'ProbePage', title: 'acr-audit probe' },
  { name: 'plan', type: 'PlanPage', title: 'acr-audit plan' },
] as const;

/** The text of each JSON Schema by its path in the project. Reads the types, writes nothing. */
export function generateSchemas(): Generated {
  const types = generator();
  return Object.fromEntries(
    published.map((schema) => [`schemas/${schema.name}.schema.json`, schemaText(schema, types)]),
  );
}

/** The schema of a snapshot as the engine sees it, with every fact in its place. */
export const snapshotShape = (): string =>
  schemaText({ name: 'snapshot', type: 'Snapshot', title: 'a snapshot' }, generator());

interface Published {
  readonly name: string;
  readonly type: string;
  readonly title: string;
}

/** The types of what is published, read once for all schemas. */
const generator = (): SchemaGenerator => {
  const config: Config = {
    path: `${root}src/@(model|pages|cli/snapshot)/*.ts`,
    tsconfig: `${root}tsconfig.json`,
    expose: 'all',
    // The project's own compiler checks the types; this one, an older TypeScript, only reads them.
    skipTypeCheck: true,
    encodeRefs: false,
  };
  return createGenerator(config);
};

function schemaText({ name, type, title }: Published, types: SchemaGenerator): string {
  const { $schema, $ref, definitions } = named(types.createSchema(type));
  const { [type]: top, ...rest } = definitions ?? {};
  if (typeof top !== 'object') throw new Error(`the generator answered ${$ref} where ${type} was asked for`);
  const { description, ...shape } = top;
  const schema = { $schema, $id: `urn:acr-audit:${name}:1`, title, description, ...shape, definitions: rest };
  // What checks take is known of the checks, not of the type.
  const whole = name === 'config' ? configSchema(schema as OurSchema, checks) : schema;
  return `${JSON.stringify(whole, null, 2)}\n`;
}

/** The generator's names for generic types hold punctuation, and for lists a hash of file paths, other in every clone. */
function named(schema: Schema): Schema {
  let text = JSON.stringify(schema);
  for (const [name, definition] of Object.entries(schema.definitions ?? {})) {
    const [, hash] = /^Observed<(def-[^[\]]+)\[\]>$/.exec(name) ?? [];
    const item = /"value":\{"type":"array","items":\{"\$ref":"#\/definitions\/(\w+)"/.exec(
      JSON.stringify(definition),
    )?.[1];
    if (hash !== undefined && item !== undefined) text = text.replaceAll(hash, item);
  }
  if (text.includes('def-')) throw new Error('a generated name depends on where the project is; name its type');
  const { definitions = {}, ...rest } = JSON.parse(text, (_key, value) => strict(value)) as Schema;
  return {
    ...rest,
    definitions: Object.fromEntries(Object.entries(definitions).map(([name, value]) => [plain(name), value])),
  };
}

/** References by plain names, and no other keys beside those that are listed. */
function strict(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if ('$ref' in value && typeof value.$ref === 'string') {
    const name = value.$ref.replace('#/definitions/', '');
    return { ...value, $ref: `#/definitions/${plain(name)}` };
  }
  return 'properties' in value && 'required' in value && 'additionalProperties' in value
    ? { ...value, additionalProperties: false }
    : value;
}

const plain = (name: string): string => name.replaceAll('[]', 'List').replace(/\W+/g, '_').replace(/^_|_$/g, '');
