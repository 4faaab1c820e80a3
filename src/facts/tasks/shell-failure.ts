import type { ShellCommand } from './shell.ts';

export interface Failure {
  /** Whether the script ends as failed. */
  readonly shows: boolean;
  /** The commands that still run, by their places. */
  readonly runs: ReadonlySet<number>;
}

/** What becomes of a script after the command at `place` has failed; `exits`: it was started with `-e`. */
export function afterFailure(commands: readonly ShellCommand[], place: number, exits = false): Failure {
  const runs = new Set<number>();
  let failed = true;
  let [errexit, pipefail] = [exits, false];
  for (const [at, { words, after }] of commands.entries()) {
    const [first = '', ...rest] = words.map(({ text }) => text);
    const behind = at > place;
    if (behind && errexit && failed && (after === ';' || after === '\n')) return { shows: true, runs };
    if (behind && after === '&&' && failed) continue;
    if (behind && after === '||' && !failed) continue;
    if (first === 'set') [errexit, pipefail] = [switched(rest, 'e', errexit), switchedPipes(rest, pipefail)];
    if (!behind) continue;
    runs.add(at);
    if (first === 'exit') {
      const forgiven = !failed && commands[at - 1]?.after === '||';
      return { shows: exitFails(rest, failed, forgiven), runs };
    }
    if (after === '|' && failed && pipefail) continue;
    failed = first === 'false';
  }
  return { shows: failed, runs };
}

/** `exit 3`; `exit` alone hands on what was. `$?` may be what a variable kept, unless the failure was just forgiven. */
function exitFails([status]: readonly string[], failed: boolean, forgiven: boolean): boolean {
  if (status === undefined) return failed;
  return status === '$?' ? failed || !forgiven : status !== '0';
}

function switched(flags: readonly string[], flag: string, now: boolean): boolean {
  if (flags.some((word) => new RegExp(`^-[a-z]*${flag}`).test(word)) || named(flags, '-o', 'errexit')) return true;
  if (flags.some((word) => new RegExp(`^\\+[a-z]*${flag}`).test(word)) || named(flags, '+o', 'errexit')) return false;
  return now;
}

const switchedPipes = (flags: readonly string[], now: boolean): boolean =>
  flags.includes('pipefail') ? flags.some((word) => /^-[a-z]*o$/.test(word)) : now;

const named = (flags: readonly string[], sign: string, name: string): boolean =>
  flags.some((word, place) => word === sign && flags[place + 1] === name);
