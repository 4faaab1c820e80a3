/**
 * A regular expression on ASCII text, as Go's RE2 and regexp2 in its RE2 mode read it alike: what a name of a repository
 * or a tag can hold. What only one of the two knows is unreadable, or refused.
 */
export type Node =
  | { readonly is: 'char'; readonly set: CharSet }
  | { readonly is: 'all'; readonly of: readonly Node[] }
  | { readonly is: 'any'; readonly of: readonly Node[] }
  | { readonly is: 'repeat'; readonly node: Node; readonly least: number; readonly most: number | null }
  | { readonly is: 'at'; readonly place: 'start' | 'end' | 'edge' | 'inside' }
  | { readonly is: 'look'; readonly node: Node; readonly ahead: boolean; readonly wanted: boolean };

/** By character code; beyond ASCII nothing matches. */
export type CharSet = readonly boolean[];

/** Why a pattern has no meaning here: every engine refuses it, or this reader does not know what one makes of it. */
export class PatternError extends Error {
  readonly kind: 'refused' | 'unreadable';
  constructor(kind: 'refused' | 'unreadable', message: string) {
    super(message);
    this.kind = kind;
  }
}

const refuse = (why: string): never => {
  throw new PatternError('refused', why);
};

/** `looks`: the engine knows look-around (regexp2); Go's RE2 refuses it. */
export function parsePattern(source: string, looks: boolean): Node {
  let at = 0;
  let depth = 0;
  /** regexp2 takes more than RE2 does: what RE2 refuses is refused by the old engine, and unreadable for the new one. */
  const foreign = (what: string): never => {
    throw new PatternError(looks ? 'unreadable' : 'refused', `${what} is not evaluated`);
  };
  const tree = alternatives(false);
  return at < source.length ? refuse('a ) closes nothing') : tree;

  function alternatives(ignoreCase: boolean): Node {
    const of: Node[] = [];
    // A flag like (?i) holds to the end of its group, over the next alternatives too.
    const flags = { ignoreCase };
    do of.push(sequence(flags));
    while (source[at] === '|' && ++at > 0);
    return of.length === 1 && of[0] ? of[0] : { is: 'any', of };
  }

  function sequence(flags: { ignoreCase: boolean }): Node {
    const of: Node[] = [];
    while (at < source.length && source[at] !== '|' && source[at] !== ')') {
      const node = atom(flags);
      if (node !== null) of.push(quantified(node));
    }
    return { is: 'all', of };
  }

  function quantified(node: Node): Node {
    const range = quantifier();
    if (range === null) return node;
    if (node.is === 'look') foreign('a repeated look-around');
    if (source[at] === '?') at++;
    if (quantifier() !== null) refuse('a repetition is repeated');
    return { is: 'repeat', node, ...range };
  }

  function quantifier(): { readonly least: number; readonly most: number | null } | null {
    const char = source[at];
    if (char === '*' || char === '+' || char === '?') {
      at++;
      return { least: char === '+' ? 1 : 0, most: char === '?' ? 1 : null };
    }
    const [whole, from, comma, to] = /^\{(\d+)(,?)(\d*)\}/.exec(source.slice(at)) ?? [];
    if (whole === undefined) return null;
    at += whole.length;
    const least = Number(from);
    const most = comma === '' ? least : to === '' ? null : Number(to);
    if (most !== null && most < least) refuse('a repetition ends before it begins');
    if (!looks && Math.max(least, most ?? 0) > 1000) refuse('it repeats more than 1000 times');
    return { least, most };
  }

  /** `null`: flags for what follows, or an empty comment; nothing to match. */
  function atom(flags: { ignoreCase: boolean }): Node | null {
    const char = source[at] ?? '';
    if (char === '*' || char === '+' || char === '?' || quantifierHere()) refuse('a repetition repeats nothing');
    at++;
    switch (char) {
      case '(':
        return group(flags);
      case '[':
        return { is: 'char', set: cased(charClass(), flags.ignoreCase) };
      case '.':
        return { is: 'char', set: all };
      case '^':
        return { is: 'at', place: 'start' };
      case '$':
        return { is: 'at', place: 'end' };
      case '\\':
        return escapeOf(flags.ignoreCase);
      default:
        return { is: 'char', set: cased(only(char), flags.ignoreCase) };
    }
  }

  function quantifierHere(): boolean {
    return /^\{\d+,?\d*\}/.test(source.slice(at));
  }

  function group(flags: { ignoreCase: boolean }): Node | null {
    if (++depth > 200) foreign('a pattern of so many groups');
    const rest = source.slice(at);
    const look = /^\?(<?)([=!])/.exec(rest);
    const named = /^\?P?<[A-Za-z_]\w*>|^\?:/.exec(rest);
    const flag = /^\?([ims]*)(?:-([ims]*))?([:)])/.exec(rest);
    if (look) {
      if (!looks) refuse('RE2 knows no look-around');
      at += look[0].length;
      return { is: 'look', node: closed(flags.ignoreCase), ahead: look[1] === '', wanted: look[2] === '=' };
    }
    if (named) at += named[0].length;
    else if (flag) {
      at += flag[0].length;
      const ignoreCase = flag[1]?.includes('i') ? true : flag[2]?.includes('i') ? false : flags.ignoreCase;
      if (flag[3] === ':') return closed(ignoreCase);
      flags.ignoreCase = ignoreCase;
      depth--;
      return null;
    } else if (rest.startsWith('?')) foreign(`(${rest.slice(0, 3)}`);
    return closed(flags.ignoreCase);
  }

  function closed(ignoreCase: boolean): Node {
    const node = alternatives(ignoreCase);
    if (source[at] !== ')') refuse('a ( is left open');
    at++;
    depth--;
    return node;
  }

  function escapeOf(ignoreCase: boolean): Node {
    const char = source[at++];
    if (char === undefined) return refuse('it ends in a backslash');
    if (char === 'b' || char === 'B') return { is: 'at', place: char === 'b' ? 'edge' : 'inside' };
    if (char === 'A') return { is: 'at', place: 'start' };
    if (char === 'z') return { is: 'at', place: 'end' };
    at--;
    return { is: 'char', set: cased(escaped(), ignoreCase) };
  }

  /** What a backslash stands for, in a class or outside of one. */
  function escaped(): CharSet {
    const char = source[at++];
    if (char === undefined) return refuse('it ends in a backslash');
    const named = shorthands[char];
    if (named) return named;
    const [, hex] = char === 'x' ? (/^([0-9A-Fa-f]{2})/.exec(source.slice(at)) ?? []) : [];
    if (hex !== undefined) {
      at += 2;
      return only(String.fromCharCode(Number.parseInt(hex, 16)));
    }
    const control = controls[char];
    if (control !== undefined) return only(control);
    return /[^0-9A-Za-z]/.test(char) ? only(char) : foreign(`\\${char}`);
  }

  function charClass(): CharSet {
    const negated = source[at] === '^';
    if (negated) at++;
    const set: boolean[] = [...none];
    for (let first = true; ; first = false) {
      const char = source[at];
      if (char === undefined) return refuse('a [ is left open');
      if (char === ']' && !first) break;
      if (looks && source.startsWith('-[', at) && !source.startsWith('-[:', at)) foreign('a class that is subtracted');
      const from = member();
      const range = source[at] === '-' && source[at + 1] !== ']' && source[at + 1] !== undefined;
      if (!range || from.one === null) {
        for (const code of codes) if (from.set[code]) set[code] = true;
        continue;
      }
      if (looks && source[at + 1] === '[') foreign('a class that is subtracted');
      at++;
      const to = member();
      if (to.one === null) return foreign('a range to a class');
      if (to.one < from.one) refuse('a range ends before it begins');
      for (const code of codes) if (code >= from.one && code <= to.one) set[code] = true;
    }
    at++;
    return negated ? set.map((on) => !on) : set;
  }

  function member(): { readonly set: CharSet; readonly one: number | null } {
    const posix = /^\[:(\^?)(\w+):\]/.exec(source.slice(at));
    if (posix) {
      at += posix[0].length;
      const named = posixClasses[posix[2] ?? ''];
      if (!named) return refuse(`[:${posix[2]}:] is no class`);
      return { set: posix[1] === '^' ? named.map((on) => !on) : named, one: null };
    }
    const char = source[at++] ?? '';
    const set = char === '\\' ? escaped() : only(char);
    const members = codes.filter((code) => set[code]);
    return { set, one: members.length === 1 ? (members[0] ?? null) : members.length === 0 ? char.charCodeAt(0) : null };
  }
}

