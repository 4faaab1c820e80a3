/** A piece of a word of a shell command line. */
export type Piece =
  | { readonly is: 'text'; readonly text: string }
  /** `$NAME`, `${NAME:-default}`; `{{.Values.x}}` under the name `Values.x`. */
  | { readonly is: 'variable'; readonly name: string; readonly fallback: string | null; readonly written: string }
  /** What only a run knows: a substitution, any other template. */
  | { readonly is: 'open'; readonly written: string };

export interface RawWord {
  readonly pieces: readonly (Piece & { readonly quoted: boolean })[];
  readonly line: number;
  /** Something in it was quoted: it is a word even where it is empty. */
  readonly quoted: boolean;
}

export type Token =
  | { readonly is: 'word'; readonly word: RawWord }
  | { readonly is: 'operator'; readonly text: string; readonly line: number }
  /** The lines after `<<END`. */
  | { readonly is: 'input'; readonly text: string; readonly line: number };

/** What stands for something that is filled in when a task runs, in a text that was rendered already. */
export const opened = (name: string): string => `\uE000${name}\uE001`;
/** What was written like this stays open, whatever quotes come to stand around it. */
export const keptOpen = (written: string): string => opened(/^\{\{\.([^{}]*)\}\}$/.exec(written)?.[1] ?? written);
/** The same for people: `{{.Values.name}}`, or as it was written. */
export const closedAgain = (text: string): string =>
  text.replace(/\uE000([^\uE001]*)\uE001/g, (_whole, inner: string) =>
    /^[$`{]/.test(inner) ? inner : `{{.${inner}}}`,
  );

/** The tokens of a text as `/bin/sh` cuts it; `null` where a quote is left open: the shell would refuse it. */
export function lex(text: string): readonly Token[] | null {
  const tokens: Token[] = [];
  const pending: string[] = [];
  let at = 0;
  let line = 1;
  let pieces: (Piece & { quoted: boolean })[] = [];
  let literal = '';
  let literalQuoted = false;
  let started = false;
  let anyQuoted = false;
  let wordLine = 1;

  const put = (char: string, quoted: boolean): void => {
    begin();
    if (literal !== '' && literalQuoted !== quoted) flush();
    literalQuoted = quoted;
    literal += char;
  };
  const begin = (): void => {
    if (!started) wordLine = line;
    started = true;
  };
  const flush = (): void => {
    if (literal !== '') pieces.push({ is: 'text', text: literal, quoted: literalQuoted });
    literal = '';
  };
  const piece = (one: Piece, quoted: boolean): void => {
    begin();
    flush();
    pieces.push({ ...one, quoted });
  };
  const endWord = (): void => {
    flush();
    if (started) tokens.push({ is: 'word', word: { pieces, line: wordLine, quoted: anyQuoted } });
    pieces = [];
    started = false;
    anyQuoted = false;
  };

  while (at < text.length) {
    const char = text[at] ?? '';
    const rest = text.slice(at, at + 3);
    if (char === '\n') {
      endWord();
      tokens.push({ is: 'operator', text: '\n', line });
      line++;
      at++;
      for (const end of pending.splice(0)) hereDocument(end);
    } else if (char === ' ' || char === '\t' || char === '\r') {
      endWord();
      at++;
    } else if (char === '#' && !started) {
      while (at < text.length && text[at] !== '\n') at++;
    } else if (rest.startsWith('\\\n') || rest.startsWith('\\\r\n')) {
      at += rest.startsWith('\\\n') ? 2 : 3;
      line++;
    } else if (char === '\\') {
      const next = text[at + 1];
      put(next ?? '\\', true);
      at += 2;
    } else if (char === "'") {
      const end = text.indexOf("'", at + 1);
      if (end === -1) return null;
      quotedText(text.slice(at + 1, end));
      at++;
    } else if (char === '"') {
      if (!doubleQuoted()) return null;
    } else if (text.startsWith('{{', at) || char === '\uE000') template(false);
    else if (char === '$' || char === '`') {
      if (!dollar(false)) return null;
    } else if (/^(?:&&|\|\||;;|[;&|()])/.test(rest) && !/^&>/.test(rest)) {
      endWord();
      const operator = /^(?:&&|\|\||;;|[;&|()])/.exec(rest)?.[0] ?? char;
      tokens.push({ is: 'operator', text: operator, line });
      at += operator.length;
    } else if (char === '<' || char === '>' || rest.startsWith('&>')) redirection();
    else {
      put(char, false);
      at++;
    }
  }
  endWord();
  return tokens;

  function quotedText(inner: string): void {
    begin();
    anyQuoted = true;
    const end = at + 1 + inner.length;
    // A template is filled in before any shell sees the quotes.
    for (at++; at < end; ) {
      if (text.startsWith('{{', at) || text[at] === '\uE000') template(true);
      else put(text[at++] ?? '', true);
    }
    line += inner.split('\n').length - 1;
  }

  function doubleQuoted(): boolean {
    begin();
    anyQuoted = true;
    at++;
    while (at < text.length && text[at] !== '"') {
      const char = text[at] ?? '';
      const next = text[at + 1];
      if (char === '\\' && next === '\n') {
        at += 2;
        line++;
      } else if (char === '\\' && next !== undefined && '$`"\\'.includes(next)) {
        put(next, true);
        at += 2;
      } else if (text.startsWith('{{', at) || char === '\uE000') template(true);
      else if (char === '$' || char === '`') {
        if (!dollar(true)) return false;
      } else {
        if (char === '\n') line++;
        put(char, true);
        at++;
      }
    }
    return at++ < text.length;
  }

  function template(quoted: boolean): void {
    const closing = text[at] === '{' ? '}}' : '\uE001';
    const end = text.indexOf(closing, at);
    const whole = text.slice(at, end === -1 ? text.length : end + closing.length);
    const written = closedAgain(whole);
    const [, name] = /^\{\{-?\s*\.((?:Run|Values)\.\w+)\s*-?\}\}$/.exec(written) ?? [];
    piece(name === undefined ? { is: 'open', written } : { is: 'variable', name, fallback: null, written }, quoted);
    at += whole.length;
  }

  /** `false`: a substitution is left open. */
  function dollar(quoted: boolean): boolean {
    const rest = text.slice(at);
    const [variable, name] = /^\$([A-Za-z_]\w*)/.exec(rest) ?? /^\$\{([A-Za-z_]\w*)\}/.exec(rest) ?? [];
    const [defaulted, ofName, fallback = ''] = /^\$\{([A-Za-z_]\w*):?[-=]([^${}`]*)\}/.exec(rest) ?? [];
    if (variable !== undefined && name !== undefined) {
      piece({ is: 'variable', name, fallback: null, written: variable }, quoted);
      at += variable.length;
      return true;
    }
    if (defaulted !== undefined && ofName !== undefined) {
      const plain = fallback.replace(/^(['"])(.*)\1$/, '$2');
      piece({ is: 'variable', name: ofName, fallback: plain, written: defaulted }, quoted);
      at += defaulted.length;
      return true;
    }
    // bash translates $"…", and other shells keep the dollar.
    const special = /^\$(?:[0-9@*#?$!-]|(?="))/.exec(quoted ? rest.replace(/^\$"/, '') : rest)?.[0];
    const length = special?.length ?? substitution(rest, quoted);
    if (length === null) return false;
    if (length === 0) {
      put('$', quoted);
      at++;
      return true;
    }
    piece({ is: 'open', written: rest.slice(0, length) }, quoted);
    line += rest.slice(0, length).split('\n').length - 1;
    at += length;
    return true;
  }

  function redirection(): void {
    // The number in front of it is part of it.
    if (/^\d+$/.test(literal) && pieces.length === 0) {
      literal = '';
      started = false;
    }
    endWord();
    const [operator = ''] = /^(?:&>>?|<<<|<<-?|[<>]&|>>|[<>])/.exec(text.slice(at, at + 4)) ?? [];
    at += Math.max(operator.length, 1);
    const [space = '', target = ''] = /^([ \t]*)((?:'[^'\n]*'|"[^"\n]*"|[^\s;&|()<>])*)/.exec(text.slice(at)) ?? [];
    at += space.length + target.length;
    if (operator === '<<' || operator === '<<-') pending.push(target.replace(/['"\\]/g, ''));
  }

  function hereDocument(end: string): void {
    const lines = text.slice(at).split('\n');
    const last = lines.findIndex((one) => one.replace(/^\t+/, '').replace(/\r$/, '') === end);
    const body = lines.slice(0, last === -1 ? lines.length : last);
    tokens.push({ is: 'input', text: body.join('\n'), line });
    const consumed = body.length + (last === -1 ? 0 : 1);
    at += lines.slice(0, consumed).reduce((sum, one) => sum + one.length + 1, 0);
    line += consumed;
  }
}

/** The length of `$(…)`, `` `…` ``, `${…}` or `$'…'`; 0 for a plain dollar, `null` where it is left open. */
function substitution(rest: string, quoted: boolean): number | null {
  if (rest.startsWith('`')) {
    const end = rest.indexOf('`', 1);
    return end === -1 ? null : end + 1;
  }
  if (rest.startsWith("$'") && !quoted) {
    const length = /^\$'(?:[^'\\]|\\.)*'/s.exec(rest)?.[0].length;
    return length ?? null;
  }
  const open = rest[1];
  if (open !== '(' && open !== '{') return 0;
  const close = open === '(' ? ')' : '}';
  let depth = 0;
  for (let at = 1; at < rest.length; at++) {
    if (rest[at] === '\\') at++;
    else if (rest[at] === open) depth++;
    else if (rest[at] === close && --depth === 0) return at + 1;
  }
  return null;
}
