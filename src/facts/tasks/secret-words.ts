import { parse } from 'yaml';
import { type Found, handedOn, inCommand } from './secret-commands.ts';
import type { Span } from './secret-shapes.ts';
import { maybeSecret, tells } from './secret-values.ts';
import { readShell, type ShellCommand } from './shell.ts';

const most = 500;

/** Secrets by what commands and mappings say of them, where they stand in the text. */
export function wordsIn(text: string): readonly Span[] {
  const found = new Map<string, Found>();
  const leaves = leavesOf(documentOf(text));
  for (const one of [...commandsIn(text, leaves), ...mappingsIn(text, leaves)])
    found.set(`${one.near}\0${one.value}\0${one.rule}`, one);
  // More than anybody writes: looking for each would take long, so all of it is one.
  if (found.size > most) return [{ from: 0, to: text.length, rule: 'literal-credential' }];
  return [...found.values()].flatMap((one) => placesOf(text, one));
}

/** The texts that may hold commands: the whole, its lines, and the strings of a YAML document. */
function commandsIn(text: string, leaves: readonly Leaf[]): readonly Found[] {
  const lines = text.replace(/\\\r?\n\s*/g, ' ').split(/\r?\n/);
  const pieces = [...new Set([...lines, ...leaves.map(({ value }) => value)])].filter((piece) => piece.trim() !== '');
  return pieces.flatMap((piece) => inPiece(piece, 0));
}

/** A string of a YAML document, and the key it stands under. */
interface Leaf {
  readonly key: string;
  readonly value: string;
}

function leavesOf(value: unknown, key = ''): readonly Leaf[] {
  if (typeof value === 'string') return [{ key, value }];
  if (Array.isArray(value)) return value.flatMap((one) => leavesOf(one, ''));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) => leavesOf(one, name));
}

/** A shell inside of a shell goes this deep. */
const deepest = 4;

function inPiece(piece: string, depth: number): readonly Found[] {
  const commands = readShell(piece, () => null)?.commands ?? plainly(piece);
  const assigned = [...piece.matchAll(/(?<![\w.-])([\w.-]+)=("[^"]*"|'[^']*'|[^\s"',;&|)\]}]+)/g)].flatMap((match) =>
    assignedIn(`${match[1]}=${(match[2] ?? '').replace(/^(["'])(.*)\1$/, '$2')}`),
  );
  return [
    ...assigned,
    ...hereStrings(piece),
    ...handedOn(commands),
    ...commands.flatMap((command) => [
      ...inCommand(command.words.map(({ text }) => text)),
      ...command.words.flatMap(({ text }) => (depth < deepest && /\s/.test(text) ? inPiece(text, depth + 1) : [])),
    ]),
  ];
}

/** `docker login --password-stdin <<< PW`. */
const hereStrings = (piece: string): readonly Found[] =>
  /-stdin\b|--with-token\b/.test(piece)
    ? [...piece.matchAll(/<<<\s*(?:"([^"\n]*)"|'([^'\n]*)'|([^\s"';|&)]+))/g)].flatMap((match) => {
        const value = match.slice(1).find((group) => group !== undefined) ?? '';
        return maybeSecret(value) ? [{ value, near: '<<<', rule: 'password-argument' }] : [];
      })
    : [];