const codes = Array.from({ length: 128 }, (_, code) => code);
const where = (test: (char: string) => boolean): CharSet => codes.map((code) => test(String.fromCharCode(code)));
const none = where(() => false);
const all = where(() => true);
const only = (char: string): CharSet => where((one) => one === char);
const cased = (set: CharSet, ignoreCase: boolean): CharSet =>
  ignoreCase
    ? where((char) => (set[char.toLowerCase().charCodeAt(0)] || set[char.toUpperCase().charCodeAt(0)]) ?? false)
    : set;
const like = (pattern: RegExp): CharSet => where((char) => pattern.test(char));

const controls: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', f: '\f', v: '\v', a: '\x07' };
const shorthands: Readonly<Record<string, CharSet>> = {
  d: like(/[0-9]/),
  D: like(/[^0-9]/),
  w: like(/[0-9A-Za-z_]/),
  W: like(/[^0-9A-Za-z_]/),
  s: like(/[\t\n\f\r ]/),
  S: like(/[^\t\n\f\r ]/),
};
const posixClasses: Readonly<Record<string, CharSet>> = {
  alnum: like(/[0-9A-Za-z]/),
  alpha: like(/[A-Za-z]/),
  ascii: all,
  blank: like(/[\t ]/),
  cntrl: where((char) => char < ' ' || char === '\x7f'),
  digit: like(/[0-9]/),
  graph: like(/[!-~]/),
  lower: like(/[a-z]/),
  print: like(/[ -~]/),
  punct: like(/[!-/:-@[-`{-~]/),
  space: like(/[\t\n\v\f\r ]/),
  upper: like(/[A-Z]/),
  word: like(/[0-9A-Za-z_]/),
  xdigit: like(/[0-9A-Fa-f]/),
};
