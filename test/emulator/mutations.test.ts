import { Ajv } from 'ajv';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checks } from '../../checks/index.ts';
import { snapshotShape } from '../../src/dev/schemas.ts';
import { demoTenant } from '../../src/emulator/demo.ts';
import { evaluate } from '../../src/engine/evaluate.ts';
import { segment, withValueAt } from '../../src/model/pointer.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import type { Report, Verdict } from '../../src/pages/report.ts';
import { collected } from '../emulated.ts';
import { toldVerdicts } from '../verdicts.ts';

const demo = await collected(demoTenant());
/** One registry each, so that a run is short; what they share stays. */
const originals: readonly Snapshot[] = demo.registries.map((registry) => ({ ...demo, registries: [registry] }));
const isSnapshot = new Ajv({ strict: false, allowUnionTypes: true, formats: { 'date-time': true } }).compile(
  JSON.parse(snapshotShape()),
);

/** Every place below the facets, and what is there. */
function* placesIn(value: unknown, path = ''): Generator<{ at: string; value: unknown }> {
  if (/^shared|facets/.test(path)) yield { at: path, value };
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value))
    if (key !== 'sources') yield* placesIn(inner, path === '' ? key : `${path}/${segment(key)}`);
}

const judge = (snapshot: Snapshot): Report => evaluate(snapshot, { checks, profile: 'regulated' });
const verdicts = (report: Report): Map<string, Verdict> =>
  new Map(toldVerdicts(report).map(({ check, subject, verdict }) => [`${check} of ${subject}`, verdict]));

const places = originals.map((snapshot) => [...placesIn(snapshot)]);
const isObserved = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'state' in value && value.state === 'observed';
const evidence = places.map((all) => all.filter(({ value }) => isObserved(value)));

/** Some places of one registry. */
const choice = fc.nat(originals.length - 1).chain((index) =>
  fc.record({
    index: fc.constant(index),
    chosen: fc.array(fc.nat((places[index] ?? []).length - 1), { minLength: 1, maxLength: 3 }),
  }),
);

const odd = fc.constantFrom<unknown>(
  null,
  '',
  'Mystery',
  '__proto__',
  'constructor',
  '/',
  '*',
  '(',
  '0.0.0.0/0',
  '999.1.1.1',
  '::/129',
  '9999-12-31T23:59:60Z',
  'P-1D',
  'a'.repeat(2000),
  '\u0000\u001b[2J\u202e',
  '$(id)',
  -1,
  0,
  1e300,
  true,
  false,
  [],
  {},
);

test('no odd value in a valid snapshot breaks a check', () => {
  fc.assert(
    fc.property(choice, fc.array(odd, { minLength: 3, maxLength: 3 }), ({ index, chosen }, values) => {
      let changed: unknown = originals[index];
      for (const [turn, nth] of chosen.entries()) {
        const place = places[index]?.[nth];
        const next = place && withValueAt(changed, place.at, values[turn]);
        if (next && isSnapshot(next)) changed = next;
      }
      const broken = judge(changed as Snapshot).subjects.flatMap(({ findings }) =>
        findings.flatMap((one) => (one.verdict === 'error' ? [`${one.check}: ${one.reason}`] : [])),
      );
      expect(broken).toEqual([]);
    }),
    { interruptAfterTimeLimit: 4000, numRuns: 2000 },
  );
}, 60_000);

test('what cannot be seen any more never makes a check pass', () => {
  const unseen = { state: 'denied', reason: 'not allowed', missing: [{ action: 'a/read', scope: '/' }], sources: [] };
  let tried = 0;
  for (const [index, original] of originals.entries()) {
    const before = verdicts(judge(original));
    for (const { at } of evidence[index] ?? []) {
      const hidden = withValueAt(original, at, unseen);
      if (!isSnapshot(hidden)) continue;
      tried += 1;
      const risen = [...verdicts(judge(hidden))].filter(
        ([finding, verdict]) => verdict === 'pass' && before.get(finding) !== 'pass',
      );
      expect(risen, at).toEqual([]);
    }
  }
  expect(tried).toBeGreaterThan(100);
}, 240_000);
