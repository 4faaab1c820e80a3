import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import schema from '../../schemas/report.schema.json' with { type: 'json' };
import { type Report, reportSchema } from '../pages/report.ts';
import { UsageError } from './errors.ts';
import { type Schema, validator } from './json-schema.ts';

/** Of a report of 10,000 registries that is three times as much as there may be. */
const mostBytes = 480 * 2 ** 20;

const advice = 'write one with: acr-audit scan -o json=acr.json';

/** Reads and checks a report; `-` is standard input. Throws a `UsageError` that says what is wrong and where. */
export async function readReport(path: string): Promise<Report> {
  const name = path === '-' ? 'standard input' : path;
  const value = parsed(await textOf(path === '-' ? process.stdin : createReadStream(path), name));
  const said = typeof value === 'object' && value !== null && 'schema' in value ? value.schema : undefined;
  if (said !== reportSchema)
    throw new UsageError(
      typeof said === 'string' ? `${name} is ${said}, not ${reportSchema}` : `${name} is no report of acr-audit`,
      advice,
    );
  const fault = validator(schema as Schema)(value);
  if (fault) throw new UsageError(`${name} is a damaged report: see ${fault.path.join('/') || 'its top'}`, advice);
  return value as Report;
}

/** As much as a report may hold: a file without end must not fill the memory. */
async function textOf(stream: Readable, name: string): Promise<string> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of stream) {
    pieces.push(piece);
    length += piece.length;
    if (length > mostBytes) throw new UsageError(`${name} is larger than any report`, advice);
  }
  return Buffer.concat(pieces)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
