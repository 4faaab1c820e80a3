import { fitsSome } from './pattern-fits.ts';
import { type Budget, budgetOf, matcher } from './pattern-match.ts';
import { type CharSet, PatternError, parsePattern } from './pattern-syntax.ts';

/** A regular expression as acr-cli applies it; or why it can't be said what it matches. */
export type Pattern =
  /** `null`: to tell it costs more than this tool spends. */
  | {
      readonly matches: (text: string) => boolean | null;
      /** `false`: no name that a registry allows can match. */
      readonly fits: boolean;
    }
  /** acr-cli refuses it as well: the command stops. */
  | { readonly refused: string }
  /** acr-cli may accept it; what it matches then is not known here. */
  | { readonly unreadable: string };

/** Unanchored, as acr-cli looks for a tag. */
export const tagPattern = (source: string, minor: number, budget: Budget = budgetOf()): Pattern =>
  compile(source, minor, budget, ofTags);

/** Anchored at both ends by plain text, as acr-cli does it: an alternation escapes the anchors. */
export const repositoryPattern = (source: string, minor: number, budget: Budget = budgetOf()): Pattern =>
  compile(`^${source}$`, minor, budget, ofRepositories);

const signs = (allowed: RegExp): CharSet =>
  Array.from({ length: 128 }, (_, code) => allowed.test(String.fromCharCode(code)));
const ofTags = signs(/[\w.-]/);
/** Names of repositories have small letters only. */
const ofRepositories = signs(/[a-z0-9._/-]/);

const longest = 5_000;

/**
 * acr-cli matches with Go's RE2 up to 0.4, and from 0.5 on with regexp2 in its RE2 mode, which knows look-around and
 * more. What both read alike, and look-around, is evaluated here; the rest of regexp2 is unreadable.
 */
function compile(source: string, minor: number, budget: Budget, allowed: CharSet): Pattern {
  if (source.length > longest) return { unreadable: 'a pattern of that length is not evaluated' };
  try {
    const node = parsePattern(source, minor >= 5);
    return { matches: matcher(node, budget), fits: fitsSome(node, allowed) };
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    return error.kind === 'refused' ? { refused: error.message } : { unreadable: error.message };
  }
}

export type Filter = { readonly repository: string; readonly tags: string } | { readonly refused: string };

/** `repository:tags`, both regular expressions. A colon that belongs to a group or a class does not separate. */
export function splitFilter(filter: string, minor: number): Filter {
  const parts: string[] = [''];
  for (const [index, char] of [...filter].entries()) {
    const separates =
      char === ':' &&
      (minor < 5 ||
        !(
          /(?:\(\?[imsU-]{0,5}|\[\^*)$/.test(filter.slice(Math.max(0, index - 40), index)) || filter[index + 1] === ']'
        ));
    if (separates) parts.push('');
    else parts[parts.length - 1] += char;
  }
  const [repository, tags] = parts;
  if (parts.length !== 2) return { refused: 'it is not of the form repository:tags' };
  if (!repository) return { refused: 'it names no repository' };
  if (!tags) return { refused: 'it names no tags' };
  return { repository, tags };
}

/** What a filter that is none seems to mean: two in one word, a host in front, or one half of it. */
export function filtersMeant(text: string): readonly string[] {
  const several = text.split(/[,;\s]+/).filter((one) => one !== '');
  if (several.length > 1 && several.every((one) => /^[^:]+:[^:]+$/.test(one))) return several;
  const parts = text.split(':');
  const tags = parts.length > 1 ? parts.at(-1) : '';
  const named = (parts.length > 1 ? parts.at(-2) : text) ?? '';
  return [`${(parts.length > 2 ? named.replace(/^[^/]*\//, '') : named) || 'app'}:${tags || '^dev-'}`];
}
