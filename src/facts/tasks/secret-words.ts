import { parse } from 'yaml';
import type { Span } from './secret-shapes.ts';
import { maybeSecret, tells } from './secret-values.ts';
import { readShell, type ShellCommand } from './shell.ts';

/** A secret that a command or a mapping holds: its value, and the words that stand before it. */
interface Found {
  readonly value: string;
  readonly near: string;
  readonly rule: string | null;
}

const most = 500;

/** Secrets by what commands and mappings say of them, where they stand in the text. */
export function wordsIn(text: string): readonly Span[] {
  const found = new Map<string, Found>();
  for (const one of [...commandsIn(text), ...mappingsIn(text)])
    found.set(`${one.near}\0${one.value}\0${one.rule}`, one);
  // More than anybody writes: looking for each would take long, so all of it is one.
  if (found.size > most) return [{ from: 0, to: text.length, rule: 'literal-credential' }];
  return [...found.values()].flatMap((one) => placesOf(text, one));
}

/** The texts that may hold commands: the whole, its lines, and the strings of a YAML document. */
function commandsIn(text: string): readonly Found[] {
  const lines = text.replace(/\\\r?\n\s*/g, ' ').split(/\r?\n/);
  const pieces = [...new Set([...lines, ...stringsOf(text)])].filter((piece) => piece.trim() !== '');
  return pieces.flatMap((piece) => inPiece(piece, 0));
}

function stringsOf(text: string): readonly string[] {
  try {
    const document: unknown = parse(text, { uniqueKeys: false, logLevel: 'error' });
    return typeof document === 'object' ? leavesOf(document).map(({ value }) => value) : [];
  } catch {
    return [];
  }
}

function leavesOf(value: unknown, key = ''): readonly { readonly key: string; readonly value: string }[] {
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
    ...commands.flatMap((command, place) => [
      ...inCommand(command.words.map(({ text }) => text)),
      ...piped(commands, place),
      ...command.words.flatMap(({ text }) => (depth < deepest && /\s/.test(text) ? inPiece(text, depth + 1) : [])),
    ]),
  ];
}

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

/** Tools whose `-p` is a password, by the verb that makes it one; `null`: any. */
const passwordTools: readonly (readonly [tool: RegExp, verb: string | null, flags: readonly string[]])[] = [
  [/^(?:docker|podman|nerdctl|buildah|oras|helm|crane|skopeo|cosign|regctl|notation|az)$/, 'login', ['-p']],
  [/^(?:acr|acr-cli)$/, null, ['-p', '--password']],
  [/^sqlcmd$|^bcp$/, null, ['-P']],
  [/^redis-cli$/, null, ['-a', '--pass']],
  [/^sshpass$/, null, ['-p']],
  [/^(?:mongo|mongosh|mongodump|mongorestore)$/, null, ['-p']],
  [/^(?:nuget|dotnet)$/, null, ['-k', '-ApiKey']],
  [/^ldap\w+$/, null, ['-w']],
  [/^(?:7z|zip|unzip)$/, null, ['-P']],
];

