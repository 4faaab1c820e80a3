import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UsageError } from '../../src/cli/errors.ts';
import { type Member, membersIn } from '../../src/cli/json-members.ts';
import { readReport } from '../../src/cli/report-file.ts';
import type { Finding } from '../../src/pages/report.ts';
import { formats } from '../../src/report/formats.ts';
import { fleet, menagerie, menagerieText, rendered } from '../report/support.ts';

const limits = { member: 1000, all: 20_000, depth: 50 };

/** The text in pieces of so many bytes. */
async function* pieces(text: string | Buffer, size: number): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text as string);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function all(source: AsyncIterable<Buffer>): Promise<Member[]> {
  const found: Member[] = [];
  for await (const one of membersIn(source, limits)) found.push(one);
  return found;
}

/** The object whose members these are. */
function object(members: readonly Member[]): Record<string, unknown> {
  const made: Record<string, unknown> = Object.create(null);
  for (const { path, value } of members)
    if (path.length === 1) made[path[0]] = value;
    else (made[path[0]] as unknown[]).push(value);
  return made;
}

describe('the members of a JSON object', () => {
  test('are what JSON.parse finds, however the bytes are cut and laid out', async () => {
    const value = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 6 });
    await fc.assert(
      fc.asyncProperty(
        value,
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom(0, 2, '\t\r\n'),
        async (one, size, space) => {
          const text = JSON.stringify(one, null, space);
          expect(Object.entries(object(await all(pieces(text, size))))).toEqual(Object.entries(JSON.parse(text)));
        },
      ),
    );
  });

  test('come while the rest is still unread', async () => {
    let given = 0;
    async function* source() {
      for (const text of ['{"a":[1', ',2', ',3', ']}']) {
        given += 1;
        yield Buffer.from(text);
      }
    }
    const members = membersIn(source(), limits);
    expect((await members.next()).value).toEqual({ path: ['a'], value: [] });
    expect((await members.next()).value).toEqual({ path: ['a', 0], value: 1 });
    expect(given).toBe(2);
  });

  test.each<[says: RegExp, text: string | Buffer]>([
    [/is empty/, ''],
    [/is empty/, ' \n'],
    [/no JSON object/, '[1]'],
    [/no JSON object/, '"a"'],
    [/no JSON object/, '{"a":1}}'],
    [/no JSON object/, '{"a":1}{"b":2}'],
    [/no JSON object/, '{"a":[1] 2}'],
    [/no JSON object/, '{"a":1]'],
    [/no JSON object/, '{"a":[1}'],
    [/no JSON/, '{"a":}'],
    [/no JSON/, '{"a":[1,]}'],
    [/no JSON/, '{"a":[,1]}'],
    [/no JSON/, '{"a":1 2}'],
    [/no JSON/, '{"a":{"b":1]}}'],
    [/no JSON/, '{"a":x[1]}'],
    [/no JSON/, '{a:1}'],
    [/no text/, '{1:1}'],
    [/no value/, '{"a":1,}'],
    [/no value/, '{"a"}'],
    [/cut/, '{"a":1'],
    [/cut/, '{"a":"1'],
    [/cut/, '{"a":[1'],
    [/cut/, '{"a":[1]'],
    [/twice/, '{"a":1,"a":2}'],
    [/not UTF-8/, Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
    [/deeper/, `{"a":${'['.repeat(100)}`],
    [/part of it is larger/, `{"a":"${'x'.repeat(2000)}"}`],
    [/part of it is larger/, `{"a":1${' '.repeat(2000)}}`],
    [/part of it is larger/, `{"a":1}${' '.repeat(2000)}`],
    [/it is larger than/, `{"a":[${'1,'.repeat(20_000)}1]}`],
  ])('%s is said of %s', async (says, text) => {
    await expect(all(pieces(text, 7))).rejects.toThrow(says);
    await expect(all(pieces(text, 100_000))).rejects.toThrow(says);
  });
});

const folder = mkdtempSync(join(tmpdir(), 'report-file-'));
const file = (text: string | Buffer): string => {
  const path = join(folder, 'report.json');
  writeFileSync(path, text);
  return path;
};

describe('a report in a file', () => {
  const many = fleet(menagerie(), 500, menagerie().subjects[0]?.findings as readonly Finding[]);

  test.each([
    ['as it is written', rendered.json(many)],
    ['on one line', JSON.stringify(many)],
    ['after a mark of byte order', `\uFEFF${rendered.json(many)}`],
    ['compressed', gzipSync(rendered.json(many))],
  ])('of 500 registries is what was written: %s', async (_, text) => {
    expect(rendered.json(await readReport(file(text)))).toBe(rendered.json(many));
  });

  test('may have its members in any order', async () => {
    const turned = Object.fromEntries(Object.entries(many).reverse());
    expect(await readReport(file(JSON.stringify(turned)))).toEqual(many);
  });

  const damage = menagerieText.replace.bind(menagerieText);
  test.each<[says: RegExp, text: string | Buffer]>([
    [/is no report of acr-audit: it is empty$/, ''],
    [/is no report of acr-audit: it is cut/, '{'],
    [/is no report of acr-audit: nobody reads a$/, '{"a":1}'],
    [/is acr-audit\/report@2, not acr-audit\/report@1$/, '{"schema":"acr-audit/report@2"}'],
    [/is UTF-16, and a report is UTF-8$/, Buffer.from(`\uFEFF${menagerieText}`, 'utf16le')],
    [/is a snapshot, not a report$/, '{"kind":"header","asked":{}}\n'],
    [/is a damaged report of acr-audit: it is cut: it ends in the middle$/, menagerieText.slice(0, 9000)],
    [/is a damaged report of acr-audit: it is cut: it ends in the middle$/, gzipSync(menagerieText).subarray(0, 3000)],
    [/see complete$/, damage('"complete": false', '"complete": "no"')],
    [/see profile$/, damage(/"profile": "[a-z]+"/, '"profile": "lax"')],
    [/see subjects\/0\/findings\/0/, damage('"verdict": "fail"', '"verdict": "fails"')],
    [/see subjects$/, damage('"subjects": [', '"subjects": 1, "subject": [')],
    [/it lacks unread$/, JSON.stringify({ ...menagerie(), unread: undefined })],
    [/tool is in it twice$/, damage('"tool"', '"tool": { "name": "a", "version": "1", "rules": "1" },\n"tool"')],
  ])('%s', async (says, text) => {
    const refusal = await readReport(file(text)).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(UsageError);
    expect((refusal as UsageError).message).toMatch(says);
  });

  test('that somebody changed is refused, or told in every format', async () => {
    const [places, report] = [[] as (readonly (string | number)[])[], menagerie()];
    const walk = (value: unknown, path: readonly (string | number)[]): void => {
      if (path.length > 0) places.push(path);
      if (typeof value === 'object' && value !== null)
        for (const [key, below] of Object.entries(value)) walk(below, [...path, key]);
    };
    walk(report, []);
    const others = [undefined, null, 7, '', 'other', [], {}, true];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...places), fc.constantFrom(...others), async (path, other) => {
        const changed = JSON.parse(menagerieText);
        const last = path.at(-1) as string;
        const parent = path.slice(0, -1).reduce((value, key) => value[key], changed);
        if (other === undefined) delete parent[last];
        else parent[last] = other;
        const read = await readReport(file(JSON.stringify(changed))).catch((error: unknown) => error);
        if (read instanceof UsageError) return;
        for (const format of formats) expect(rendered[format](read as never), format).not.toBe('');
      }),
      { numRuns: 300 },
    );
  });
});
