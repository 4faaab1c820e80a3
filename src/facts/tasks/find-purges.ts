import { type Definition, type DefinitionStep, ownHost } from './definition.ts';
import { type PurgeCommand, readFlags } from './purge-command.ts';
import { type Given, readShell, type ShellCommand, unknownOutside, type Word } from './shell.ts';

/** A purge in a text, and the line it begins in (from 1). */
export interface FoundPurge {
  readonly command: PurgeCommand;
  readonly line: number;
}

/** What a text of shell commands purges; `null`: a quote is left open. */
export function purgesInShell(text: string, given: Given = unknownOutside): readonly FoundPurge[] | null {
  const reading = readShell(text, given);
  if (reading === null) return null;
  const found: FoundPurge[] = [];
  const within = (inner: string, line: number, values: Given = given): void => {
    for (const one of purgesInShell(inner, values) ?? []) found.push({ ...one, line: line + one.line - 1 });
  };
  for (const { words, line, input } of reading.commands) {
    const inner = commandInside(words);
    const purge = inner === null ? purgeIn(words) : null;
    if (inner !== null) within(inner.text, line, inner.inTask ? insideTask(given) : given);
    else if (purge) found.push({ command: purge, line });
    if (input !== null && /\bpurge\b/.test(input)) within(input, line + 1);
  }
  // A command that is kept in a variable which nothing here uses.
  for (const { text, inner, line } of reading.kept) if (/\bpurge\b/.test(text)) within(inner, line);
  return distinctPurges(found);
}

const distinctPurges = (found: readonly FoundPurge[]): readonly FoundPurge[] => [
  ...new Map(found.map((one) => [`${one.line} ${one.command.written.join(' ')}`, one])).values(),
];

const isAcrCli = (word: string): boolean =>
  word === 'acr' || word === '$acr' || /(?:^|\/)acr-cli(?:[:@].*)?$/.test(word);

/** Commands that run the command behind their own options. */
const runners: ReadonlySet<string> = new Set(['docker', 'podman', 'sudo', 'env', 'timeout', 'xargs', 'nice']);

function purgeIn(words: readonly Word[]): PurgeCommand | null {
  const start = words.findIndex(({ text }) => isAcrCli(text));
  const before = words.slice(0, Math.max(start, 0));
  const runs =
    start !== -1 &&
    (before.every(({ text }) => /^\w+=/.test(text) || text.startsWith('-')) || runners.has(before[0]?.text ?? ''));
  if (!runs) return openFlags(words);
  const verb = words.slice(start + 1).find(({ text }) => !text.startsWith('-'));
  return words.slice(start + 1).some(({ text }) => text === 'purge') && verb !== undefined
    ? readFlags(words.slice(start))
    : null;
}

/** `$PURGE --filter …`: a command in a variable whose flags are those of a purge. */
function openFlags(words: readonly Word[]): PurgeCommand | null {
  const [first] = words;
  if (!first?.loose || !words.some(({ text }) => text === '--ago' || text.startsWith('--ago='))) return null;
  return readFlags(words);
}

/** The command in the argument of `sh -c`, of `az acr run --cmd`, or of a container that is given one. */
function commandInside(words: readonly Word[]): { readonly text: string; readonly inTask: boolean } | null {
  const first = words[0]?.text.split('/').at(-1) ?? '';
  const flagValue = (flag: string): string | undefined => {
    const at = words.findIndex(({ text }) => text === flag || text.startsWith(`${flag}=`));
    const word = words[at];
    return word === undefined
      ? undefined
      : word.text === flag
        ? words[at + 1]?.inner
        : word.inner.slice(flag.length + 1);
  };
  if (/^(?:ba|da|z|k)?sh$/.test(first)) {
    const at = words.findIndex(({ text }) => /^-\w*c$/.test(text)) + 1;
    const text = words[at]?.inner;
    return text === undefined || at === 0 ? null : { text, inTask: false };
  }
  if (first === 'eval')
    return {
      text: words
        .slice(1)
        .map(({ inner }) => inner)
        .join(' '),
      inTask: false,
    };
  if (first !== 'az') return null;
  const text =
    flagValue('--cmd') ?? (words[2]?.text === 'run' || words[2]?.text === 'task' ? flagValue('-c') : undefined);
  return text === undefined ? null : { text, inTask: true };
}

