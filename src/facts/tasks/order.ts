import type { DefinitionStep } from './definition.ts';
import { type Act, actsOf } from './image-commands.ts';

/**
 * The steps each step waits for, near and far. Without `when` a step waits for the one before it; `when: ["-"]` waits
 * for none (Azure/acr-builder, graph/dag.go).
 */
function waitsFor(steps: readonly DefinitionStep[]): ReadonlyMap<DefinitionStep, ReadonlySet<DefinitionStep>> {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const direct = (step: DefinitionStep, index: number): readonly (DefinitionStep | undefined)[] =>
    step.when ? step.when.map((id) => byId.get(id)) : [steps[index - 1]];
  const before = new Map(
    steps.map((step, index) => [step, direct(step, index).filter((found) => found !== undefined)]),
  );
  return new Map(
    steps.map((step) => {
      const seen = new Set<DefinitionStep>();
      const queue = [...(before.get(step) ?? [])];
      for (let next = queue.pop(); next; next = queue.pop()) {
        if (seen.has(next)) continue;
        seen.add(next);
        queue.push(...(before.get(next) ?? []));
      }
      return [step, seen];
    }),
  );
}

/** A push of a definition; `tested`: an image of the build that made what is pushed ran before, and a failure stops it. */
export interface Push {
  readonly step: DefinitionStep;
  readonly tested: boolean;
}

interface Placed extends Act {
  readonly step: DefinitionStep;
  readonly place: number;
}

/** The pushes of a definition. A test counts where its failure stops the push. */
export function pushesOf(steps: readonly DefinitionStep[]): readonly Push[] {
  const order = waitsFor(steps);
  const before = (step: DefinitionStep): ReadonlySet<DefinitionStep> => order.get(step) ?? new Set();
  const acts = steps.flatMap((step) => actsOf(step).map((act, place): Placed => ({ ...act, step, place })));
  const builds = acts.filter(({ does }) => does === 'build');
  // A stage that is built to be tested (--target) is of the same sources.
  const stages = builds.filter(({ step }) => /--target[\s=]/.test(step.command));
  const precedes = (one: Placed, other: Placed): boolean =>
    before(other.step).has(one.step) || (one.step === other.step && one.place < other.place);
  const asks = (step: DefinitionStep): boolean =>
    step.kind === 'cmd' &&
    !step.ignoreErrors &&
    !step.detach &&
    acts.every((act) => act.step !== step || act.does === 'run');
  const gates = (run: Placed, push: Placed): boolean =>
    (run.step === push.step ? run.spares.has(push.place) : before(push.step).has(run.step) && run.stops) &&
    // What runs in the background is only a test together with a step that talks to it and waits.
    (!run.detached || [...before(push.step)].some((step) => asks(step) && before(step).has(run.step)));
  const tested = (push: Placed, image: string): boolean => {
    const made = builds.filter(({ images }) => images.includes(image));
    const its = [...(made.length > 0 ? made : builds), ...stages];
    return acts.some(
      (run) =>
        run.does === 'run' &&
        gates(run, push) &&
        its.some((build) => precedes(build, run) && run.images.some((name) => isOf(name, build.images))),
    );
  };
  return acts
    .filter(({ does }) => does === 'push')
    .map((push) => ({ step: push.step, tested: push.images.every((image) => tested(push, image)) }));
}

/** Whether what runs is an image of a build; of one that names none it is any image of the registry itself. */
const isOf = (run: string, built: readonly string[]): boolean =>
  run === '?' || built.includes(run) || (built.includes('?') && /^[\w-]+\.azurecr\./.test(run));

export const pushes = (step: DefinitionStep): boolean => actsOf(step).some(({ does }) => does === 'push');
