import type { Word } from './shell.ts';

/** The newest acr-cli, which a plain `acr` runs since that day (Azure/acr-builder, graph/global-defaults-linux.go). */
export const newest = 19;
export const newestSince = '5 April 2026';

/** The value of a flag. */
export type Said = Pick<Word, 'text' | 'open'>;

/** One `acr purge`, as acr-cli reads its flags. It holds no user name and no password. */
export interface PurgeCommand {
  /** `acr`, or the image that was named. */
  readonly image: string;
  /** The 14 of acr-cli 0.14; `null` where the image is not pinned to a version. */
  readonly pinned: number | null;
  /** The one that it is judged as. */
  readonly minor: number;
  readonly filters: readonly Said[];
  readonly ago: Said | null;
  /** 0 where none is asked for; a negative number keeps none either. `null`: only known when it runs. */
  readonly keep: number | null;
  readonly untagged: Switch;
  readonly untaggedOnly: Switch;
  readonly includeLocked: Switch;
  readonly dryRun: Switch;
  /** What makes acr-cli print its usage and stop, whatever is filled in; `null`: nothing. */
  readonly refused: string | null;
  /** A word may hold any flag, or a flag of a newer acr-cli stands there: what it deletes may be something else. */
  readonly loose: boolean;
  /** What can't be told of the command before it runs, each with the reason. */
  readonly open: readonly string[];
  /** It logs in with a user of its own, not as the task. */
  readonly ownLogin: boolean;
  /** The command for people: user and password masked, and what is filled in as it was written. */
  readonly written: readonly string[];
}

/** `null`: only known when it runs. */
type Switch = boolean | null;

/** The first release that knows a flag, counted as minor versions: Azure/acr-cli, cmd/acr/purge.go by tags. */
const valued: Readonly<Record<string, number>> = {
  '--filter': 0,
  '--registry': 0,
  '--username': 0,
  '--password': 0,
  '--config': 0,
  '--ago': 0,
  '--keep': 0,
  '--concurrency': 4,
  '--filter-timeout-seconds': 5,
  '--repository-page-size': 14,
};
const switches: Readonly<Record<string, number>> = {
  '--untagged': 0,
  '--dry-run': 0,
  '--help': 0,
  '--include-locked': 17,
  '--untagged-only': 18,
  '--verbose': 19,
};
const shortNames: Readonly<Record<string, string>> = {
  '-f': '--filter',
  '-r': '--registry',
  '-u': '--username',
  '-p': '--password',
  '-c': '--config',
  '-h': '--help',
};
/** What these say does not change what is deleted. */
const harmless: ReadonlySet<string> = new Set([
  '--registry',
  '--username',
  '--password',
  '--config',
  '--concurrency',
  '--filter-timeout-seconds',
  '--repository-page-size',
  '--verbose',
]);
/** Bits of the number that each takes. */
const numbers: Readonly<Record<string, bigint>> = {
  '--keep': 64n,
  '--concurrency': 64n,
  '--filter-timeout-seconds': 64n,
  '--repository-page-size': 32n,
};

