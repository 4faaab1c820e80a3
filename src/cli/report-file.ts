import { createReadStream } from 'node:fs';
import schema from '../../schemas/report.schema.json' with { type: 'json' };
import { pointerOf } from '../model/pointer.ts';
import { type Report, type ReportSubject, reportSchema } from '../pages/report.ts';
import { UsageError } from './errors.ts';
import { type Member, type MemberLimits, MembersError, membersIn } from './json-members.ts';
import { type Fault, partValidators, type Schema } from './json-schema.ts';
import { isSnapshot } from './snapshot/file.ts';
import { LinesError, peeked, uncompressed } from './snapshot/text.ts';
import { sayThatItWaits } from './terminal.ts';

/** A registry is far below the first. Of a report of 10,000 registries the second is three times as much as there may be. */
const limits: MemberLimits = { member: 64 * 2 ** 20, all: 480 * 2 ** 20, depth: 200 };

const advice = 'write one with: acr-audit scan -o json=acr.json';

/**
 * Reads and checks a report part by part, compressed or not. `-` is standard input, `keep` says what is kept of each
 * subject, and `from` is what is being read already. Throws a `UsageError` that says what is wrong and where.
 */
export async function readReport(
  path: string,
  keep = (subject: ReportSubject): ReportSubject => subject,
  from?: AsyncIterable<Buffer>,
): Promise<Report> {
  const name = path === '-' ? 'standard input' : path;
  const waiting = sayThatItWaits(process.stderr, `reading the report from ${name}`);
  const reader = reportReader(name, keep);
  try {
    const file = from ?? (await uncompressed(path === '-' ? process.stdin : createReadStream(path)));
    const { first, whole } = await peeked(file);
    refuseOthers(name, first);
    for await (const member of membersIn(whole, limits)) reader.take(member);
    return reader.report();
  } catch (error) {
    if (error instanceof LinesError)
      throw new UsageError(`${name} cannot be read as a report: ${error.message}`, advice);
    if (!(error instanceof MembersError)) throw error;
    const what = reader.isReport() ? 'a damaged report' : 'no report';
    throw new UsageError(`${name} is ${what} of acr-audit: ${error.message}`, advice);
  } finally {
    clearTimeout(waiting);
  }
}

/** Says of what is easily taken for a report what it is. */
function refuseOthers(name: string, first: Buffer): void {
  if (isSnapshot(first))
    throw new UsageError(`${name} is a snapshot, not a report`, `acr-audit scan --snapshot ${name} judges it`);
  if ((first[0] === 0xff && first[1] === 0xfe) || (first[0] === 0xfe && first[1] === 0xff))
    throw new UsageError(
      `${name} is UTF-16, and a report is UTF-8`,
      'write it with -o json=FILE, not with > of PowerShell',
    );
}

/** Puts a report together; refuses the first part that its schema does not allow. */
function reportReader(name: string, keep: (subject: ReportSubject) => ReportSubject) {
  const root: Schema = schema as Schema;
  const testOf = partValidators(root);
  const report: Record<string, unknown> = {};

  function take({ path, value }: Member): void {
    const [key, index] = path;
    if (key === 'schema') refuseForeign(name, value);
    const of = Object.hasOwn(root.properties ?? {}, key) ? root.properties?.[key] : undefined;
    if (!of) throw new MembersError(`nobody reads ${key}`);
    const fault = testOf(index === undefined ? of : (of.items ?? {}))(value);
    if (fault) throw new MembersError(`see ${placeOf(path, fault)}`);
    if (index === undefined) report[key] = value;
    else (report[key] as unknown[]).push(key === 'subjects' ? keep(value as ReportSubject) : value);
  }

  function whole(): Report {
    const lost = root.required?.find((key) => !Object.hasOwn(report, key));
    if (lost !== undefined) throw new MembersError(`it lacks ${lost}`);
    return report as unknown as Report;
  }
  return { take, report: whole, isReport: () => report['schema'] === reportSchema };
}

const placeOf = (path: Member['path'], { path: deeper, keyword, name }: Fault): string =>
  pointerOf([
    ...path,
    ...deeper,
    ...((keyword === 'absent' || keyword === 'surplus') && name !== undefined ? [name] : []),
  ]);

function refuseForeign(name: string, said: unknown): void {
  if (typeof said === 'string' && said !== reportSchema)
    throw new UsageError(`${name} is ${said.slice(0, 100)}, not ${reportSchema}`, advice);
}
