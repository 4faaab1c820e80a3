import { shellWord } from '../../model/shell.ts';
import { betterAgo } from './ago.ts';
import { filtersMeant, splitFilter } from './patterns.ts';
import { newest, type PurgeCommand } from './purge-command.ts';

/** A way in which a purge command destroys, or does not do what it looks like. */
export interface Danger {
  readonly kind:
    | 'every-tag'
    | 'latest'
    | 'signature-tags'
    | 'alternation'
    | 'glob'
    | 'age'
    | 'misread-age'
    | 'every-dangling-manifest'
    | 'dangling-manifests-at-once'
    | 'locked'
    | 'old-cli'
    | NeverKind;
  /** What happens, in plain words. */
  readonly happens: string;
  /** What to do in its place, each a way of its own. */
  readonly instead: readonly Way[];
}

export interface Way {
  readonly says: string;
  /** The command to write, as a shell takes it; `null` where none says it. */
  readonly command: string | null;
}

/** One way out, with its command where it has one. */
export const way = (says: string, command: string | null = null): Way => ({ says, command });

/** A way out in one line: what it does, and the command where it has one. */
export const wayInWords = ({ says, command }: Way): string => (command === null ? says : `${says}: ${command}`);

/** Why a purge never deletes: acr-cli stops with an error, it finds nothing, it only prints, or it may not. */
export type NeverKind = 'fails' | 'never-deletes' | 'dry-run' | 'no-rights';

/** Whether a purge ever deletes. `never` and `yes` are said only where no word of the command is open. */
export type Fate =
  | { readonly deletes: 'yes' }
  | { readonly deletes: 'never'; readonly danger: Danger & { readonly kind: NeverKind | 'old-cli' } }
  | { readonly deletes: 'unknown'; readonly why: readonly string[] };

/** acr-cli stops with an error before it deletes anything. */
export const fails = (why: string, ...instead: readonly Way[]): Fate => ({
  deletes: 'never',
  danger: { kind: 'fails', happens: `It stops with an error each time, and nothing is cleaned: ${why}.`, instead },
});

/** It ends well and deletes nothing. */
export const idle = (happens: string, ...instead: readonly Way[]): Fate => ({
  deletes: 'never',
  danger: { kind: 'never-deletes', happens, instead },
});

export const pinnedImage = `mcr.microsoft.com/acr/acr-cli:0.${newest}`;

/** What is written otherwise in a corrected command. */
export interface Change {
  readonly filters?: readonly string[];
  readonly ago?: string;
  readonly keep?: number;
  readonly untaggedOnly?: true;
  readonly image?: string;
}

/** The command as it would be with these changes; an age or a filter that is none is mended too, so that no advice repeats it. */
export function corrected(command: PurgeCommand, change: Change): string {
  const filters =
    change.filters ??
    command.filters.flatMap(({ text, open }) =>
      !open && 'refused' in splitFilter(text, command.minor) ? filtersMeant(text) : [text],
    );
  const given =
    command.ago?.open || command.ago?.text === '' ? command.ago.text : command.ago && betterAgo(command.ago.text);
  const ago = change.ago ?? given ?? null;
  const keep = change.keep ?? command.keep ?? 0;
  return [
    `${change.image ?? command.image} purge`,
    ...filters.map((filter) => `--filter ${quoted(filter)}`),
    ...(ago === null ? [] : [`--ago ${shellWord(ago)}`]),
    ...(keep > 0 ? [`--keep ${keep}`] : []),
    ...(change.untaggedOnly || command.untaggedOnly ? ['--untagged-only'] : command.untagged ? ['--untagged'] : []),
  ].join(' ');
}

/** The command for people, user and password masked. A template reads as it was written; the rest as a shell takes it. */
export const inOneLine = ({ written }: PurgeCommand): string =>
  written.map((word) => (/\{\{|^\$/.test(word) ? word : shellWord(word))).join(' ');

/** A filter is always quoted: a shell gives most of its signs another meaning. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