function inCommand(words: readonly string[]): readonly Found[] {
  const found: Found[] = [];
  const add = (value: string | undefined, near: string, rule: string | null = 'password-argument'): void => {
    if (value !== undefined && (rule === null || maybeSecret(value))) found.push({ value, near, rule });
  };
  const tools = words.map((word) => /([\w.-]+?)(?:[:@][^/]*)?$/.exec(word)?.[1] ?? word);
  for (const [tool, verb, flags] of passwordTools) {
    const at = tools.findIndex((one) => tool.test(one));
    if (at === -1 || (verb !== null && !words.slice(at).includes(verb))) continue;
    for (const [place, word] of words.entries())
      for (const flag of place > at ? flags : []) {
        if (word === flag) add(words[place + 1], flag);
        else if (word.startsWith(`${flag}=`)) add(word.slice(flag.length + 1), flag);
        else if (flag.length === 2 && word.startsWith(flag) && !word.startsWith('--')) add(word.slice(2), flag);
      }
  }
  // The user is no secret, and nobody needs to know who purges.
  const acr = tools.findIndex((one) => /^(?:acr|acr-cli)$/.test(one));
  for (const [place, word] of words.entries()) {
    const [, flag, given] = /^(-u|--username)(?:=?(.+))?$/s.exec(word) ?? [];
    if (acr !== -1 && place > acr && flag !== undefined) add(given ?? words[place + 1], flag, null);
  }
  for (const [place, word] of words.entries()) {
    const [, flag = '', given] = /^(--?[A-Za-z][\w.-]*)(?:=(.*))?$/s.exec(word) ?? [];
    if (flag.length > 2 && tells(flag)) add(given ?? words[place + 1], flag);
  }
  const has = (tool: RegExp): number => tools.findIndex((one) => tool.test(one));
  const curl = has(/^(?:curl|wget|http|https)$/);
  for (const [place, word] of words.entries())
    if (curl !== -1 && place > curl && /^(?:-u|--user|--proxy-user)$/.test(word))
      add(words[place + 1]?.split(':').slice(1).join(':'), word);
    else if (curl !== -1 && /^-u[^-].*:/.test(word)) add(word.slice(word.indexOf(':') + 1), '-u');
  const mysql = has(/^(?:mysql|mysqldump|mysqladmin|mariadb)$/);
  if (mysql !== -1) for (const word of words.slice(mysql)) if (/^-p./.test(word)) add(word.slice(2), '-p');
  const snyk = has(/^snyk$/);
  if (snyk !== -1 && words[snyk + 1] === 'auth') add(words[snyk + 2], 'auth');
  const nuget = words.findIndex((word, place) => word === 'setapikey' && /nuget/i.test(tools[place - 1] ?? ''));
  if (nuget !== -1) add(words[nuget + 1], 'setapikey');
  return found;
}

/** `echo PW | docker login --password-stdin`, `echo BASE64 | base64 -d`. */
function piped(commands: readonly ShellCommand[], place: number): readonly Found[] {
  const words = commands[place]?.words.map(({ text }) => text) ?? [];
  const speaker = words.findIndex((word) => /^(?:echo|printf)$/.test(word));
  const next = commands[place + 1];
  if (speaker === -1 || next?.after !== '|') return [];
  const takes = commands.slice(place + 1).filter((one) => one.after === '|');
  const secret = takes.some(({ words: taking }) =>
    taking.some(({ text }) => /^--?password-stdin$|^--(?:token|secret)-stdin$|^--with-token$/.test(text)),
  );
  const decodes =
    next.words.some(({ text }) => text === 'base64') &&
    next.words.some(({ text }) => /^(?:-d|-D|--decode)$/.test(text));
  return words.slice(speaker + 1).flatMap((value) => {
    const encoded = decodes && /^[A-Za-z0-9+/]{8,}={0,2}$/.test(value);
    if (value.startsWith('-') || value === '%s' || !(secret || encoded) || !maybeSecret(value)) return [];
    return [{ value, near: words[speaker] ?? 'echo', rule: 'password-argument' }];
  });
}

/** `password: x` of a YAML document, and of its lines where the whole is none. */
function mappingsIn(text: string): readonly Found[] {
  const lines = [
    ...text.matchAll(/(?:^|[\s{,-])["']?([\w.-]+)["']?\s*:\s+(?:"([^"\n]*)"|'([^'\n]*)'|([^\s"'#{[|>&*!][^\n,}]*))/g),
  ].map((match) => ({
    key: match[1] ?? '',
    value: (match[2] ?? match[3] ?? match[4] ?? '').replace(/\s+#.*$/, '').trim(),
  }));
  const whole = leavesOf(documentOf(text));
  return [...lines, ...whole].flatMap(({ key, value }) =>
    tells(key) && !/\s-|\s--|^\w+ \w+ /.test(value) && maybeSecret(value)
      ? [{ value, near: key, rule: 'literal-credential' }]
      : [],
  );
}

function documentOf(text: string): unknown {
  try {
    return parse(text, { uniqueKeys: false, logLevel: 'error' });
  } catch {
    return null;
  }
}

/** Where the value stands after the words before it; if it is written otherwise there, the rest of that line. */
function placesOf(text: string, { value, near, rule }: Found): readonly Span[] {
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
  return places.length > 0 || lost === null ? places : [lost];
}
