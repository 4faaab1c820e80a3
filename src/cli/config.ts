import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Ajv, type ErrorObject } from 'ajv';
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import schema from '../../schemas/config.schema.json' with { type: 'json' };
import type { AnyCheck } from '../model/check.ts';
import type { Config } from '../model/config.ts';
import type { DeclaredConsumer } from '../model/facets/consumers.ts';
import { UsageError } from './errors.ts';
import { nearest } from './nearest.ts';

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
  return file === null ? {} : parseConfig(file, contentOf(file), checks);
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    // Node does not say which path is a folder.
    throw new UsageError(`the configuration ${file} could not be read: ${(error as Error).message}`, 'check --config');
  }
}

/** YAML, of which JSON is a part. */
export function parseConfig(file: string, text: string, checks: readonly AnyCheck[]): Config {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, logLevel: 'error' });
  const where = (path: Path): string => `${file}:${lines.linePos(offsetOf(document, path)).line || 1}`;
  const [broken] = document.errors;
  if (broken)
    throw new UsageError(
      `${file}:${broken.linePos?.[0].line ?? 1}: ${firstLine(broken.message)}`,
      'the file must be YAML or JSON',
    );

  const config = contentsOf(document, file) ?? {};
  if (!isConfig(config)) {
    const [error] = isConfig.errors ?? [];
    if (!error) throw new Error('the schema refused the configuration and gave no reason');
    const { path, problem, advice } = problemOf(error);
    throw new UsageError(`${where(path)}: ${problem}`, advice);
  }
  for (const [id, options] of Object.entries(config.options ?? {})) {
    const check = checks.find((one) => one.id === id);
    if (!check)
      throw unknown(
        where(['options', id]),
        `there is no check '${id}'`,
        id,
        checks.map((one) => one.id),
      );
    const known = Object.keys(check.options ?? {});
    for (const name of Object.keys(options))
      if (!known.includes(name))
        throw unknown(where(['options', id, name]), `${id} has no option '${name}'`, name, known);
  }
  return config;
}

/** What the configuration declares, as collectors take it. */
export const declaredIn = ({ consumers = [] }: Config): readonly DeclaredConsumer[] =>
  consumers.map(({ registry, clusters = [], networks = [] }) => ({ registry, clusters, networks }));

/** Aliases are followed here: some lead nowhere, and some would fill the memory. */
function contentsOf(document: Document, file: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    throw new UsageError(`${file}: ${firstLine((error as Error).message)}`, 'write the values out, without aliases');
  }
}

type Path = readonly (string | number)[];

const isConfig = new Ajv({ verbose: true }).compile<Config>(schema);

function problemOf({ keyword, instancePath, params, parentSchema }: ErrorObject) {
  const path: Path = instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  const name = path.at(-1) ?? 'the file';
  switch (keyword) {
    case 'additionalProperties': {
      const known = Object.keys(parentSchema?.['properties'] ?? {}).filter((key) => key !== '$schema');
      const key = String(params['additionalProperty']);
      return { path: [...path, key], problem: `unknown key '${key}'`, advice: `the keys are ${known.join(', ')}` };
    }
    case 'enum':
      return {
        path,
        problem: `${name} has no such value`,
        advice: `it is one of ${params['allowedValues'].join(', ')}`,
      };
    case 'required':
      return {
        path,
        problem: `'${params['missingProperty']}' is missing`,
        advice: `add ${params['missingProperty']}:`,
      };
    case 'pattern':
      return { path, problem: 'this is no resource id of that kind', advice: 'az resource show --query id prints it' };
    default:
      return {
        path,
        problem: `${name} must be of type ${params['type']}`,
        advice: 'schemas/config.schema.json describes the file',
      };
  }
}

function unknown(where: string, problem: string, typed: string, known: readonly string[]): UsageError {
  const near = nearest(typed, known);
  const advice = near.length > 0 ? `did you mean ${near.join(' or ')}?` : `it takes ${known.join(', ') || 'none'}`;
  return new UsageError(
    `${where}: ${problem}`,
    near.length === 0 && known.length > 10 ? 'acr-audit checks lists them all' : advice,
  );
}

/** Where in the text a value starts, or its key where the value is what is wrong with it. */
function offsetOf(document: Document, path: Path): number {
  const parent = document.getIn(path.slice(0, -1), true);
  const key = path.at(-1);
  const pair = isMap(parent) ? parent.items.find((item) => isScalar(item.key) && item.key.value === key) : undefined;
  const node = isScalar(pair?.key) ? pair.key : document.getIn(path, true);
  return isNode(node) ? (node.range?.[0] ?? 0) : 0;
}

const firstLine = (text: string): string => text.split('\n')[0] ?? text;
