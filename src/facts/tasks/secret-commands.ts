import { shapesIn } from './secret-shapes.ts';
import { maybeSecret, tells } from './secret-values.ts';
import type { ShellCommand } from './shell.ts';

/** A secret that a command or a mapping holds: its value, and the words that stand before it. */
export interface Found {
  readonly value: string;
  readonly near: string;
  /** `null`: masked, and nobody's mistake. */
  readonly rule: string | null;
}

/** A tool that takes a password by an option that does not say so by its name. */
interface Option {
  readonly tool: RegExp;
  /** One of these words makes the option one for a password; absent: it always is. */
  readonly verb?: RegExp;
  /** The option; a group of it is a value that hangs on it. */
  readonly option: RegExp;
  /** The value is a user and a password with this between them. */
  readonly between?: string;
}

const options: readonly Option[] = [
  {
    tool: /^(?:docker|podman|nerdctl|buildah|oras|helm|crane|skopeo|cosign|regctl|notation|az)$/,
    verb: /^login$/,
    option: /^-p(?:=?(.+))?$/s,
  },
  { tool: /^az$/, verb: /^(?:import|sql|mysql|postgres|mariadb|synapse)$/, option: /^-p$/ },
  { tool: /^(?:acr|acr-cli)$/, option: /^-p(?:=?(.+))?$|^--password(?:=(.+))?$/s },
  { tool: /^(?:sqlcmd|bcp)$/, option: /^-P(.+)?$/s },
  { tool: /^redis-cli$/, option: /^(?:-a|--pass)$/ },
  { tool: /^(?:sshpass|mongo|mongosh|mongodump|mongorestore)$/, option: /^-p(.+)?$/s },
  { tool: /^(?:mysql|mysqldump|mysqladmin|mariadb)$/, option: /^-p(.+)$/s },
  { tool: /^(?:nuget|dotnet)$/, option: /^(?:-k|-ApiKey)$/ },
  { tool: /^(?:nuget|dotnet)$/, verb: /^sources?$/, option: /^-p(?:assword)?$/ },
  { tool: /^twine$/, option: /^-p(?:=?(.+))?$/s },
  { tool: /^codecov$/, option: /^-t$/ },
  { tool: /^ldap\w+$/, option: /^-w$/ },
  { tool: /^(?:7z|zip|unzip)$/, option: /^-P(.+)?$/s },
  { tool: /^openssl$/, verb: /^enc$/, option: /^-k$/ },
  { tool: /^vault$/, option: /^secret_id=(.+)$/s },
  {
    tool: /^(?:curl|wget|https?)$/,
    option: /^(?:-[a-zA-Z]*u|--(?:proxy-)?user(?:=(.+))?|-u(.+))$/s,
    between: ':',
  },
  {
    tool: /^(?:skopeo|podman|buildah|nerdctl|oras)$/,
    option: /^--(?:src-|dest-|from-|to-)?creds(?:=(.+))?$/s,
    between: ':',
  },
  { tool: /^lftp$/, option: /^-u$/, between: ',' },
  { tool: /^(?:smbclient|rpcclient|net)$/, option: /^(?:-U|--user(?:=(.+))?)$/s, between: '%' },
];