/** Where a quote is left open: by spaces alone. */
const plainly = (piece: string): readonly ShellCommand[] => [
  {
    words: piece.split(/\s+/).map((word) => {
      const text = word.replace(/^["']|["']$/g, '');
      return { text, inner: text, open: false, loose: false };
    }),
    input: null,
    line: 1,
    after: null,
  },
];

/** `NAME=value`, also behind a flag: `--build-arg=FEED_PAT=…`. */
function assignedIn(word: string): readonly Found[] {
  const [, name = '', value = ''] = /^-{0,2}([\w.-]+)=(.*)$/s.exec(word) ?? [];
  if (/^[\w.-]+=/.test(value) && !tells(name)) return assignedIn(value);
  return tells(name) && maybeSecret(value) ? [{ value, near: name, rule: 'literal-credential' }] : [];
}

/** `password: x` of a YAML document, and of its lines where the whole is none. */
function mappingsIn(text: string, whole: readonly Leaf[]): readonly Found[] {
  const lines = [
    ...text.matchAll(
      /(?:^|[\s{,-])["']?([\w.-]+)["']?\s*:\s+(?:[&!][\w.!/-]*[ \t]+)*(?:"([^"\n]*)"|'([^'\n]*)'|([^\s"'#{[|>&*!][^\n,}]*))/g,
    ),
    // JSON, also within the quotes of a shell.
    ...text.matchAll(/\\?["']([\w.-]+)\\?["']\s*:\s*\\?["']([^"'\\\n]+)/g),
  ].map((match) => ({
    key: match[1] ?? '',
    value: (match[2] ?? match[3] ?? match[4] ?? '').replace(/\s+#.*$/, '').trim(),
  }));
  const held = (value: string): boolean => !/\s-|\s--|^\w+ \w+ /.test(value) && maybeSecret(value);
  const leaves = whole.flatMap(({ key, value }) => value.split('\n').map((line) => ({ key, value: line.trim() })));
  const plain = [...lines, ...leaves].flatMap(({ key, value }) =>
    tells(key) && held(value) ? [{ value, near: key, rule: 'literal-credential' }] : [],
  );
  return [...plain, ...anchored(text, held)];
}

/** `password: *pw`: the value stands where the anchor is, under a key that may say nothing. */
function anchored(text: string, held: (value: string) => boolean): readonly Found[] {
  const telling = new Set(
    [...text.matchAll(/(?:^|[\s{,-])["']?([\w.-]+)["']?\s*:\s+\*([\w.-]+)/g)].flatMap(([, key = '', name = '']) =>
      tells(key) ? [name] : [],
    ),
  );
  return [
    ...text.matchAll(/&([\w.-]+)[ \t]+(?:![\w.!/-]*[ \t]+)?(?:"([^"\n]*)"|'([^'\n]*)'|([^\s"'#{[|>][^\n,}\]]*))/g),
  ].flatMap((match) => {
    const value = (match[2] ?? match[3] ?? match[4] ?? '').replace(/\s+#.*$/, '').trim();
    return telling.has(match[1] ?? '') && held(value)
      ? [{ value, near: `&${match[1]}`, rule: 'literal-credential' }]
      : [];
  });
}

function documentOf(text: string): unknown {
  try {
    const document: unknown = parse(text, { uniqueKeys: false, logLevel: 'error' });
    // One plain word or line is no document.
    return typeof document === 'object' ? document : null;
  } catch {
    return null;
  }
}

/**
 * Where the value stands after the words before it, and where else it is written as a word of its own; if it is written
 * otherwise, the rest of the line behind those words.
 */
function placesOf(text: string, { value, near, rule }: Found): readonly Span[] {
  if (near === '') return everywhere(text, value).map((span) => ({ ...span, rule }));
  const places: Span[] = [];
  let lost: Span | null = null;
  for (let at = text.indexOf(near); at !== -1; at = text.indexOf(near, at + 1)) {
    const from = text.indexOf(value, at + near.length);
    const between = from === -1 ? null : text.slice(at + near.length, from);
    if (between !== null && between.length <= 200 && (value.length > 5 || /^[\s"'=:,\\]*$/.test(between)))
      places.push({ from, to: from + value.length, rule });
    else {
      const end = text.indexOf('\n', at);
      lost ??= { from: at + near.length, to: end === -1 ? text.length : end, rule };
    }
  }
  // A user's name may be a registry's too.
  if (rule === null) return places.length > 0 || lost === null ? places : [lost];
  const words = everywhere(text, value).filter(
    ({ from, to }) => !/[\w-]$/.test(text.slice(0, from)) && !/^[\w-]/.test(text.slice(to)),
  );
  if (places.length > 0)
    return value.length > 5 ? [...places, ...words.map((span) => ({ ...span, rule: null }))] : places;
  // An anchor or a variable holds it, and stands before the words that tell.
  return words.length > 0 ? words.map((span) => ({ ...span, rule })) : lost === null ? [] : [lost];
}

function everywhere(text: string, value: string): readonly Omit<Span, 'rule'>[] {
  const places: Omit<Span, 'rule'>[] = [];
  for (let from = text.indexOf(value); from !== -1; from = text.indexOf(value, from + value.length))
    places.push({ from, to: from + value.length });
  return places;
}
