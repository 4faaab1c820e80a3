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

const docker = /(?:^|\/)(?:docker|buildx|podman|nerdctl|buildah)(?:[:@]\S*)?$/;
const tools = /^(?:az|docker|podman|nerdctl|buildah|crane|gcrane|skopeo|oras|regctl|pack)$/;

/** The words from the tool on: a container may be given it as its first argument. */
const fromTool = (words: readonly string[]): readonly string[] =>
  words[0]?.includes('/') && tools.test(words[1] ?? '') ? words.slice(1) : words;

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
  return commandsOf(step).flatMap(unwrapped).map(fromTool).flatMap(pushedIn);
}

function pushedIn(words: readonly string[]): readonly string[] {
  const [tool = '', verb = '', noun = ''] = words;
  const is = (names: RegExp): boolean => names.test(tool.replace(/^.*\//, '').replace(/[:@].*$/, ''));
  const tags = (): readonly string[] => {
    const given = valuesOf(words, ['-t', '--tag', '--image', '--destination', '-d']);
    return given.length > 0 ? given : ['?'];
  };
  const plain = words.slice(1).filter((word) => !word.startsWith('-'));
  if (isCompose(words)) return plain.includes('push') || words.includes('--push') ? ['?'] : [];
  if (docker.test(tool)) {
    if (verb === 'push') return plain.slice(1);
    if ((verb === 'image' || verb === 'manifest') && noun === 'push') return plain.slice(2);
    if (verb === 'buildx' && noun === 'imagetools' && plain[2] === 'create') return tags();
    return (verb === 'build' || noun === 'build') && pushesWhatItBuilds(words) ? tags() : [];
  }
  if (is(/^(?:az|azure-cli)$/)) return verb === 'acr' && noun === 'build' && !words.includes('--no-push') ? tags() : [];
  if (is(/^(?:g?crane|oras)$/)) return /^(?:push|copy|cp)$/.test(verb) ? plain.slice(-1) : [];
  if (is(/^regctl$/)) return verb === 'image' && /^(?:copy|import)$/.test(noun) ? plain.slice(-1) : [];
  if (is(/^skopeo$/)) return verb === 'copy' ? plain.slice(-1).map((to) => to.replace(/^docker:\/\//, '')) : [];
  if (is(/^pack$/)) return verb === 'build' && words.includes('--publish') ? [noun] : [];
  return is(/^executor$/) && !words.includes('--no-push') ? tags() : [];
}

const isCompose = ([tool = '', verb = '']: readonly string[]): boolean =>
  /docker[-/]compose/.test(tool) || (docker.test(tool) && verb === 'compose');

/** `--push`, `--output type=registry`, `-o type=image,push=true`. */
const pushesWhatItBuilds = (words: readonly string[]): boolean =>
  words.some((word) => /^--push(?:=(?:true|1))?$/.test(word)) ||
  valuesOf(words, ['-o', '--output']).some((to) => /type=registry|push=(?:true|1)/.test(to));

const valuesOf = (words: readonly string[], flags: readonly string[]): readonly string[] =>
  words.flatMap((word, place) => {
    const flag = flags.find((one) => word === one || word.startsWith(`${one}=`));
    if (flag === undefined) return [];
    return word === flag ? [words[place + 1] ?? '?'] : [word.slice(flag.length + 1)];
  });

/** Whether a step starts one of these images: as its container, by docker run, or by a compose file. */
function runs(step: DefinitionStep, images: readonly string[]): boolean {
  const [first] = commandsOf(step);
  if (!first) return false;
  // An image that is given a shell runs, whatever the shell does then.
  return [first.map(({ text }) => text), ...unwrapped(first)].map(fromTool).some((words) => {
    const [tool = '', verb = '', noun = ''] = words;
    if (images.includes(tool)) return true;
    if (isCompose(words)) return words.some((word) => word === 'run' || word === 'up');
    const started = verb === 'run' ? 2 : verb === 'container' && noun === 'run' ? 3 : null;
    if (docker.test(tool)) return started !== null && images.includes(imageRun(words.slice(started)) ?? '');
    // The flags of docker run may stand before the image.
    return tool.startsWith('-') && images.includes(imageRun(words) ?? '');
  });
}

/** Flags of docker run that take no value; any other takes the next word, unless it holds one. */
const bare =
  /^(?:-[ditP]+|--(?:rm|init|privileged|read-only|detach|interactive|tty|publish-all|quiet|no-healthcheck))$/;

/** The image behind the flags of docker run: what comes after it are its own words. */
function imageRun(words: readonly string[]): string | undefined {
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (!word.startsWith('-')) return word;
    if (!word.includes('=') && !bare.test(word)) at++;
  }
  return undefined;
}
