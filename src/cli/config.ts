import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import schema from '../../schemas/config.schema.json' with { type: 'json' };
import type { AnyCheck } from '../model/check.ts';
import type { Config } from '../model/config.ts';
import type { DeclaredConsumer } from '../model/facets/consumers.ts';
import { mistakeOf } from './config-mistakes.ts';
import { configSchema } from './config-schema.ts';
import { UsageError } from './errors.ts';
import { type Fault, type Schema, validator } from './json-schema.ts';
import { contentOf } from './small-file.ts';

const fileNames = ['acr-audit.config.yaml', 'acr-audit.config.json'];

/** The nearest configuration file in a directory or above it. */
export function findConfig(directory: string): string | null {
  const here = fileNames.map((name) => join(directory, name)).find((file) => existsSync(file));
  if (here !== undefined) return here;
  const above = dirname(directory);
  return above === directory ? null : findConfig(above);
}

/** Reads the file named, else the nearest one, else none. Anything wrong in it is a `UsageError` with its line. */
export function loadConfig(named: string | undefined, directory: string, checks: readonly AnyCheck[]): Config {
  const file = named ?? findConfig(directory);
  return file === null
    ? {}
    : parseConfig(file, contentOf(file, 'the configuration', 'name the file that is meant: --config'), checks);
}

/** YAML, of which JSON is a part. */
export function parseConfig(file: string, text: string, checks: readonly AnyCheck[]): Config {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, logLevel: 'error' });
  const at = (path: Path): string => `${file}:${lines.linePos(offsetOf(document, path)).line || 1}`;
  const [broken] = document.errors;
  if (broken) {
    const where = `${file}:${broken.linePos?.[0].line ?? 1}`;
    if (broken.code === 'MULTIPLE_DOCS')
      throw new UsageError(`${where}: a second document begins`, 'keep one document: the configuration is one');
    throw new UsageError(`${where}: ${firstLine(broken.message)}`, 'the file must be YAML or JSON');
  }
  const config = (contentsOf(document, file) ?? {}) as Config;
  const fault = validator(configSchema(schema as Schema, checks))(config);
  if (fault) {
    const { path, problem, advice } = mistakeOf(fault, valueAt(config, fault.path));
    throw new UsageError(`${at(path)}: ${problem}`, advice);
  }
  if (config.plugins && config.plugins.length > 0)
    throw new UsageError(`${at(['plugins'])}: this version reads no plugins`, 'take plugins out');
  for (const [index, { registry, subscription, group, tag }] of (config.waivers ?? []).entries())
    if ([registry, subscription, group, tag].every((one) => one === undefined))
      throw new UsageError(
        `${at(['waivers', index])}: the waiver does not say for which registries`,
        "add registry, subscription, group or tag: registry: '*' is every one",
      );
  return config;
}

/** What the configuration declares, as collectors take it. */
export const declaredIn = ({ consumers = [] }: Config): readonly DeclaredConsumer[] =>
  consumers.map(({ registry, clusters = [], networks = [] }) => ({ registry, clusters, networks }));

/** Login servers, as checks compare them. */
export const partnersIn = ({ partnerRegistries = [] }: Config): readonly string[] =>
  partnerRegistries.map((host) => host.toLowerCase());

/** Aliases are followed here: some lead nowhere, and some would fill the memory. */
function contentsOf(document: Document, file: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    throw new UsageError(`${file}: ${firstLine((error as Error).message)}`, 'write the values out, without aliases');
  }
}

type Path = Fault['path'];

const valueAt = (root: unknown, path: Path): unknown =>
  path.reduce((value, key) => (value as Record<string | number, unknown> | undefined)?.[key], root);

/** Where in the text a value starts, or its key where the value is what is wrong with it. */
function offsetOf(document: Document, path: Path): number {
  const parent = document.getIn(path.slice(0, -1), true);
  const key = path.at(-1);
  const pair = isMap(parent) ? parent.items.find((item) => isScalar(item.key) && item.key.value === key) : undefined;
  const node = isScalar(pair?.key) ? pair.key : document.getIn(path, true);
  return isNode(node) ? (node.range?.[0] ?? 0) : 0;
}

const firstLine = (text: string): string => text.split('\n')[0] ?? text;