/** What the words of one command say. */
export function inCommand(words: readonly string[]): readonly Found[] {
  const found: Found[] = [];
  const add = (value: string | undefined, near: string, rule: string | null = 'password-argument'): void => {
    if (value !== undefined && (rule === null || maybeSecret(value))) found.push({ value, near, rule });
  };
  const tools = words.map((word) => /([\w.-]+?)(?:[:@][^/]*)?$/.exec(word)?.[1] ?? word);
  const placeOf = (tool: RegExp): number => tools.findIndex((one) => tool.test(one));
  for (const { tool, verb, option, between } of options) {
    const at = placeOf(tool);
    if (at === -1 || (verb && !words.slice(at).some((word) => verb.test(word)))) continue;
    for (const [place, word] of words.entries()) {
      const match = place > at ? option.exec(word) : null;
      if (match === null) continue;
      const hangs = match.slice(1).find((group) => group !== undefined);
      const value = hangs ?? words[place + 1];
      const secret = between === undefined ? value : value?.split(between).slice(1).join(between);
      add(secret, hangs === undefined ? word : word.slice(0, word.length - hangs.length));
    }
  }
  // The user is no secret, and nobody needs to know who purges.
  const acr = placeOf(/^(?:acr|acr-cli)$/);
  for (const [place, word] of words.entries()) {
    const [, flag, given] = /^(-u|--username)(?:=?(.+))?$/s.exec(word) ?? [];
    if (acr !== -1 && place > acr && flag !== undefined) add(given ?? words[place + 1], flag, null);
  }
  for (const [place, word] of words.entries()) {
    const [, flag = '', given] = /^(--?[A-Za-z][\w.-]*)(?:=(.*))?$/s.exec(word) ?? [];
    const next = words[place + 1];
    if (flag.length > 2 && tells(flag)) add(given ?? (next?.startsWith('--') ? undefined : next), flag);
    // `npm config set NAME VALUE`, `aws configure set NAME VALUE`.
    if (word === 'set' && next !== undefined && tells(next)) add(words[place + 2], next);
    add(/^pass:(.+)$/s.exec(word)?.[1], 'pass:');
    const cookies = placeOf(/^curl$/) !== -1 ? /^(?:-[a-zA-Z]*b|--cookie)(?:=?(.+))?$/s.exec(word) : null;
    for (const { value, near } of cookiesIn(
      (cookies && (cookies[1] ?? next)) ?? /^cookie\s*:(.*)$/is.exec(word)?.[1] ?? '',
    ))
      add(value, near);
    // A header that a shell joins of several pieces.
    for (const { from, to, rule } of shapesIn(word)) add(word.slice(from, to), '', rule);
  }
  const argumentOf = (...command: readonly string[]): string | undefined => {
    const at = command[0] === undefined ? -1 : tools.findIndex((one) => one.toLowerCase() === command[0]);
    const rest = at === -1 ? [] : words.slice(at + 1).filter((word) => !word.startsWith('-'));
    return command.slice(1).every((word, place) => rest[place] === word) ? rest[command.length - 1] : undefined;
  };
  for (const command of [
    ['vault', 'login'],
    ['snyk', 'auth'],
    ['cargo', 'login'],
    ['nuget', 'setapikey'],
    ['convertto-securestring'],
  ])
    add(argumentOf(...command), command.at(-1) === 'convertto-securestring' ? '' : (command.at(-1) ?? ''));
  if (words.includes('secret') && words.includes('set')) add(words[words.indexOf('--value') + 1 || -1], '--value');
  return found;
}

/** The cookies that log somebody in: by their name, or by a value that nobody would read. */
const cookiesIn = (cookies: string): readonly Pick<Found, 'value' | 'near'>[] =>
  cookies.split(';').flatMap((cookie) => {
    const [, name = '', value = ''] = /^\s*([\w.-]+)=(.*?)\s*$/s.exec(cookie) ?? [];
    const logsIn = tells(name) || /auth|sess|sid$|jwt|login|^\.aspnet/i.test(name);
    return value.length >= (logsIn ? 6 : 16) ? [{ value, near: `${name}=` }] : [];
  });

const readsSecret = ({ words }: ShellCommand): boolean =>
  words.some(({ text }) =>
    /^--?password-stdin$|^--(?:token|secret)-stdin$|^--with-token$|^--pass(?:word|phrase)-fd$/.test(text),
  ) || /^az devops login\b/.test(words.map(({ text }) => text).join(' '));

/** What is handed to a command that reads a secret: `echo PW | docker login --password-stdin`, a here-document. */
export function handedOn(commands: readonly ShellCommand[]): readonly Found[] {
  const found: Found[] = [];
  let read = false;
  // From the end, so that each command knows what its pipe leads to.
  for (let place = commands.length - 1; place >= 0; place--) {
    const command = commands[place];
    if (command === undefined) continue;
    const piped = commands[place + 1]?.after === '|';
    read = readsSecret(command) || (piped && read);
    if (!read) continue;
    const words = command.words.map(({ text }) => text);
    const speaker = piped ? words.findIndex((word) => /^(?:echo|printf)$/.test(word)) : -1;
    const spoken = speaker === -1 ? [] : words.slice(speaker + 1).filter((word) => !/^-|^%s(?:\\n)?$/.test(word));
    for (const value of [...spoken, ...(command.input?.split('\n') ?? [])].map((one) => one.trim()))
      if (maybeSecret(value)) found.push({ value, near: words[speaker] ?? '', rule: 'password-argument' });
  }
  return found;
}
