import type { Emulator } from '../../src/emulator/index.ts';
import { type Facet, facets } from '../../src/model/facets.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import type { PlanPage, PlanStep } from '../../src/pages/plan.ts';
import { lostBetween } from '../../src/plan/rehearsal.ts';
import { seenIn } from '../emulated.ts';
import type { Az } from './az.ts';

/** What a person is told to do, where the tests can do it. `null`: only a person can, and the plan goes on without. */
type ByHand = (step: PlanStep) => 'done' | 'refused';

/** What came of a plan that was carried out, step by step, on an emulated tenant. */
export interface CarriedOut {
  /** What Azure refuses, and who loses a way or a right on the way. */
  readonly faults: readonly string[];
  readonly end: Snapshot;
  /** The steps that were run. */
  readonly ran: number;
  /** Somebody would not say that a step by hand was done. */
  readonly stopped: boolean;
}

/** Who can pull is seen anew after each of these: Azure itself says what has become of names, records and rights. */
const decisive: ReadonlySet<Facet> = new Set(
  (Object.keys(facets) as Facet[]).filter((facet) =>
    [
      'registry',
      'replications',
      'privateEndpoints',
      'privateDns',
      'networks',
      'consumers',
      'appConsumers',
      'roleAssignments',
      'federatedCredentials',
      'denyAssignments',
      'agentPools',
      'tasks',
    ].includes(facet),
  ),
);

/** Runs the steps that a plan calls runnable, in its order, and looks after each at what Azure says of those who pull. */
export async function carriedOut(
  emulator: Emulator,
  az: Az,
  steps: PlanPage['steps'],
  byHand: ByHand = personsPart(emulator),
): Promise<CarriedOut> {
  const faults: string[] = [];
  let ran = 0;
  let end = await seenIn(emulator, decisive);
  for (const step of steps) {
    if (step.state === 'person') {
      if (byHand(step) === 'refused') return { faults, end, ran, stopped: true };
      continue;
    }
    if (step.state !== 'runs') continue;
    if (step.words.some((word) => word.includes('<'))) faults.push(`${step.number}. ${step.text} has no value yet`);
    const refused = az.run(step.words);
    if (refused !== null) faults.push(`${step.number}. ${step.text}: ${refused}`);
    ran += 1;
    const after = await seenIn(emulator, decisive);
    const { cutOff, unproven } = lostBetween(end, after);
    for (const use of [...cutOff, ...unproven]) faults.push(`${step.number}. ${step.text} ends: ${use}`);
    end = after;
  }
  return { faults, end, ran, stopped: false };
}

/** Whoever owns a lock lifts it, and puts it back. Nobody says that a way is proven that nobody has proven. */
export function personsPart({ answer }: Emulator): ByHand {
  const locks = new Map<string, string>();
  const ask = (method: string, lock: string, body: string | null = null) =>
    answer({ method, url: new URL(`https://management.azure.com${lock}?api-version=2020-05-01`), body });
  return ({ text }) => {
    const [, name, scope, done] = /^Have (?:whoever owns )?the lock (\S+) at (\S+) (lift it|put back)/.exec(text) ?? [];
    const id = `${scope}/providers/Microsoft.Authorization/locks/${name}`;
    if (done === 'lift it') {
      locks.set(id, ask('GET', id).body);
      ask('DELETE', id);
    } else if (done === 'put back') ask('PUT', id, locks.get(id) ?? null);
    return text.startsWith('Confirm first') ? 'refused' : 'done';
  };
}
