import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { Ajv, type ErrorObject } from 'ajv';
import schema from '../../schemas/snapshot.schema.json' with { type: 'json' };
import { canonical } from '../model/canonical.ts';
import { type Snapshot, snapshotSchema } from '../model/snapshot.ts';
import { jsonPieces } from '../report/safe-text.ts';
import { UsageError } from './errors.ts';

/** The longest text that Node can hold is 2^29 - 24 characters. */
const mostBytes = 512 * 1024 * 1024 - 24;

/** The file's text in pieces, deterministic: keys in order, two spaces. */
export const snapshotPieces = (snapshot: Snapshot): Iterable<string> =>
  jsonPieces(canonical(snapshot) as Readonly<Record<string, unknown>>);

/** Reads and checks a snapshot; `-` is standard input. Throws a `UsageError` that says what is wrong and where. */
export async function readSnapshot(path: string): Promise<Snapshot> {
  const name = path === '-' ? 'standard input' : path;
  if (path !== '-' && (await stat(path)).size > mostBytes) throw tooLarge(name);
  const read = await textOf(path === '-' ? process.stdin : createReadStream(path), name);
  const value = parse(read.replace(/^\ufeff/, ''), name);
  const said = typeof value === 'object' && value !== null && 'schema' in value ? value.schema : undefined;
  if (said !== snapshotSchema) throw foreign(said, name);
  const valid = validator();
  if (!valid(value)) throw malformed(valid.errors?.[0], name);
  return value as Snapshot;
}

/** What a pipe holds is only known when it has been read. */
async function textOf(stream: Readable, name: string): Promise<string> {
  let read = '';
  for await (const piece of stream.setEncoding('utf8')) {
    if (read.length + piece.length > mostBytes) throw tooLarge(name);
    read += piece;
  }
  return read;
}

const tooLarge = (name: string): UsageError =>
  new UsageError(
    `${name} is larger than 512 MB, the most that can be read`,
    'collect fewer registries at a time: --subscription, --resource-group, --tag',
  );

function parse(read: string, name: string): unknown {
  try {
    return JSON.parse(read);
  } catch (error) {
    const cut = /end of (JSON )?input|Unterminated/i.test((error as Error).message);
    throw new UsageError(
      `${name} is no snapshot: ${read.trim() === '' ? 'it is empty' : cut ? 'it is cut short' : `it is no JSON (${(error as Error).message})`}`,
      'write one with: acr-audit collect -o snapshot.json',
    );
  }
}

function foreign(said: unknown, name: string): UsageError {
  if (typeof said === 'string' && said.startsWith('acr-audit/snapshot@'))
    return new UsageError(
      `${name} is of version ${said}; this version reads ${snapshotSchema}`,
      'collect it again with this version of acr-audit',
    );
  if (typeof said === 'string' && said.startsWith('acr-audit/report@'))
    return new UsageError(
      `${name} is a report, not a snapshot`,
      'write a snapshot with: acr-audit collect -o snapshot.json',
    );
  return new UsageError(`${name} is no snapshot of acr-audit`, 'write one with: acr-audit collect -o snapshot.json');
}

function malformed(error: ErrorObject | undefined, name: string): UsageError {
  const where = error?.instancePath ? `at ${error.instancePath}` : 'at its top';
  const what = error?.params['additionalProperty'] ?? error?.params['missingProperty'];
  return new UsageError(
    `${name} is a damaged snapshot: ${where} it ${error?.message ?? 'has another form'}${what === undefined ? '' : ` (${String(what)})`}`,
    'collect it again: acr-audit collect -o snapshot.json',
  );
}

const isDateTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

const validator = () => {
  const ajv = new Ajv({ strict: false, allowUnionTypes: true });
  // A leap second is well written, but no instant can be made of it.
  ajv.addFormat('date-time', (text: string) => isDateTime.test(text) && !Number.isNaN(Date.parse(text)));
  return ajv.compile<Snapshot>(schema);
};
