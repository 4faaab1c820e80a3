import { UsageError } from './errors.ts';
import { didYouMean } from './nearest.ts';

/** What yargs says of words it does not know, in our form: what is wrong, and the nearest right one or where to look. */
export function wrongWords(
  message: string,
  argv: readonly string[],
  { commands, options }: { readonly commands: readonly string[]; readonly options: readonly string[] },
): UsageError {
  const command = commands.find((name) => name === argv[0]);
  const help = `acr-audit ${command === undefined ? '' : `${command} `}--help shows what there is`;
  const text = message.replace(/:\s*\n\s*/g, ': ').replace(/\s*\n+\s*/g, '; ');
  const [, words] = /^Unknown (?:argument|command)s?: (.*)$/.exec(text) ?? [];
  const [first = ''] = words?.split(', ') ?? [];
  const [beginning = ''] = argv;
  // Options are those of a command: without one that is known, it is the command that is wrong.
  if (words !== undefined && command === undefined && !isOption(beginning.replace(/^-+/, ''), argv))
    return new UsageError(
      `there is no command '${beginning}'`,
      didYouMean(beginning, commands, (one) => `acr-audit ${one}`) ?? help,
    );
  if (words !== undefined && isOption(first, argv)) {
    const moved = command === 'plan' && didYouMean(first, [...options, 'apply']) === 'did you mean apply?';
    const advice = moved ? applying : didYouMean(first, options, (name) => `--${name}`);
    return new UsageError(
      `there is no option ${first.length === 1 ? '-' : '--'}${first}${command ? ` of ${command}` : ''}`,
      advice ?? help,
    );
  }
  if (words !== undefined) return new UsageError(`${command} does not take '${first}'`, help);
  const [, option, given, choices] = /Argument: ([\w-]+), Given: "?(.*?)"?, Choices: (.*)$/.exec(text) ?? [];
  if (option !== undefined && given !== undefined && choices !== undefined) {
    const values = [...choices.matchAll(/"([^"]*)"/g)].flatMap(([, value]) => value ?? []);
    const all = `it is one of ${values.join(', ')}`;
    const near = didYouMean(given, values);
    return new UsageError(`--${option} has no value '${given}'`, near === null ? all : `${near} ${all}`);
  }
  const [, valueless] = /^Not enough arguments following: ([\w-]+)$/.exec(text) ?? [];
  if (valueless !== undefined) return new UsageError(`--${valueless} needs a value`, help);
  const needed = command === undefined ? undefined : needs[command];
  if (needed !== undefined && /^Not enough non-option arguments/.test(text))
    return new UsageError(`${command} needs ${needed}`, help);
  return new UsageError(text, help);
}

/** This tool changes nothing itself. */
const applying = 'the script of a plan takes --apply: acr-audit plan -o sh > mend.sh, then bash mend.sh --apply';

/** What cannot be left out. */
const needs: Readonly<Record<string, string>> = {
  explain: 'a check, or path, access, purge or symptom',
  probe: 'a login server: contoso.azurecr.io',
  diff: 'two reports or snapshots, the older one first',
  convert: 'a report, or - for standard input',
};

const isOption = (word: string, argv: readonly string[]): boolean =>
  argv.some(
    (typed) =>
      typed === `--${word}` ||
      typed.startsWith(`--${word}=`) ||
      (/^-[^-]/.test(typed) && typed.slice(1).includes(word)),
  );