/** Reads the words from the image on. */
export function readFlags(words: readonly Word[]): PurgeCommand {
  const image = words[0]?.text ?? '';
  const pinned = minorOf(image);
  const given = new Map<string, Said[]>();
  const refusals: string[] = [];
  const open: string[] = [];
  let loose = words[0]?.open ?? false;
  if (words[0]?.open) open.push(`'${image}' is filled in when it runs`);
  const version = `acr-cli 0.${pinned ?? newest}`;
  if (/:v?[1-9]\d*\.\d/.test(image) || (pinned ?? 0) > newest)
    open.push(`'${image}' is newer than acr-cli 0.${newest}, the newest that is known here`);
  if (/@sha256:/.test(image) && pinned === null) open.push('which release of acr-cli the digest is, is not known here');
  for (let at = 1; at < words.length; at++) {
    const word = words[at];
    if (word === undefined || word.text === '--') break;
    if (word.open && !word.text.startsWith('-')) {
      loose = true;
      open.push(`'${word.text}' is filled in when it runs, and may hold any flag`);
      continue;
    }
    if (!word.text.startsWith('-') || word.text === '-') continue;
    const { flag, value } = cut(word);
    const since = valued[flag] ?? switches[flag];
    const takesValue = Object.hasOwn(valued, flag);
    if (since === undefined) {
      if (!word.open && pinned !== null && pinned <= newest) refusals.push(`${version} does not know ${flag}`);
      else {
        loose = true;
        open.push(
          word.open
            ? `'${word.text}' is filled in when it runs`
            : `${flag} is no flag of ${version}; a newer one may know it`,
        );
      }
      continue;
    }
    if ((pinned ?? newest) < since) refusals.push(`${version} does not know ${flag}`);
    const argument = value ?? (takesValue ? words[++at] : { text: 'true', open: false });
    if (argument === undefined) refusals.push(`${flag} needs a value`);
    else {
      if ('loose' in argument && argument.loose && !harmless.has(flag)) {
        loose = true;
        open.push(`'${argument.text}' after ${flag} is filled in when it runs, and may be several words`);
      }
      given.set(flag, [...(given.get(flag) ?? []), { text: argument.text, open: argument.open }]);
    }
  }
  const last = (flag: string): Said | null => given.get(flag)?.at(-1) ?? null;
  const on = (flag: string): Switch => {
    const said = last(flag);
    if (said === null) return false;
    if (said.open) {
      open.push(`${flag}=${said.text} is filled in when it runs`);
      return null;
    }
    if (/^(1|t|T|true|True|TRUE)$/.test(said.text)) return true;
    if (!/^(0|f|F|false|False|FALSE)$/.test(said.text))
      refusals.push(`${flag} takes true or false, not '${said.text}'`);
    return false;
  };
  for (const [flag, bits] of Object.entries(numbers)) {
    const said = last(flag);
    if (said && !said.open && goInteger(said.text, bits) === null)
      refusals.push(`${flag} takes a whole number that fits, not '${said.text}'`);
  }
  const keep = last('--keep');
  if (keep?.open) open.push(`--keep ${keep.text} is filled in when it runs`);
  const untaggedOnly = on('--untagged-only');
  const filters = given.get('--filter') ?? [];
  const ago = last('--ago');
  on('--verbose');
  if (on('--help')) refusals.push('--help prints the usage and stops');
  if (given.has('--untagged') && given.has('--untagged-only'))
    refusals.push('--untagged and --untagged-only exclude each other');
  // A word that may hold any flag may hold these as well; a flag of a newer release may make up for them.
  if (open.length === 0 && untaggedOnly === false) {
    if (filters.length === 0) refusals.push('--filter is missing');
    if (ago === null) refusals.push('--ago is missing');
  }
  return {
    image,
    pinned,
    minor: pinned ?? newest,
    filters,
    ago,
    keep: keep === null ? 0 : keep.open ? null : Number(goInteger(keep.text, 64n) ?? 0n),
    untagged: on('--untagged'),
    untaggedOnly,
    includeLocked: on('--include-locked'),
    dryRun: on('--dry-run'),
    refused: loose ? null : (refusals[0] ?? null),
    loose,
    open: [...new Set(open)],
    ownLogin: given.has('--username'),
    written: masked(words),
  };
}

/** `--flag=value`, `-f=value`, `-fvalue`. */
function cut({ text, open }: Word): { readonly flag: string; readonly value: Said | null } {
  const equals = text.indexOf('=');
  if (text.startsWith('--'))
    return equals === -1
      ? { flag: text, value: null }
      : { flag: text.slice(0, equals), value: { text: text.slice(equals + 1), open } };
  const short = text.slice(0, 2);
  const value = text.length > 2 ? { text: text.slice(2).replace(/^=/, ''), open } : null;
  return { flag: shortNames[short] ?? short, value };
}

function masked(words: readonly Word[]): readonly string[] {
  const secret: ReadonlySet<string> = new Set(['--username', '--password']);
  let next = false;
  return words.map((word) => {
    if (next && !word.open) {
      next = false;
      return '***';
    }
    next = false;
    if (!word.text.startsWith('-')) return word.text;
    const { flag, value } = cut(word);
    if (!secret.has(flag)) return word.text;
    if (value === null) next = true;
    else if (!value.open) return `${flag}=***`;
    return word.text;
  });
}

/** A number of Go's `strconv.ParseInt` with base 0: `0x2`, `0b1`, `0o2`, `010`, `1_0`. `null`: none, or too large. */
export function goInteger(text: string, bits: bigint): bigint | null {
  const [, sign = '', digits = ''] = /^([+-]?)(.*)$/s.exec(text) ?? [];
  const form = /^(?:0[xX](_?[0-9a-fA-F])+|0[bB](_?[01])+|0[oO](_?[0-7])+|0(_?[0-7])*|[1-9](_?[0-9])*)$/;
  if (!form.test(digits)) return null;
  const plain = digits.replaceAll('_', '').replace(/^0(?=[0-7])/, '0o');
  const value = BigInt(plain) * (sign === '-' ? -1n : 1n);
  return BigInt.asIntN(Number(bits), value) === value ? value : null;
}

const minorOf = (image: string): number | null => {
  const [, minor] = /:v?0\.(\d+)/.exec(image) ?? [];
  return minor === undefined ? null : Number(minor);
};
