import { existsSync, readFileSync, statSync } from 'node:fs';
import { type Baseline, baselineSchema } from '../engine/baseline.ts';
import { pointerOf } from '../model/pointer.ts';
import { UsageError } from './errors.ts';
import { type Schema, validator } from './json-schema.ts';
import { writeTo } from './terminal.ts';

const text: Schema = { type: 'string' };
const schema: Schema = {
  type: 'object',
  properties: {
    schema: { const: baselineSchema },
    accepted: {
      type: 'array',
      items: {
        type: 'object',
        properties: { fingerprint: text, check: text, subject: text, thing: text },
        required: ['fingerprint', 'check', 'subject'],
        additionalProperties: false,
      },
    },
  },
  required: ['schema', 'accepted'],
  additionalProperties: false,
};

const mostBytes = 64 * 2 ** 20;

/** Reads a baseline. One that is to be written need not be there yet. Throws a `UsageError`. */
export function readBaseline(file: string, mayBeNew: boolean): Baseline {
  if (mayBeNew && !existsSync(file)) return { schema: baselineSchema, accepted: [] };
  const advice = `write it with: acr-audit scan --baseline ${file} --update-baseline`;
  const there = statSync(file, { throwIfNoEntry: false });
  if (!there) throw new UsageError(`there is no baseline ${file}`, advice);
  if (!there.isFile()) throw new UsageError(`${file} is no file`, 'name the file of the baseline');
  // What is there is read before it is written: it would be refused again.
  const anew = `move it away, and ${advice}`;
  if (there.size > mostBytes) throw new UsageError(`${file} is no baseline of acr-audit`, anew);
  const value = parsed(readFileSync(file, 'utf8'));
  const fault = validator(schema)(value);
  if (fault) throw new UsageError(`${file} is no baseline of acr-audit${at(fault.path)}`, anew);
  return value as Baseline;
}

const at = (path: readonly (string | number)[]): string =>
  path.length > 0 ? `: it is damaged at ${pointerOf(path)}` : '';

function parsed(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}

/** An entry a line, in order: what changes is seen in a diff. */
export async function writeBaseline(file: string, { schema: said, accepted }: Baseline): Promise<void> {
  const entries = accepted.map((entry) => `    ${JSON.stringify(entry)}`).join(',\n');
  const list = accepted.length > 0 ? `[\n${entries}\n  ]` : '[]';
  await writeTo(file, [`{\n  "schema": ${JSON.stringify(said)},\n  "accepted": ${list}\n}\n`], 'w');
}
