import type { DefinitionStep } from '../../model/facets/tasks.ts';

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

/**
 * The pushes of a definition that no test holds back: none of the `cmd` steps they wait for ran an image of the build
 * that made what is pushed, or its failure would not stop the push.
 */
export function untestedPushes(steps: readonly DefinitionStep[]): readonly DefinitionStep[] {
  const order = waitsFor(steps);
  const before = (step: DefinitionStep): ReadonlySet<DefinitionStep> => order.get(step) ?? new Set();
  const tests = (step: DefinitionStep): boolean => step.kind === 'cmd' && !step.ignoreErrors && !pushes(step);
  const counts = (step: DefinitionStep, push: DefinitionStep): boolean =>
    tests(step) &&
    // What runs in the background is only a test together with a step that talks to it and waits.
    (!step.detach || [...before(push)].some((other) => tests(other) && !other.detach && before(other).has(step)));
  return steps.filter((push) => {
    if (!pushes(push)) return false;
    return !pushed(push).every((image) => {
      const made = steps.filter((step) => step.kind === 'build' && step.images.includes(image));
      const builds = made.length > 0 ? made : steps.filter((step) => step.kind === 'build');
      return [...before(push)].some(
        (step) => counts(step, push) && builds.some((build) => before(step).has(build) && runs(step, build.images)),
      );
    });
  });
}

const runs = ({ command }: DefinitionStep, images: readonly string[]): boolean =>
  command.split(/\s+/).some((word) => images.includes(word));

/** A `push` step, or a `cmd` step that runs `docker push`. */
export const pushes = (step: DefinitionStep): boolean =>
  step.kind === 'push' || (step.kind === 'cmd' && /^docker\s+push\s/.test(step.command));

const pushed = (step: DefinitionStep): readonly string[] =>
  step.kind === 'push' ? step.images : step.command.split(/\s+/).slice(2);