/** Inside of a task its own variables stand for themselves; the shell there knows no others. */
const insideTask =
  (outside: Given): Given =>
  (name) => {
    if (/^(?:Run\.)?Registry$/.test(name)) return ownHost;
    return name.includes('.') ? outside(name) : ofTask.has(name) ? null : '';
  };
const ofTask: ReadonlySet<string> = new Set(
  'ID SharedVolume RegistryName Date OS Architecture Commit Branch HOME PATH PWD USER'.split(' '),
);

/** What one step of a task does to images. */
export type StepDeletion =
  | { readonly is: 'purge'; readonly command: PurgeCommand; readonly stuck: string | null }
  /** Another command that deletes; `open`: what it deletes is only known when it runs. */
  | { readonly is: 'delete'; readonly what: string; readonly open: boolean }
  /** It cannot be told what it runs. */
  | { readonly is: 'hidden'; readonly why: string };

const behind =
  'only the first command of a cmd runs in its container, and acr is not there for those behind it: they end in "acr: not found"';

/** What a step deletes: its first command runs in the container, those behind it in the builder's own shell. */
export function deletionsOf(step: DefinitionStep, definition: Definition): readonly StepDeletion[] {
  if (step.kind !== 'cmd' || step.command.trim() === '') return [];
  const given = definition.foreignAliases ? unknownOutside : insideTask(unknownOutside);
  const reading = readShell(step.command, given);
  if (reading === null) return [{ is: 'hidden', why: 'a quote is left open in its command' }];
  return reading.commands.flatMap((command, place) => {
    const stuck = place > 0 ? behind : null;
    const purge = purgeIn(command.words);
    if (purge) return [{ is: 'purge', command: purge, stuck } as const];
    if (stuck !== null) return [];
    const deletes = deletesIn(command);
    if (deletes) return [deletes];
    const [first] = command.words;
    return first?.open && !first.text.includes('/')
      ? [{ is: 'hidden', why: `what it runs ('${first.text}') is filled in when it runs` } as const]
      : [];
  });
}

/** By the words that are no flags. */
const deleting =
  /^(?:az acr (?:(?:repository|manifest) (?:delete|untag)|delete)|acr (?:tag|manifest) (?:delete|untag)|oras manifest delete|crane delete|skopeo delete|regctl (?:tag|manifest|image) (?:delete|rm)|reg rm)\b/;
/** By a flag of a tool that talks to any service. */
const deletingMethod = /^(?:curl|az rest)\b.*\s(?:-X|--request|--method)[ =]?delete\b/i;

function deletesIn({ words }: ShellCommand): StepDeletion | null {
  const inner = commandInside(words);
  const shell = words.findIndex(({ text }) => /^(?:.*\/)?(?:ba)?sh$/.test(text));
  // A container with a shell is given the command as its argument.
  const behindShell = shell > 0 ? commandInside(words.slice(shell)) : null;
  if (inner ?? behindShell) {
    const nested = readShell((inner ?? behindShell)?.text ?? '')?.commands ?? [];
    // A run that is started from here, and purges there.
    if (inner?.inTask && nested.some((one) => purgeIn(one.words)))
      return { is: 'delete', what: 'az acr run of acr purge', open: true };
    for (const one of nested) {
      const deletes = deletesIn(one);
      if (deletes) return deletes;
    }
    return null;
  }
  const named = words.map(({ text }, place) => (place === 0 ? toolOf(text) : text));
  const [what] =
    deleting.exec(
      named
        .filter((word) => !word.startsWith('-'))
        .slice(0, 4)
        .join(' '),
    ) ?? [];
  if (what !== undefined) return { is: 'delete', what, open: words.some(({ open }) => open) };
  const [method] = deletingMethod.exec(named.join(' ')) ?? [];
  return method === undefined ? null : { is: 'delete', what: `${named[0]} with the method DELETE`, open: true };
}

/** The tool that an image is named after. */
const toolOf = (image: string): string => {
  if (isAcrCli(image)) return 'acr';
  const [, name = image] = /(?:^|\/)([\w.-]+?)(?:[:@].*)?$/.exec(image) ?? [];
  return name === 'azure-cli' ? 'az' : name;
};
