import { shellCommands } from './shell-words.ts';

/** One `acr purge`, as acr-cli reads its flags. */
export interface PurgeCommand {
  /** As a shell would print it back. */
  readonly words: readonly string[];
  /** `acr`, or the image that was named. */
  readonly image: string;
  /** The 14 of acr-cli 0.14; `null` where the image is not pinned to a version. */
  readonly minor: number | null;
  readonly filters: readonly string[];
  readonly ago: string | null;
  /** 0 where none is asked for; a negative number keeps none either. */
  readonly keep: number;
  readonly untagged: boolean;
  readonly untaggedOnly: boolean;
  readonly includeLocked: boolean;
  readonly dryRun: boolean;
  readonly concurrency: number | null;
  /** What makes acr-cli print its usage and stop; `null`: nothing. */
  readonly refused: string | null;
}

/**
 * Which acr-cli an unpinned `acr purge` runs is not documented consistently: 0.14 in Microsoft's YAML reference (October
 * 2023), 0.19 in its purge page (February 2026) and in Azure/acr-builder (July 2026). A verdict must hold for both.
 */
const unpinned: readonly number[] = [14, 19];

export const versionsOf = ({ minor }: PurgeCommand): readonly number[] => (minor === null ? unpinned : [minor]);

/**
 * Every `acr purge` in a text: a `cmd` of a task, or what somebody pasted, be it the command, `az acr run --cmd …`,
 * `az acr task create --cmd …` or a shell variable that holds one. `null`: a quote is left open.
 */
export function readPurges(text: string): readonly PurgeCommand[] | null {
  const commands = shellCommands(text);
  if (commands === null) return null;
  const found: PurgeCommand[] = [];
  for (const words of commands) {
    const inner = wrappedCommand(words);
    if (inner !== null) {
      const purges = readPurges(inner);
      if (purges === null) return null;
      found.push(...purges);
    } else {
      const start = words.findIndex(isAcrCli);
      if (start !== -1 && words.slice(start + 1).includes('purge')) found.push(readFlags(words.slice(start)));
    }
  }
  return found;
}

const isAcrCli = (word: string): boolean => word === 'acr' || /(?:^|\/)acr-cli(?:[:@].*)?$/.test(word);

function wrappedCommand(words: readonly string[]): string | null {
  const [first = ''] = words;
  const assigned = /^(?:export\s+)?\w+=(.*\bpurge\b.*)$/s.exec(words.length === 1 ? first : '')?.[1];
  if (assigned !== undefined) return assigned;
  if (first !== 'az') return null;
  const at = words.findIndex((word) => word === '--cmd' || word.startsWith('--cmd='));
  if (at === -1) return null;
  const word = words[at] ?? '';
  return word === '--cmd' ? (words[at + 1] ?? '') : word.slice('--cmd='.length);
}

const valued: Readonly<Record<string, string>> = {
  '-f': '--filter',
  '-r': '--registry',
  '-u': '--username',
  '-p': '--password',
  '-c': '--config',
};
const takesValue: ReadonlySet<string> = new Set([
  ...Object.values(valued),
  '--ago',
  '--keep',
  '--filter-timeout-seconds',
  '--concurrency',
  '--repository-page-size',
]);
/** By the version that brought it. */
const switches: Readonly<Record<string, number>> = {
  '--untagged': 1,
  '--untagged-only': 18,
  '--include-locked': 17,
  '--dry-run': 1,
  '--verbose': 18,
  '--help': 1,
  '-h': 1,
};

/** The switches of a command that the oldest acr-cli an unpinned one may run does not know, and what brought them. */
export const newerSwitches = ({ words }: PurgeCommand): readonly { readonly flag: string; readonly since: number }[] =>
  words.flatMap((word) => {
    const { flag } = cut(word);
    const since = Object.hasOwn(switches, flag) ? (switches[flag] ?? 0) : 0;
    return since > Math.min(...unpinned) ? [{ flag, since }] : [];
  });

function readFlags(words: readonly string[]): PurgeCommand {
  const [image = ''] = words;
  const minor = minorOf(image);
  const given = new Map<string, string[]>();
  let refused: string | null = null;
  const refuse = (why: string): void => {
    refused ??= why;
  };
  for (let at = 1; at < words.length; at++) {
    const word = words[at] ?? '';
    if (word === '--') break;
    if (!word.startsWith('-') || word === '-') continue;
    const { flag, value } = cut(word);
    if (takesValue.has(flag)) {
      const argument = value ?? words[++at];
      if (argument === undefined) refuse(`${flag} needs a value`);
      else given.set(flag, [...(given.get(flag) ?? []), argument]);
    } else if (Object.hasOwn(switches, flag)) {
      if (minor !== null && minor < (switches[flag] ?? 0)) refuse(`acr-cli 0.${minor} does not know ${flag}`);
      given.set(flag, [value ?? 'true']);
    } else refuse(`acr-cli does not know ${flag}`);
  }
  const last = (flag: string): string | null => given.get(flag)?.at(-1) ?? null;
  const on = (flag: string): boolean => /^(1|t|true)$/i.test(last(flag) ?? '');
  const integer = (flag: string): number | null => {
    const raw = last(flag);
    if (raw === null) return null;
    if (!/^[+-]?\d+$/.test(raw)) refuse(`${flag} wants a number, not '${raw}'`);
    return Number.parseInt(raw, 10) || 0;
  };
  const filters = given.get('--filter') ?? [];
  const untaggedOnly = on('--untagged-only');
  const keep = integer('--keep') ?? 0;
  const concurrency = integer('--concurrency');
  if (on('--help') || on('-h')) refuse('--help prints the usage and stops');
  if (given.has('--untagged') && given.has('--untagged-only'))
    refuse('--untagged and --untagged-only exclude each other');
  if (!untaggedOnly && filters.length === 0) refuse('--filter is missing');
  if (!untaggedOnly && last('--ago') === null) refuse('--ago is missing');
  return {
    words,
    image,
    minor,
    filters,
    ago: last('--ago') || null,
    keep,
    untagged: on('--untagged'),
    untaggedOnly,
    includeLocked: on('--include-locked'),
    dryRun: on('--dry-run'),
    concurrency,
    refused,
  };
}

/** `--flag=value`, `-f=value`, `-fvalue`. */
function cut(word: string): { readonly flag: string; readonly value: string | null } {
  const equals = word.indexOf('=');
  if (word.startsWith('--'))
    return equals === -1 ? { flag: word, value: null } : { flag: word.slice(0, equals), value: word.slice(equals + 1) };
  const short = word.slice(0, 2);
  const value = word.length > 2 ? word.slice(2).replace(/^=/, '') : null;
  return { flag: valued[short] ?? short, value };
}

const minorOf = (image: string): number | null => {
  const [, minor] = /:v?0\.(\d+)/.exec(image) ?? [];
  return minor === undefined ? null : Number(minor);
};
