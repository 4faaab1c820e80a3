import { parse } from 'yaml';
import { placeOf, textsIn } from './document-texts.ts';
import { purgesInShell } from './find-purges.ts';
import { type Form, formOf } from './form-of.ts';
import { inTaskFile, isTaskFile, nothing, type TextReading, type Values } from './task-file-texts.ts';
import {
  asShell,
  batchAsShell,
  bicepLiterals,
  decoded,
  dedented,
  filledByPipeline,
  indentedBlocks,
  type Literal,
  lineAt,
  makeAsShell,
  markdownBlocks,
  plainJson,
  stringLiterals,
  terraformLiterals,
} from './text-forms.ts';

/**
 * The purges in a text: shell, a task file, a pipeline (GitHub, Azure DevOps), Bicep, ARM JSON, Terraform, Markdown or
 * PowerShell. The form follows from the text; the name of its file helps.
 */
export function purgesInText(text: string, file: string | null, values: Values): TextReading {
  const ending = /\.([A-Za-z0-9]+)$/.exec(file ?? '')?.[1]?.toLowerCase() ?? '';
  // A byte-order mark decides over a task file, and stays there.
  const plain = text.replace(/^\uFEFF/, '');
  const form = formOf(ending, file, plain);
  if (form === 'YAML') {
    const inside = inYaml(text, values);
    if (inside.purges.length > 0 || ending !== '' || isTaskFile(text)) return inside;
  }
  const inner = form === null ? decoded(plain) : null;
  if (inner !== null) return purgesInText(inner, null, values);
  const read = inForm(form, plain, values);
  // A program in another language holds commands in its strings; those of a shell may only be printed.
  const program = ending !== '' && (form === null || form === 'YAML') && !/^(?:ba|z|k|da)?sh$/.test(ending);
  return read.purges.length === 0 && program && namesPurge(plain)
    ? inLiterals('strings', plain, stringLiterals(plain), values, read)
    : read;
}

function inForm(form: Form | null, text: string, values: Values): TextReading {
  switch (form) {
    case 'ARM JSON':
      return inJson(text, values);
    case 'Bicep':
      return inLiterals(form, text, bicepLiterals(text), values);
    case 'Terraform':
      return inLiterals(form, text, terraformLiterals(text), values);
    case 'Markdown':
      return inBlocks(form, text, markdownBlocks(text), values);
    case 'PowerShell':
      return inShell(form, asShell(text), values);
    case 'make':
      return inShell(form, makeAsShell(text), values);
    case 'batch':
      return inShell(form, batchAsShell(text), values);
    default:
      return inShell('shell', text, values);
  }
}

const namesPurge = (text: string): boolean => /\bacr(?:-cli\S*)?\s+purge\b/.test(text);

function inShell(form: string, text: string, values: Values, line = 1): TextReading {
  const { rest, files } = withoutTaskFiles(withoutCat(text));
  const found = purgesInShell(rest, (name) => named(values, name));
  if (found === null) return { ...nothing(form), unread: ['a quote is left open'] };
  const own: TextReading = {
    ...nothing(form),
    purges: found.map((one) => ({ command: one.command, line: line + one.line - 1, stuck: null })),
  };
  if (files.length === 0) return own;
  const read = files.map((file) => inTaskFile(file.text, values, line + file.line - 1));
  return { ...joined(form, [own, ...read]), unread: read.flatMap(({ unread }) => unread) };
}

