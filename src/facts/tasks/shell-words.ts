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
  const plain = line.replace(pieces, (piece, operator: string | undefined) => {
    // An operator needs no space around it.
    if (operator !== undefined) return ` ${operator} `;
    // Between double quotes a shell takes the backslash off a dollar, which the library leaves on.
    return piece.startsWith('"') ? piece.replace(/\\([$`])/g, '$1') : piece;
  });
  // A `#` inside quotes is no comment: dropping what follows it leaves a quote open.
  for (const candidate of [plain.replace(/(^|\s)#.*$/s, ''), plain]) {
    try {
      return split(candidate);
    } catch {
      // Not this way.
    }
  }
  return null;
}

/** What is quoted or escaped, a redirection (`2>&1`), or an operator between commands. */
const pieces = /'[^']*'|"(?:[^"\\]|\\.)*"|\\.|[<>]&|&>|(&&|\|\||[;|&])/gs;

const operators: ReadonlySet<string> = new Set(['&&', '||', ';', '|', '&']);

function separated(words: readonly string[]): string[][] {
  const commands: string[][] = [[]];
  for (const word of words) {
    if (operators.has(word)) commands.push([]);
    else commands.at(-1)?.push(word);
  }
  return commands.filter((command) => command.length > 0);
}
