import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checks } from '../../checks/index.ts';
import { selectChecks } from '../../src/cli/select.ts';
import { type Judging, judgeAll } from '../../src/engine/judge-all.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import type { PlanFinding } from '../../src/pages/plan.ts';
import { planOf } from '../../src/plan/plan.ts';
import { seenIn } from '../emulated.ts';
import { carriedOut } from './carried-out.ts';
import { answersOf, drawnTenant, emulatedTenant } from './drawn.ts';

const named = ({ check, registry }: PlanFinding): string => `${check} of ${registry}`;
const failing = (snapshot: Snapshot, judging: Judging): readonly string[] =>
  judgeAll(snapshot, judging)
    .filter(({ outcome }) => outcome.verdict === 'fail')
    .map(({ check, subject }) => named({ check: check.id, registry: subject.name }));

/**
 * Plans for tenants that nobody wrote down, carried out on an Azure Resource Manager that knows what Azure refuses and
 * what it makes by itself. Who can pull is read from it after each step, not from the rehearsal.
 */
test('whatever is drawn, a plan cuts off nobody, Azure refuses none of its steps, and what it says is closed is', async () => {
  let ran = 0;
  await fc.assert(
    fc.asyncProperty(drawnTenant, async (draw) => {
      const { profile } = draw;
      const judging = { profile, checks: selectChecks(checks, { profile, check: [], skip: [], area: [] }) };
      const { emulator, az } = emulatedTenant(draw);
      const snapshot = await seenIn(emulator);
      const plan = planOf(snapshot, judging, { answers: answersOf(draw), only: [], until: null, onlySafe: false });
      const done = await carriedOut(emulator, az, plan.steps);
      expect(done.faults).toEqual([]);
      ran += done.ran;
      if (done.stopped) return;
      const before = failing(snapshot, judging);
      const after = failing(await seenIn(emulator), judging);
      expect(after.filter((one) => plan.closed.map(named).includes(one))).toEqual([]);
      const told = [...before, ...plan.left.map(named), ...plan.opened.map(named)];
      expect(after.filter((one) => !told.includes(one))).toEqual([]);
    }),
    { numRuns: 24, seed: 15 },
  );
  expect(ran).toBeGreaterThan(120);
}, 300_000);
