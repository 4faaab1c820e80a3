import { keptOpen, lex, type Piece, type RawWord, type Token } from './shell-lexer.ts';

/** A word of a command, as far as the text alone tells it. */
export interface Word {
  readonly text: string;
  /** Something in it is only known when it runs; it stands in `text` as it was written. */
  readonly open: boolean;
  /** It is open and not quoted: it may become no word, or several. */
  readonly loose: boolean;
  /** The text for another shell to read: what is open stays so there, also within quotes. */
  readonly inner: string;
}

export interface ShellCommand {
  readonly words: readonly Word[];
  /** What a here-document gives it to read. */
  readonly input: string | null;
  /** Counted from 1. */
  readonly line: number;
  /** What came before it in the text: a newline, `&&`, `;`. `null` for the first. */
  readonly after: string | null;
}

export interface Reading {
  readonly commands: readonly ShellCommand[];
  /** Variables that were set and never used, with their values: a command may be kept in one. */
  readonly kept: readonly Value[];
}

interface Value extends Word {
  readonly line: number;
}

/** What a variable holds that the text does not set. `null`: that is only known when it runs. */
export type Given = (name: string) => string | null;

export const unknownOutside: Given = () => null;

/** How many commands a text may become by its loops. */
const mostCommands = 2_000;

/**
 * The commands of a text, each of its variables with the value that the text itself gives it: plain assignments,
 * defaults, and the values of `for … in`. `null` where a quote is left open.
 */
export function readShell(text: string, given: Given = unknownOutside): Reading | null {
  const tokens = lex(text);
  if (tokens === null) return null;
  const run = new Run(given);
  run.all(tokens);
  return {
    commands: run.commands,
    kept: [...run.values].flatMap(([name, value]) => (run.used.has(name) ? [] : [value])),
  };
}

/** A shell that runs nothing: it keeps variables and follows loops. */
class Run {
  readonly commands: ShellCommand[] = [];
  readonly values = new Map<string, Value>();
  readonly used = new Set<string>();
  private readonly given: Given;
  private branches = 0;

  constructor(given: Given) {
    this.given = given;
  }

  all(tokens: readonly Token[]): void {
    let words: RawWord[] = [];
    let after: string | null = null;
    for (let at = 0; at < tokens.length; at++) {
      const token = tokens[at];
      if (token?.is === 'word') {
        words.push(token.word);
        continue;
      }
      if (token?.is === 'input') {
        const last = this.commands.at(-1);
        if (last) this.commands[this.commands.length - 1] = { ...last, input: token.text };
        continue;
      }
      if (token === undefined) continue;
      const loop = loopOf(words, tokens, at);
      if (loop) {
        this.loop(loop.name, loop.over, loop.body);
        at = loop.end;
      } else this.command(words, after);
      words = [];
      after = token.text;
    }
    this.command(words, after);
  }

