import type { DefinitionStep } from './definition.ts';
import { dockers, isCompose, isTool, plainOf, pushedIn, toolOf, valuesOf } from './pushers.ts';
import { readShell, type ShellCommand, type Word } from './shell.ts';
import { afterFailure } from './shell-failure.ts';

/** What one command of a step does to images, in the order in which the commands stand. */
export interface Act {
  readonly does: 'build' | 'run' | 'push';
  /** `?`: an image without a name. */
  readonly images: readonly string[];
  /** It is run in the background: how it ends is not waited for. */
  readonly detached: boolean;
  /** Where it fails the step fails. */
  readonly stops: boolean;
  /** The places of the pushes of the same step that do not come about where it fails. */
  readonly spares: ReadonlySet<number>;
}

/** The builds, runs and pushes of a step, also where a command hides them. */
export function actsOf(step: DefinitionStep): readonly Act[] {
  const sure = { detached: step.detach, stops: !step.ignoreErrors, spares: new Set<number>() };
  if (step.kind === 'push') return [{ ...sure, does: 'push', images: step.images }];
  if (step.kind === 'build') return [{ ...sure, does: 'build', images: step.images.length > 0 ? step.images : ['?'] }];
  if (step.kind !== 'cmd') return [];
  const acts: Act[] = [];
  script(step.command, acts, { detached: step.detach, stops: !step.ignoreErrors, exits: false, container: true });
  return acts;
}

interface Where {
  readonly detached: boolean;
  readonly stops: boolean;
  /** The shell was started with `-e`. */
  readonly exits: boolean;
  /** Its first word is an image, as in a step. */
  readonly container: boolean;
}

function script(text: string, acts: Act[], where: Where): void {
  const commands = readShell(text)?.commands ?? [];
  const spans = commands.map((command, place) => {
    const from = acts.length;
    const last = place === commands.length - 1;
    const background = commands[place + 1]?.after === '&' || (last && /(?<!&)&\s*$/.test(text));
    one(textsOf(command), command.input, acts, {
      detached: where.detached,
      stops: where.stops && !background && afterFailure(commands, place, where.exits).shows,
      exits: where.exits,
      container: where.container && place === 0,
    });
    return { from, to: acts.length };
  });
  for (const [place, { from, to }] of spans.entries()) {
    const { runs } = afterFailure(commands, place, where.exits);
    const spared = spans.flatMap((span, other) =>
      other > place && !runs.has(other) ? Array.from({ length: span.to - span.from }, (_, at) => span.from + at) : [],
    );
    // What is started in the background is asked by the commands behind it.
    const asked = commands.some(
      (command, other) =>
        other > place && !idle.test(textsOf(command).join(' ')) && afterFailure(commands, other, where.exits).shows,
    );
    for (let at = from; at < to; at++) {
      const act = acts[at];
      if (!act) continue;
      const detached = act.detached && (where.detached || !asked);
      acts[at] = { ...act, detached, spares: new Set([...act.spares, ...spared]) };
    }
  }
}

/** Commands that ask nothing of an image. */
const idle = /^(?:sleep|echo|true|:|exit|set|cd|export)\b|^docker (?:container )?(?:rm|stop|kill|ps|logs|push|tag)\b/;

const textsOf = ({ words }: ShellCommand): readonly string[] => words.map(({ text }: Word) => text);

const shell = /^(?:ba|da|z|k|a)?sh$/;
const runners: ReadonlySet<string> = new Set([
  'sudo',
  'env',
  'timeout',
  'time',
  'nice',
  'nohup',
  'xargs',
  'exec',
  'command',
]);

function one(given: readonly string[], input: string | null, acts: Act[], where: Where): void {
  const words = withoutRunner(given.slice(given.findIndex((word) => !/^[A-Za-z_]\w*=/.test(word))));
  const [first = ''] = words;
  const flag = words.findIndex((word) => /^-\w*c$/.test(word));
  const shells = words.findIndex((word) => shell.test(toolOf(word)));
  const inner = { ...where, container: false };
  started(words, acts, where);
  if (shells !== -1 && shells < flag) {
    const exits = words.slice(shells, flag + 1).some((word) => /^-\w*e/.test(word));
    script(words[flag + 1] ?? '', acts, { ...inner, exits });
  } else if (first === 'eval') script(words.slice(1).join(' '), acts, inner);
  else if (shells !== -1 && input !== null) script(input, acts, inner);
  else if (isRun(words) || first.startsWith('-')) {
    const command = contained(words.slice(first.startsWith('-') ? 0 : runAt(words)));
    if (command.length > 1) one(command, null, acts, inner);
  } else if (toolOf(fromTool(words)[0] ?? '') === 'az' && words.includes('--cmd'))
    script(valuesOf(words, ['--cmd'])[0] ?? '', acts, inner);
  else plain(fromTool(words), acts, where);
}

