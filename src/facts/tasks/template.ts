/** What a name of a template stands for: its text, or `null` where only a run knows it. */
export type ValueOf = (scope: 'Run' | 'Values', name: string) => string | null;

/** A name that is open stays in the rendered text as this. */
type Open = (name: string) => string;

interface Action {
  readonly text: string;
  readonly trimsBefore: boolean;
  readonly trimsAfter: boolean;
}

/**
 * A text with its Go template rendered, as far as people write one in a task: values with a default, comments, and
 * `if … else … end` over values that are known. `null` for any other template.
 */
export function renderTemplate(content: string, known: ValueOf, open: Open): string | null {
  const pieces: (string | Action)[] = [];
  let at = 0;
  for (const match of content.matchAll(
    /\{\{(-\s)?((?:"(?:[^"\\]|\\.)*"|`[^`]*`|\/\*[\s\S]*?\*\/|(?!-?\}\})[\s\S])*)(-)?\}\}/g,
  )) {
    pieces.push(content.slice(at, match.index), {
      text: (match[2] ?? '').trim(),
      trimsBefore: match[1] !== undefined,
      trimsAfter: match[3] !== undefined,
    });
    at = match.index + match[0].length;
  }
  pieces.push(content.slice(at));
  if (pieces.some((piece) => typeof piece === 'string' && piece.includes('{{'))) return null;
  const trimmed = pieces.map((piece, place) => {
    if (typeof piece !== 'string') return piece;
    const [before, after] = [pieces[place - 1], pieces[place + 1]];
    let text = piece;
    if (typeof before === 'object' && before.trimsAfter) text = text.replace(/^\s+/, '');
    if (typeof after === 'object' && after.trimsBefore) text = text.replace(/\s+$/, '');
    return text;
  });
  return new Rendering(trimmed, known, open).all();
}

class Rendering {
  private at = 0;
  private readonly pieces: readonly (string | Action)[];
  private readonly known: ValueOf;
  private readonly open: Open;

  constructor(pieces: readonly (string | Action)[], known: ValueOf, open: Open) {
    this.pieces = pieces;
    this.known = known;
    this.open = open;
  }

  all(): string | null {
    const text = this.block();
    return text !== null && this.at === this.pieces.length ? text : null;
  }

  /** Up to an `else` or an `end`, or to the end of the text. */
  private block(): string | null {
    let out = '';
    for (; this.at < this.pieces.length; this.at++) {
      const piece = this.pieces[this.at];
      if (piece === undefined) break;
      if (typeof piece === 'string') {
        out += piece;
        continue;
      }
      if (/^(?:else\b|end$)/.test(piece.text)) return out;
      const rendered = piece.text.startsWith('if ') ? this.branch(piece.text.slice(3)) : this.action(piece.text);
      if (rendered === null) return null;
      out += rendered;
    }
    return out;
  }

  private branch(condition: string): string | null {
    const holds = this.holds(condition.trim());
    this.at++;
    const then = this.block();
    const next = this.pieces[this.at];
    if (then === null || holds === null || typeof next !== 'object') return null;
    const [, elseIf] = /^else\s+if\s+(.*)$/s.exec(next.text) ?? [];
    if (next.text === 'end') return holds ? then : '';
    const otherwise = elseIf === undefined ? this.otherwise() : this.branch(elseIf);
    if (otherwise === null) return null;
    return holds ? then : otherwise;
  }

  private otherwise(): string | null {
    this.at++;
    const text = this.block();
    const next = this.pieces[this.at];
    return typeof next === 'object' && next.text === 'end' ? text : null;
  }

  private holds(condition: string): boolean | null {
    const [, negated] = /^not\s+(.+)$/s.exec(condition) ?? [];
    if (negated !== undefined) {
      const inner = this.holds(negated.replace(/^\((.*)\)$/s, '$1'));
      return inner === null ? null : !inner;
    }
    const [, comparison, left = '', right = ''] = /^(eq|ne)\s+(\S+)\s+(\S+)$/.exec(condition) ?? [];
    if (comparison !== undefined) {
      const [a, b] = [this.operand(left), this.operand(right)];
      return typeof a !== 'string' || typeof b !== 'string' ? null : (a === b) === (comparison === 'eq');
    }
    const value = this.operand(condition);
    return typeof value === 'string' ? value !== '' && value !== 'false' : null;
  }

  private action(text: string): string | null {
    if (/^\/\*[\s\S]*\*\/$/.test(text)) return '';
    const [first = '', ...calls] = text.split(/\s*\|\s*/);
    const [, fallback, of] = /^default\s+("[^"]*"|\S+)\s+(\S+)$/.exec(first) ?? [];
    let value =
      fallback === undefined || of === undefined
        ? this.operand(first)
        : this.called(`default ${fallback}`, this.operand(of));
    for (const call of calls) value = this.called(call, value);
    if (value === undefined) return null;
    return typeof value === 'string' ? value : this.open(value.open);
  }

  /** `undefined`: nothing that is read here. */
  private operand(text: string): string | { readonly open: string } | undefined {
    const [, quoted] = /^"((?:[^"\\]|\\.)*)"$/.exec(text) ?? /^`([^`]*)`$/.exec(text) ?? [];
    if (quoted !== undefined) return quoted.replace(/\\(.)/g, '$1');
    const [, scope, name] = /^\.(Run|Values)\.(\w+)$/.exec(text) ?? [];
    if (name === undefined || (scope !== 'Run' && scope !== 'Values')) return undefined;
    return this.known(scope, name) ?? { open: `${scope}.${name}` };
  }

  private called(call: string, value: string | { readonly open: string } | undefined): typeof value {
    const [, name, argument] = /^(\w+)(?:\s+(.+))?$/s.exec(call) ?? [];
    if (typeof value !== 'string') return value;
    switch (name) {
      case 'default':
        return value === '' && argument !== undefined ? this.operand(argument) : value;
      case 'quote':
        return `"${value}"`;
      case 'lower':
        return value.toLowerCase();
      case 'upper':
        return value.toUpperCase();
      case 'trim':
        return value.trim();
      default:
        return undefined;
    }
  }
}
