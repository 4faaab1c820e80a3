import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import schema from '../../../schemas/snapshot.schema.json' with { type: 'json' };
import { pointerOf } from '../../model/pointer.ts';
import { type Snapshot, snapshotSchema } from '../../model/snapshot.ts';
import { UsageError } from '../errors.ts';
import { type Fault, type Schema, validator } from '../json-schema.ts';
import { sayThatItWaits } from '../terminal.ts';
import type { SnapshotLine } from './lines.ts';
import { type Held, Inconsistent, lineReader } from './reading.ts';
import { type Limits, type Line, LinesError, linesIn } from './text.ts';
import { snapshotOf } from './whole.ts';

const megabyte = 1024 * 1024;
const limits: Limits = { line: 64 * megabyte, all: 1024 * megabyte };

/** By its first bytes: whether a file is a snapshot, or meant to be one. */
export const isSnapshot = (first: Buffer): boolean =>
  /^\s*\{"kind":"header"|"acr-audit\/snapshot@/.test(first.toString('utf8'));

const again = 'write one with: acr-audit collect -o snapshot.jsonl';

/**
 * Reads and checks a snapshot; `-` is standard input, and `from` what is being read already. Throws a `UsageError` that
 * says what is wrong and where.
 */
export const readSnapshot = (path: string, from?: AsyncIterable<Buffer>): Promise<Snapshot> =>
  reading(path, async (lines) => snapshotOf(await heldIn(lines)), from);

/** What a file holds, whether its collection ended or not. Throws a `UsageError`. */
export const readHeld = (path: string): Promise<Held> => reading(path, heldIn);

async function reading<T>(
  path: string,
  read: (lines: AsyncIterable<Line>) => Promise<T>,
  from?: AsyncIterable<Buffer>,
): Promise<T> {
  const name = path === '-' ? 'standard input' : path;
  const waiting = sayThatItWaits(process.stderr, `reading the snapshot from ${name}`);
  // Only its owner may read what is spooled, and it is gone when it has been read.
  const folder = path === '-' ? await mkdtemp(join(tmpdir(), 'acr-audit-')) : null;
  try {
    const file = folder === null ? path : join(folder, 'snapshot');
    if (folder !== null) await spool(process.stdin, file);
    return await read(linesIn(from ?? createReadStream(file), limits));
  } catch (error) {
    if (error instanceof LinesError)
      throw new UsageError(`${name} cannot be read as a snapshot: ${error.message}`, again);
    if (error instanceof Inconsistent)
      throw new UsageError(`${name} is a damaged snapshot: ${error.message}`, collectAgain);
    if (error instanceof NoSnapshot) throw new UsageError(`${name} ${error.message}`, again);
    throw error;
  } finally {
    clearTimeout(waiting);
    if (folder !== null) await rm(folder, { recursive: true, force: true });
  }
}

const collectAgain = 'collect it again: acr-audit collect -o snapshot.jsonl';

/** A file of another kind: which. */
class NoSnapshot extends Error {
  override readonly name = 'NoSnapshot';
}

async function heldIn(lines: AsyncIterable<Line>): Promise<Held> {
  const reader = lineReader();
  const faultIn = validator(schema as Schema);
  for await (const { number, text, ended } of lines) {
    const value = parsed(text);
    if (number === 1) refuseForeign(value ?? text);
    // A last line that is cut is what an interrupt leaves; it holds nothing.
    if (value === undefined && !ended) break;
    if (value === undefined) throw new Inconsistent(`line ${number} is no JSON`);
    const fault = faultIn(value);
    if (fault) throw new Inconsistent(`line ${number} ${faultWords(fault)}`);
    reader.take(value as SnapshotLine);
  }
  return reader.held();
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What is on the first line decides what a file is. */
function refuseForeign(first: unknown): void {
  const said = typeof first === 'object' && first !== null && 'schema' in first ? first.schema : undefined;
  if (said === snapshotSchema) return;
  if (typeof said !== 'string' || !said.startsWith('acr-audit/'))
    throw new NoSnapshot('is no snapshot of acr-audit: its first line is no header');
  throw new NoSnapshot(
    said.startsWith('acr-audit/snapshot@')
      ? `is of version ${said}; this version reads ${snapshotSchema}`
      : `is a ${said.slice('acr-audit/'.length).replace(/@.*/, '')}, not a snapshot`,
  );
}

function faultWords({ path, keyword, name, schema: { type } }: Fault): string {
  const at = path.length > 0 ? `at /${pointerOf(path)} ` : '';
  switch (keyword) {
    case 'absent':
      return `${at}lacks ${name}`;
    case 'surplus':
      return `${at}has ${name}, which nobody reads`;
    case 'type':
      return `${at}is no ${Array.isArray(type) ? type.join(' or ') : String(type)}`;
    case 'format':
      return `${at}is no instant`;
    default:
      return `${at}has a value that nobody reads`;
  }
}

const spool = (from: Readable, to: string): Promise<void> =>
  pipeline(bounded(from), createWriteStream(to, { flags: 'wx', mode: 0o600 }));

async function* bounded(from: Readable): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const piece of from as AsyncIterable<Buffer>) {
    bytes += piece.length;
    if (bytes > limits.all)
      throw new LinesError(`it is larger than ${limits.all / megabyte} MB, the most that is read`);
    yield piece;
  }
}