/** Task files that a script writes by a here-document; where they stood, as many empty lines. */
function withoutTaskFiles(text: string): { readonly rest: string; readonly files: readonly Literal[] } {
  const files: Literal[] = [];
  const rest = text.replace(
    /(<<-?\s*(\\?['"]?)(\w+)['"]?[^\n]*\n)([\s\S]*?\n)(?=[ \t]*\3[ \t]*\r?$)/gm,
    (whole: string, before: string, quote: string, _end: string, body: string, at: number) => {
      if (!isTaskFile(body)) return whole;
      // Where the end is not quoted the shell fills the lines in: \$ is a dollar.
      const written = quote === '' ? body.replace(/\\([$`\\])/g, '$1') : body;
      files.push({ text: dedented(written), line: lineAt(text, at) + 1 });
      return before + body.replace(/[^\n]+/g, '');
    },
  );
  return { rest, files };
}

/** `$(cat <<EOF … EOF)` is the text in it. */
const withoutCat = (text: string): string =>
  text.replace(
    /"?\$\(\s*cat\s*<<-?\s*(\\?['"]?)(\w+)['"]?[ \t]*\r?\n([\s\S]*?)\r?\n[ \t]*\2[ \t]*\r?\n?\s*\)"?/g,
    (_whole, quote: string, _end: string, body: string) =>
      `"${body.replace(quote === '' ? /"/g : /["\\$`]/g, (sign) => `\\${sign}`)}"`,
  );

const named = (values: Values, name: string): string | null =>
  values.get(name.replace(/^(?:Values|Run)\./, '')) ?? null;

/** A task file by its steps; else every text in it, as pipelines hold their scripts. */
function inYaml(text: string, values: Values): TextReading {
  if (isTaskFile(text)) return inTaskFile(text, values);
  let document: unknown;
  try {
    document = parse(text, { uniqueKeys: false, logLevel: 'error' });
  } catch {
    return { ...nothing('YAML'), unread: ['it is not YAML'] };
  }
  return inTexts('pipeline', text, textsIn(document), values, filledByPipeline);
}

/** Strings of a document: tasks in base64, task files, and shell. */
function inJson(text: string, values: Values): TextReading {
  try {
    return inTexts('ARM JSON', text, textsIn(JSON.parse(plainJson(text))), values);
  } catch {
    return { ...nothing('ARM JSON'), unread: ['it is not JSON'] };
  }
}

function inTexts(
  form: string,
  whole: string,
  texts: readonly string[],
  values: Values,
  filled: (text: string) => string = (text) => text,
): TextReading {
  const readings = texts.map((text) => {
    const plain = decoded(text);
    const inner = plain ?? filled(text);
    if (!/\bpurge\b|steps\s*:/.test(inner)) return null;
    const line = placeOf(whole, text);
    const found = isTaskFile(inner)
      ? inTaskFile(inner, values, line)
      : /\bpurge\b/.test(inner)
        ? inShell(form, /^\s*\$\w+\s*=/m.test(inner) ? asShell(inner) : inner, values, line)
        : null;
    // Base64 stands in one line, whatever is in it.
    return found && plain !== null ? { ...found, purges: found.purges.map((one) => ({ ...one, line })) } : found;
  });
  return joined(form, readings);
}

const joined = (form: string, readings: readonly (TextReading | null)[]): TextReading => {
  const seen = readings.filter((one) => one !== null);
  return {
    purges: seen.flatMap(({ purges }) => purges),
    // A text without a purge may be of any language.
    unread: [],
    forms: [...new Set([form, ...seen.flatMap(({ forms }) => forms)])],
  };
};

/** Strings of a language that declares things: each may hold a task file, base64 or a command. */
function inLiterals(
  form: string,
  whole: string,
  literals: readonly Literal[],
  values: Values,
  otherwise: TextReading | null = null,
): TextReading {
  const readings = literals.map(({ text, line }) => {
    const inner = decoded(text) ?? text;
    if (!/\bpurge\b/.test(inner)) return null;
    return isTaskFile(inner) ? inTaskFile(inner, values, line) : inShell(form, inner, values, line);
  });
  return readings.some((one) => one !== null) || !/\bpurge\b/.test(whole)
    ? joined(form, readings)
    : (otherwise ?? inShell(form, whole, values));
}

function inBlocks(form: string, whole: string, blocks: readonly Literal[], values: Values): TextReading {
  const readings = blocks.map(({ text, line }) => {
    if (!/\bpurge\b/.test(text)) return null;
    return isTaskFile(text) ? inTaskFile(text, values, line) : inShell(form, asShell(text), values, line);
  });
  if (readings.some((one) => one !== null)) return joined(form, readings);
  const indented = indentedBlocks(whole).filter(({ text }) => namesPurge(text));
  if (indented.length > 0) return inBlocks(form, '', indented, values);
  // A command between single back ticks, in the prose.
  const inline = [...whole.matchAll(/`([^`\n]*\bpurge\b[^`\n]*)`/g)].map((match) =>
    inShell(form, match[1] ?? '', values, lineAt(whole, match.index)),
  );
  return joined(form, inline);
}
