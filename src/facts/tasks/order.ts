import type { DefinitionStep } from './definition.ts';
import { readShell, type Word } from './shell.ts';

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

/** A push of a definition; `tested`: a step that it waits for ran an image of the build that made what is pushed. */
export interface Push {
  readonly step: DefinitionStep;
  readonly tested: boolean;
}

/** The pushes of a definition. A test counts where its failure stops the push. */
export function pushesOf(steps: readonly DefinitionStep[]): readonly Push[] {
  const order = waitsFor(steps);
  const before = (step: DefinitionStep): ReadonlySet<DefinitionStep> => order.get(step) ?? new Set();
  const builds = steps.filter((step) => builtBy(step).length > 0 || step.kind === 'build');
  const tests = (step: DefinitionStep): boolean =>
    step.kind === 'cmd' && !step.ignoreErrors && pushedBy(step).length === 0 && builtBy(step).length === 0;
  const counts = (step: DefinitionStep, push: DefinitionStep): boolean =>
    tests(step) &&
    // What runs in the background is only a test together with a step that talks to it and waits.
    (!step.detach || [...before(push)].some((other) => tests(other) && !other.detach && before(other).has(step)));
  return steps
    .filter((step) => pushedBy(step).length > 0)
    .map((push) => ({
      step: push,
      tested: pushedBy(push).every((image) => {
        const made = builds.filter((step) => builtBy(step).includes(image));
        const its = made.length > 0 ? made : builds;
        // A stage that is built to be tested (--target) is of the same sources.
        const stages = builds.filter(({ command }) => /--target[\s=]/.test(command));
        return [...before(push)].some(
          (step) =>
            counts(step, push) &&
            [...its, ...stages].some((build) => before(step).has(build) && runs(step, builtBy(build))),
        );
      }),
    }));
}

const commandsOf = ({ kind, command }: DefinitionStep): readonly (readonly Word[])[] =>
  kind === 'cmd' ? (readShell(command)?.commands ?? []).map(({ words }) => words) : [];

/** The words behind `sh -c`, or the command itself. */
function unwrapped(words: readonly Word[]): readonly (readonly string[])[] {
  const texts = words.map(({ text }) => text);
  const flag = texts.findIndex((word) => /^-\w*c$/.test(word));
  if (!texts.slice(0, flag).some((word) => /(?:^|\/)(?:ba)?sh$/.test(word)) || flag === -1) return [texts];
  const inner = readShell(texts[flag + 1] ?? '')?.commands ?? [];
  return inner.flatMap((command) => unwrapped(command.words));
}

const docker = /(?:^|\/)(?:docker|buildx|podman)(?:[:@]\S*)?$/;

/** The images that a step makes. */
function builtBy(step: DefinitionStep): readonly string[] {
  if (step.kind === 'build') return step.images;
  return commandsOf(step)
    .flatMap(unwrapped)
    .flatMap((words) => {
      const [tool = '', verb = '', noun = ''] = words;
      if (/(?:^|\/)pack(?:[:@]\S*)?$/.test(tool) && verb === 'build' && noun !== '') return [noun];
      const builds = docker.test(tool) && (verb === 'build' || (verb === 'buildx' && noun === 'build'));
      return builds ? valuesOf(words, ['-t', '--tag']) : [];
    });
}

/** The images that a step pushes, also where a command hides it; a name that is not given is `?`. */
export function pushedBy(step: DefinitionStep): readonly string[] {
  if (step.kind === 'push') return step.images;
  return commandsOf(step)
    .flatMap(unwrapped)
    .flatMap((words) => {
      const [tool = '', verb = '', noun = ''] = words;
      const tags = (): readonly string[] => {
        const given = valuesOf(words, ['-t', '--tag', '--image']);
        return given.length > 0 ? given : ['?'];
      };
      if (docker.test(tool) && verb === 'push') return words.slice(2).filter((word) => !word.startsWith('-'));
      if (docker.test(tool) && (verb === 'build' || noun === 'build') && words.includes('--push')) return tags();
      const az = /(?:^|\/)(?:az|azure-cli)(?:[:@]\S*)?$/.test(tool);
      return az && verb === 'acr' && noun === 'build' && !words.includes('--no-push') ? tags() : [];
    });
}

const valuesOf = (words: readonly string[], flags: readonly string[]): readonly string[] =>
  words.flatMap((word, place) => {
    const flag = flags.find((one) => word === one || word.startsWith(`${one}=`));
    if (flag === undefined) return [];
    return word === flag ? [words[place + 1] ?? '?'] : [word.slice(flag.length + 1)];
  });

/** Verbs of docker that look at an image or name it, and start nothing. */
const startsNothing: ReadonlySet<string> = new Set(
  'tag inspect image images push pull save history manifest rmi scan login logout version info'.split(' '),
);

/** Whether a step starts one of these images: as its container, by docker run, or by a compose file. */
function runs(step: DefinitionStep, images: readonly string[]): boolean {
  const [first] = commandsOf(step);
  if (!first) return false;
  return unwrapped(first).some((words) => {
    const [tool = '', verb = ''] = words;
    if (images.includes(tool)) return true;
    if (!docker.test(tool) && !/docker[-/]compose/.test(tool))
      // The flags of docker run may stand before the image.
      return tool.startsWith('-') && words.some((word) => images.includes(word));
    if (verb === 'compose' || /docker[-/]compose/.test(tool))
      return words.some((word) => word === 'run' || word === 'up');
    return !startsNothing.has(verb) && words.some((word) => images.includes(word));
  });
}