/** What comes behind `sudo -E`, `timeout 60`. */
function withoutRunner(words: readonly string[]): readonly string[] {
  const at = words.findIndex((word) => isTool(word) || shell.test(word));
  return runners.has(words[0] ?? '') && at !== -1 ? words.slice(at) : words;
}

/** The words from the tool on, where an image is given it as its first argument. */
const fromTool = (words: readonly string[]): readonly string[] =>
  (/[/:]/.test(words[0] ?? '') || words[0] === words[1]) && isTool(words[1] ?? '') ? words.slice(1) : words;

function plain(words: readonly string[], acts: Act[], where: Where): void {
  const act = (does: Act['does'], images: readonly string[]): void => {
    if (images.length > 0) acts.push({ does, images, detached: where.detached, stops: where.stops, spares: new Set() });
  };
  act('build', builtIn(words));
  act('push', pushedIn(words));
}

function builtIn(words: readonly string[]): readonly string[] {
  const tool = toolOf(words[0] ?? '');
  const verbs = plainOf(words);
  if (isCompose(words)) return verbs.includes('build') ? ['?'] : [];
  if (tool === 'pack') return verbs[0] === 'build' ? [verbs[1] ?? '?'] : [];
  const said = verbs.join(' ');
  if (!dockers.test(tool) || !/^(?:(?:buildx|image|builder) )?(?:build|bud|b|bake)\b/.test(said)) return [];
  const names = valuesOf(words, ['-t', '--tag']);
  return names.length > 0 ? names : ['?'];
}

const runAt = (words: readonly string[]): number => words.indexOf('run') + 1;
/** `docker run`, `podman container run`, also behind an image that holds the tool. */
const isRun = (words: readonly string[]): boolean => {
  const from = fromTool(words);
  return dockers.test(toolOf(from[0] ?? '')) && /^(?:container )?run\b/.test(plainOf(from).slice(0, 2).join(' '));
};

/** A command that starts an image: as the container of the step, by docker run, by a compose file, by a tester. */
function started(words: readonly string[], acts: Act[], where: Where): void {
  const run = (image: string, detached: boolean, given: readonly string[]): void => {
    acts.push({
      does: 'run',
      images: [image],
      detached: where.detached || detached,
      stops: where.stops && !ignores(given),
      spares: new Set(),
    });
  };
  const from = fromTool(words);
  const [first = ''] = from;
  if (isCompose(from)) {
    const verb = plainOf(from).find((word) => word === 'run' || word === 'up');
    if (verb !== undefined) run('?', isDetached(from), []);
  } else if (isRun(from) || (where.container && first.startsWith('-'))) {
    const flags = from.slice(first.startsWith('-') ? 0 : runAt(from));
    const at = imageAt(flags);
    if (at !== -1) run(flags[at] ?? '', isDetached(flags.slice(0, at)), flags.slice(at + 1));
  } else if (toolOf(first) === 'container-structure-test')
    for (const image of valuesOf(from, ['--image', '-i'])) run(image, false, []);
  else if (where.container && (!isTool(first) || first !== toolOf(first))) run(first, false, from.slice(1));
}

const isDetached = (flags: readonly string[]): boolean =>
  flags.some((word) => /^-[a-z]*d[a-z]*$/.test(word) || /^--detach(?:=true)?$/.test(word));

/** The image is given a script that comes to a good end whatever its commands do. */
function ignores(given: readonly string[]): boolean {
  const flag = given.findIndex((word) => /^-\w*c$/.test(word));
  if (flag < 1 || !shell.test(toolOf(given[flag - 1] ?? '').replace(/^-.*$/, 'sh'))) return false;
  const commands = readShell(given[flag + 1] ?? '')?.commands ?? [];
  const exits = given.slice(0, flag + 1).some((word) => /^-\w*e/.test(word));
  const tests = commands.flatMap((command, place) =>
    idle.test(textsOf(command).join(' ')) ? [] : [afterFailure(commands, place, exits).shows],
  );
  return tests.length > 0 && !tests.includes(true);
}

/** Flags of docker run that take no value; any other takes the next word, unless it holds one. */
const bare =
  /^(?:-[ditP]+|--(?:rm|init|privileged|read-only|detach|interactive|tty|publish-all|quiet|no-healthcheck))$/;

/** Where the image stands behind the flags of docker run: what comes after it are its own words. */
function imageAt(words: readonly string[]): number {
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (!word.startsWith('-')) return at;
    if (!word.includes('=') && !bare.test(word)) at++;
  }
  return -1;
}

/** The command that a container runs: its entry point, or its image where that is named after the tool. */
function contained(flags: readonly string[]): readonly string[] {
  const at = imageAt(flags);
  if (at === -1) return [];
  const given = flags.slice(at + 1);
  if (isTool(given[0] ?? '')) return given;
  const [entry = flags[at] ?? ''] = valuesOf(flags.slice(0, at), ['--entrypoint']);
  return [entry, ...given];
}