  private loop(name: string, over: readonly RawWord[], body: readonly Token[]): void {
    const values = over.flatMap((word) => this.expand(word));
    const line = over[0]?.line ?? 1;
    const certain = values.every(({ open, text }) => !open && !/[*?[]/.test(text));
    if (!certain || values.length === 0) {
      this.values.delete(name);
      this.all(body);
      return;
    }
    for (const value of values) {
      if (this.commands.length > mostCommands) return;
      this.values.set(name, { ...value, line });
      this.all(body);
    }
  }

  private command(raw: readonly RawWord[], after: string | null): void {
    let words = raw;
    for (let first = plain(words[0]); first !== null; first = plain(words[0])) {
      if (opening.has(first)) this.branches++;
      else if (closing.has(first)) this.branches = Math.max(0, this.branches - 1);
      else if (!between.has(first)) break;
      words = words.slice(1);
    }
    if (words.length === 0) return;
    const assigned = words.every(
      (word, place) => assignment(word) !== null || (place === 0 && setters.has(plain(word) ?? '')),
    );
    if (assigned) {
      // What only one branch sets is not known after it.
      const sure = this.branches === 0 && after !== '&&' && after !== '||';
      for (const word of words) this.assign(word, sure);
      return;
    }
    this.commands.push({
      words: words.flatMap((word) => this.expand(word)),
      input: null,
      line: words[0]?.line ?? 1,
      after,
    });
    if (forgetters.has(plain(words[0]) ?? ''))
      for (const word of words.slice(1)) this.forget(plain(word) ?? '', word.line);
  }

  private forget(name: string, line: number, anyway = false): void {
    if (anyway || this.values.has(name))
      this.values.set(name, { text: `$${name}`, inner: keptOpen(`$${name}`), open: true, loose: false, line });
  }

  private assign(word: RawWord, sure: boolean): void {
    const name = assignment(word);
    if (name === null) return;
    const [value] = this.expand({ ...word, pieces: word.pieces.map((piece) => ({ ...piece, quoted: true })) });
    if (!value) return;
    const appends = value.text[name.length] === '+';
    const before = appends ? this.values.get(name) : undefined;
    const from = name.length + (appends ? 2 : 1);
    if (!sure || (appends && !before)) this.forget(name, word.line, true);
    else
      this.values.set(name, {
        text: (before?.text ?? '') + value.text.slice(from),
        inner: (before?.inner ?? '') + value.inner.slice(from),
        open: value.open || (before?.open ?? false),
        loose: false,
        line: word.line,
      });
    this.used.delete(name);
  }

  private expand({ pieces, quoted: isQuoted }: RawWord): readonly Word[] {
    const words: { text: string; inner: string; open: boolean; loose: boolean }[] = [];
    let word = { text: '', inner: '', open: false, loose: false };
    let filled = isQuoted;
    for (const piece of pieces) {
      const { text, inner, open } = this.valueOf(piece);
      const [first = '', ...rest] = piece.is === 'variable' && !piece.quoted && !open ? text.split(/\s+/) : [text];
      word.text += first;
      word.inner += open ? inner : first;
      // Some shells make several words of {a,b}, others leave it as it is.
      const braces = piece.is === 'text' && !piece.quoted && /\{[^{}]*(?:,|\.\.)[^{}]*\}/.test(text);
      word.open ||= open || braces;
      word.loose ||= (open && !piece.quoted) || braces;
      filled ||= text !== '' || open;
      for (const next of rest) {
        words.push(word);
        word = { text: next, inner: next, open: false, loose: false };
      }
    }
    if (filled) words.push(word);
    return words.filter(({ text, open }) => text !== '' || open || isQuoted);
  }

  private valueOf(piece: Piece): Pick<Word, 'text' | 'inner' | 'open'> {
    const known = (text: string) => ({ text, inner: text, open: false });
    const open = (written: string) => ({ text: written, inner: keptOpen(written), open: true });
    if (piece.is === 'text') return known(piece.text);
    if (piece.is === 'open') return open(piece.written);
    this.used.add(piece.name);
    const value = this.values.get(piece.name);
    if (value?.open) return value;
    const text = value?.text ?? this.given(piece.name);
    if (piece.fallback !== null && (text === null || text === '')) return known(piece.fallback);
    return text === null ? open(piece.written) : known(text);
  }
}

const opening: ReadonlySet<string> = new Set(['if', 'case', 'while', 'until']);
const closing: ReadonlySet<string> = new Set(['fi', 'esac', 'done']);
const between: ReadonlySet<string> = new Set(['then', 'else', 'elif', 'do', '{', '}', '!', 'time', 'exec', 'nohup']);
/** After these a variable holds what nobody here knows. */
const forgetters: ReadonlySet<string> = new Set(['read', 'unset', 'mapfile', 'readarray', 'getopts']);
const setters: ReadonlySet<string> = new Set(['export', 'readonly', 'local', 'declare', 'set']);

/** A word without anything in it that is quoted or filled in. */
function plain(word: RawWord | undefined): string | null {
  if (word === undefined || word.quoted) return null;
  const [only, another] = word.pieces;
  return only?.is === 'text' && another === undefined ? only.text : null;
}

function assignment(word: RawWord): string | null {
  const [first] = word.pieces;
  if (first?.is !== 'text' || first.quoted) return null;
  return /^([A-Za-z_]\w*)\+?=/.exec(first.text)?.[1] ?? null;
}

interface Loop {
  readonly name: string;
  readonly over: readonly RawWord[];
  readonly body: readonly Token[];
  /** The place of the `done`. */
  readonly end: number;
}

/** `for NAME in a b c; do … done`, whose words were read up to the token at `at`. */
function loopOf(words: readonly RawWord[], tokens: readonly Token[], at: number): Loop | null {
  const start = words.findIndex((word) => plain(word) === 'for');
  const name = plain(words[start + 1]);
  if (start === -1 || words.slice(0, start).some((word) => !between.has(plain(word) ?? ''))) return null;
  if (name === null || plain(words[start + 2]) !== 'in') return null;
  let depth = 0;
  for (let end = at; end < tokens.length; end++) {
    const token = tokens[end];
    const before = tokens[end - 1];
    // A keyword stands where a command begins.
    const begins = before?.is === 'operator' || (before?.is === 'word' && between.has(plain(before.word) ?? ''));
    const word = token?.is === 'word' && begins ? plain(token.word) : null;
    if (word === 'for' || word === 'while' || word === 'until') depth++;
    if (word === 'done' && depth-- === 0)
      return { name, over: words.slice(start + 3), body: tokens.slice(at, end), end };
  }
  return null;
}
