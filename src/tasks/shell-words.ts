import { split } from 'shlex';

/**
 * The commands of a text as `/bin/sh` would cut them: quotes, backslashes and line continuations resolved. ACR runs
 * every `cmd` step through `/bin/sh -c` (Azure/acr-builder, builder/init_shell_unix.go).
 * `null` where a quote is left open: the shell would refuse it.
 */
export function shellCommands(text: string): readonly (readonly string[])[] | null {
  const commands: string[][] = [];
  let pending: string | null = null;
  for (const line of text.replaceAll('\r\n', '\n').replaceAll('\\\n', '').split('\n')) {
    const candidate: string = pending === null ? line : `${pending}\n${line}`;
    const words = wordsOf(candidate);
    // A quote that is still open goes on in the next line.
    pending = words === null ? candidate : null;
    if (words) commands.push(...separated(words));
  }
  return pending === null ? commands : null;
}

function wordsOf(line: string): readonly string[] | null {
  try {
    return split(line.replace(/(^|\s)#.*$/s, ''));
  } catch {
    // A `#` inside quotes is no comment.
    try {
      return split(line);
    } catch {
      return null;
    }
  }
}

const operators: ReadonlySet<string> = new Set(['&&', '||', ';', '|', '&']);

function separated(words: readonly string[]): string[][] {
  const commands: string[][] = [[]];
  for (const word of words) {
    if (operators.has(word)) commands.push([]);
    else commands.at(-1)?.push(word);
  }
  return commands.filter((command) => command.length > 0);
}
