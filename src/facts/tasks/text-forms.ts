import { keptOpen } from './shell-lexer.ts';

export interface Literal {
  readonly text: string;
  readonly line: number;
}

export const lineAt = (text: string, index: number): number => text.slice(0, index).split('\n').length;

export const bicepLiterals = (text: string): readonly Literal[] =>
  [...text.matchAll(/'''\r?\n?([\s\S]*?)'''|'((?:[^'\\\n]|\\.)*)'|\/\/[^\n]*/g)].flatMap((match) => {
    const [whole, block, short] = match;
    const skipped = whole.startsWith("'''") ? (/^'''\r?\n?/.exec(whole)?.[0].split('\n').length ?? 1) : 1;
    if (block !== undefined) return [{ text: block, line: lineAt(text, match.index) + skipped - 1 }];
    if (short === undefined) return [];
    const before = text.slice(Math.max(0, match.index - 200), match.index);
    return [{ text: filledIn(short, before), line: lineAt(text, match.index) }];
  });

/** A string of Bicep or of an expression in ARM JSON, in which what the deployment fills in is open. */
const filledIn = (short: string, before: string): string =>
  short
    .replace(/\\(.)|\$\{((?:[^{}]|\{[^{}]*\})*)\}/g, (whole, escaped: string | undefined) =>
      escaped === undefined ? keptOpen(whole) : escaped === 'n' ? '\n' : escaped === 'r' ? '' : escaped,
    )
    .replace(/\{\d+\}/g, (hole) => (/\bformat\(\s*$/.test(before) ? keptOpen(hole) : hole)) +
  (/\bconcat\([^()]*$/.test(before) ? keptOpen('${…}') : '');

export const terraformLiterals = (text: string): readonly Literal[] =>
  [...text.matchAll(/<<[-~]?(\w+)\r?\n([\s\S]*?)^\s*\1\s*$|"((?:[^"\\\n]|\\.)*)"/gm)].map((match) => {
    const [, , block, short = ''] = match;
    if (block !== undefined) return { text: interpolated(dedented(block)), line: lineAt(text, match.index) + 1 };
    const plain = interpolated(short)
      .replace(/\\n/g, '\n')
      .replace(/\\(["\\])/g, '$1');
    return { text: plain, line: lineAt(text, match.index) };
  });

const interpolated = (text: string): string =>
  text.replace(/\$\$\{|[$%]\{[^{}]*\}/g, (whole) => (whole === '$${' ? '${' : keptOpen(whole.replace('%', '$'))));

export function dedented(text: string): string {
  const lines = text.split('\n');
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length);
  return lines.map((line) => line.slice(Math.min(...indents, Number.MAX_SAFE_INTEGER))).join('\n');
}

/** Fenced blocks; prose is no command. */
export const markdownBlocks = (text: string): readonly Literal[] =>
  [...text.matchAll(/^([ \t]*)(```+|~~~+)[^\n]*\n([\s\S]*?)^[ \t]*\2/gm)].map((match) => ({
    // The prompt of a console is no part of the command.
    text: dedented(match[3] ?? '').replace(/^\$ /gm, ''),
    line: lineAt(text, match.index) + 1,
  }));

/** Base64 of a text, or an expression that makes it of one: `[base64('…')]`. */
export function decoded(text: string): string | null {
  if (/^\[(?!\[)[\s\S]*'[\s\S]*\]$/.test(text.trim())) return ofExpression(text.trim());
  if (text.length < 24 || !/^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(text)) return null;
  const plain = atobText(text);
  return plain !== null && /\bpurge\b|steps\s*:/.test(plain) ? plain : null;
}

/** What an expression of ARM JSON makes: `[base64(concat('…', parameters('x')))]`, with what it fills in left open. */
function ofExpression(text: string): string {
  const plain = text.replace(/\b(?:parameters|variables)\('[^']*'\)/g, 'filled');
  const parts = [...plain.matchAll(/'((?:[^']|'')*)'|[^']+/g)].map(([whole, literal]) => {
    if (literal !== undefined) return literal.replaceAll("''", "'");
    const others = whole.replace(/\b(?:base64|concat|format|string)\(|[\s(),[\]]/g, '');
    return others === '' ? '' : keptOpen('${…}');
  });
  if (!/\bformat\(/.test(text)) return parts.join('');
  return (parts.find((part) => part !== '') ?? '').replace(/\{\d+\}/g, keptOpen);
}

function atobText(text: string): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      Uint8Array.from(atob(text.replaceAll(/\s/g, '')), (char) => char.charCodeAt(0)),
    );
  } catch {
    return null;
  }
}

/** Blocks of lines that are indented by four spaces. */
export const indentedBlocks = (text: string): readonly Literal[] =>
  [...text.matchAll(/(?<=^|\n[ \t]*\n)(?:(?: {4}|\t)[^\n]*(?:\n|$))+/g)].map((match) => ({
    text: dedented(match[0]),
    line: lineAt(text, match.index),
  }));

/** What stands between quotes in a program of any language. */
export const stringLiterals = (text: string): readonly Literal[] =>
  [...text.matchAll(/"""([\s\S]*?)"""|`([^`]*)`|"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'/g)].map((match) => {
    const [, triple, back, double, single] = match;
    const written = triple ?? back ?? double ?? single ?? '';
    const filled = written.replace(/\$\{[^{}]*\}|#\{[^{}]*\}|\{\w*\}|%[sd]/g, (hole) => keptOpen(hole));
    return {
      text: dedented(filled.replace(/\\(["'`$])/g, '$1').replace(/\\n/g, '\n')),
      line: lineAt(text, match.index),
    };
  });

/** JSON with comments and commas at the end, as templates of ARM may have. */
export const plainJson = (text: string): string =>
  text
    .replace(/("(?:[^"\\]|\\.)*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (_whole, literal: string | undefined) => literal ?? '')
    .replace(/("(?:[^"\\]|\\.)*")|,(?=\s*[}\]])/g, (_whole, literal: string | undefined) => literal ?? '')
    // A string of a template may go over several lines.
    .replace(/"(?:[^"\\]|\\.)*"/g, (literal) => literal.replace(/\r?\n/g, '\\n'));

/** What a pipeline fills in before any shell sees the quotes around it. */
export const filledByPipeline = (text: string): string =>
  text.replace(/\$\{\{[\s\S]*?\}\}|\$\([A-Za-z][\w.]*\)|\$\[[^\]\n]*\]/g, (hole) => keptOpen(hole));

/** make fills its own variables in first. */
export const makeAsShell = (text: string): string =>
  text
    .replace(/\$\([^()\n]*\)|\$\{[^{}\n]*\}/g, (hole) => keptOpen(hole))
    .replaceAll('$$', '$')
    .replace(/^(\t)[@-]+/gm, '$1');

/** cmd.exe: what it fills in, its comments, and lines that go on. */
export const batchAsShell = (text: string): string =>
  text
    .replace(/^[ \t]*(?:rem\b|::)[^\n]*/gim, '')
    .replace(/\^\r?\n/g, '\\\n')
    .replace(/%~?\w+%|%\d|![A-Za-z]\w*!/g, (hole) => keptOpen(hole))
    .replace(/^[ \t]*@/gm, '');

/** PowerShell as far as it differs: assignments, here-strings, lines that go on after a back tick. */
export const asShell = (text: string): string =>
  text
    .replace(/<#[\s\S]*?#>/g, (comment) => comment.replace(/[^\n]+/g, ''))
    .replace(
      /(["'])((?:(?!\1)[^\n])*\{\d+\}(?:(?!\1)[^\n])*)\1\s+-f\s[^\n;|)]*/g,
      (_whole, quote: string, body: string) => `${quote}${body.replace(/\{\d+\}/g, (hole) => keptOpen(hole))}${quote}`,
    )
    .replace(
      /@(["'])\r?\n([\s\S]*?)\r?\n\1@/g,
      (_whole, quote: string, body: string) => `${quote}${body.replaceAll(quote, `\\${quote}`)}${quote}`,
    )
    .replace(/`\r?\n/g, '\\\n')
    .replace(/^(\s*)\$(\w+)\s*=\s*/gm, '$1$2=')
    // What is splatted may be any flags.
    .replace(/(?<=\s)@(\w+)(?=\s|$)/g, '$splatted_$1')
    // A variable is one word there, quoted or not.
    .replace(/(?<=\s)(\$(?!splatted_)\w+)(?=\s|$)/g, '"$1"');
