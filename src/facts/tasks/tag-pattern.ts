import { RE2JS } from 're2js';

/** A regular expression as acr-cli applies it; or why it can't be said what it matches. */
export type Pattern =
  | { readonly matches: (text: string) => boolean }
  /** acr-cli refuses it as well: the command stops. */
  | { readonly refused: string }
  /** acr-cli accepts it; this reader does not judge it. */
  | { readonly unreadable: string };

/** Unanchored, as acr-cli looks for a tag. */
export const tagPattern = (source: string, minor: number): Pattern => compile(source, minor);

/** Anchored at both ends by plain text, as acr-cli does it: an alternation escapes the anchors. */
export const repositoryPattern = (source: string, minor: number): Pattern => compile(`^${source}$`, minor);

/**
 * acr-cli matches with Go's RE2 up to 0.4, and from 0.5 on with regexp2 in its RE2 mode, which understands
 * look-around and back references besides. What RE2 reads is left to RE2; a look-around of the plain kind that regexp2
 * and JavaScript read alike is left to JavaScript.
 */
function compile(source: string, minor: number): Pattern {
  try {
    const re2 = RE2JS.compile(source);
    return { matches: (text) => re2.matcher(text).find() };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    if (minor < 5) return { refused: why };
    if (readAlike.test(source) && !nestsRepetition(source)) {
      try {
        const js = new RegExp(source);
        return { matches: (text) => js.test(text) };
      } catch {
        return { refused: why };
      }
    }
    return /\(\?<?[=!]|\(\?>|\\[1-9k]/.test(source)
      ? { unreadable: `'${source}' looks around or refers back, which this tool does not evaluate` }
      : { refused: why };
  }
}

/** Literals, simple classes, groups, repetition, anchors and look-around: on ASCII text both engines agree. */
const readAlike =
  /^(?:[\w\-/]|\\[dws.\-/]|\[\^?(?:[\w.\-/]|\\[dws.\-/])+\]|\((?:\?(?::|<?[=!]))?|[).^$|]|(?:[*+?]|\{\d+(?:,\d*)?\})\??)*$/;

/** A repeated group that repeats inside may take JavaScript longer than anybody waits. */
function nestsRepetition(source: string): boolean {
  const repeats: boolean[] = [];
  let closed = false;
  for (const char of source.replaceAll(/\\.|\[[^\]]*\]/g, 'x')) {
    const repetition = char === '*' || char === '+' || char === '{';
    if (repetition && closed) return true;
    closed = false;
    if (char === '(') repeats.push(false);
    else if (char === ')') {
      closed = repeats.pop() ?? false;
      if (closed && repeats.length > 0) repeats[repeats.length - 1] = true;
    } else if (repetition && repeats.length > 0) repeats[repeats.length - 1] = true;
  }
  return false;
}

export type Filter = { readonly repository: string; readonly tags: string } | { readonly refused: string };

/** `repository:tags`, both regular expressions. A colon that belongs to a group or a class does not separate. */
export function splitFilter(filter: string, minor: number): Filter {
  const parts: string[] = [''];
  for (const [index, char] of [...filter].entries()) {
    const separates =
      char === ':' &&
      (minor < 5 ||
        !(/(?:\(\?[imsU-]{0,5}|\[\^*)$/.test(filter.slice(0, index)) || filter.slice(index + 1).startsWith(']')));
    if (separates) parts.push('');
    else parts[parts.length - 1] += char;
  }
  const [repository, tags] = parts;
  if (parts.length !== 2 || !repository || !tags)
    return { refused: `--filter '${filter}' is not of the form repository:tags` };
  return { repository, tags };
}
