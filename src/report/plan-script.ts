import type { PlanPage, PlanStep } from '../pages/plan.ts';
import { planSummary } from './plan.ts';

/**
 * A plan as a script. It prints what it would do; with --apply (-Apply) it does it, stops at the first failure, looks after each
 * step whether it is done, and skips what is done already. What a person does waits for a yes. Azure does not show whether a
 * password was made by this plan, and to make it again ends the one that was handed out: such a step is noted in a file beside
 * the script, and is run only where that can be done.
 */
interface Shell {
  readonly head: (page: PlanPage) => readonly string[];
  readonly comment: (text: string) => string;
  readonly run: (step: PlanStep) => string;
  /** A step of which Azure does not show whether it is done; `note` is the line that says so in the file of notes. */
  readonly runOnce: (step: PlanStep, note: string) => string;
  readonly byHand: (step: PlanStep) => string;
}

/** No control character and no line end of a name gets out of its quotes or its comment. */
const oneLine = (text: string): string => text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ');

const posix = (word: string): string => `'${oneLine(word).replaceAll("'", "'\\''")}'`;
const power = (word: string): string => `'${oneLine(word).replaceAll(/['\u2018\u2019\u201a\u201b]/g, '$&$&')}'`;

const bashHead = String.raw`set -euo pipefail
apply=no
for word in "$@"; do
  [ "$word" = --apply ] || { printf 'there is no option %s\n  leave it out to print the steps; --apply runs them\n' "$word" >&2; exit 2; }
  apply=yes
done
is_done() { declare -F "verify_$1" >/dev/null && [ "$("verify_$1" 2>/dev/null || true)" = "$2" ]; }
run() {
  if [ "$apply" = no ]; then printf '%s.' "$1"; declare -f "step_$1" | sed '1,2d;$d'; return; fi
  if is_done "$1" "$2"; then printf '%s. done already\n' "$1"; return; fi
  printf '%s. runs\n' "$1"
  "step_$1" || { printf 'step %s failed: nothing after it was run; once it is mended run this again: what is done is skipped\n' "$1" >&2; exit 1; }
  declare -F "verify_$1" >/dev/null || return 0
  is_done "$1" "$2" || { printf 'step %s ran, and is not done: nothing after it was run\n' "$1" >&2; exit 1; }
}
set +u; script=$BASH_SOURCE; set -u
run_once() {
  if [ "$apply" = yes ]; then
    if grep -Fxqs -e "$2" "$script.done"; then printf '%s. done already\n' "$1"; return; fi
    [ -f "$script" ] && { : >>"$script.done"; } 2>/dev/null || {
      printf 'step %s is not run: that it is done cannot be noted beside this script; save it as a file in a folder that takes one more\n' "$1" >&2
      exit 1
    }
  fi
  run "$1" ''
  if [ "$apply" = yes ]; then printf '%s\n' "$2" >>"$script.done"; fi
}
by_hand() {
  printf '%s. by hand: %s\n' "$1" "$2"
  if [ "$apply" = no ]; then return; fi
  local answer=
  read -r -p 'Is it done? (yes) ' answer </dev/tty || true
  [ "$answer" = yes ] || { printf 'stopped before step %s was done\n' "$1" >&2; exit 1; }
}`;

const bashStep = (number: number, words: readonly string[]): string =>
  `step_${number}() { ${words.map(posix).join(' ')}; }`;

const bash: Shell = {
  comment: (text) => `# ${oneLine(text)}`,
  head: (page) => [
    '#!/usr/bin/env bash',
    `# ${oneLine(planSummary(page))}`,
    '# Prints the steps; with --apply it runs them.',
    bashHead,
  ],
  run: ({ number, words, verify }) =>
    [
      bashStep(number, words),
      ...(verify ? [`verify_${number}() { ${verify.words.map(posix).join(' ')}; }`] : []),
      `run ${number} ${posix(verify?.prints ?? '')}`,
    ].join('\n'),
  runOnce: ({ number, words }, note) => `${bashStep(number, words)}\nrun_once ${number} ${posix(note)}`,
  byHand: ({ number, text }) => `by_hand ${number} ${posix(text)}`,
};

const powerShell: Shell = {
  comment: (text) => `# ${oneLine(text)}`,
  head: (page) => [
    '[CmdletBinding()] param([switch]$Apply)',
    `# ${oneLine(planSummary(page))}`,
    '# Prints the steps; with -Apply it runs them.',
    "$ErrorActionPreference = 'Stop'",
    'function Run([int]$Number, [string]$Expected, [string[]]$Verify, [string[]]$Command) {',
    '  if (-not $Apply) { Write-Output "$Number. $($Command -join \' \')"; return }',
    '  $rest = @($Verify | Select-Object -Skip 1)',
    '  if ($Verify.Count -gt 0 -and "$(& $Verify[0] @rest 2>$null)" -ceq $Expected) { Write-Output "$Number. done already"; return }',
    '  Write-Output "$Number. runs"',
    '  $words = @($Command | Select-Object -Skip 1)',
    '  & $Command[0] @words',
    '  if ($LASTEXITCODE -ne 0) { throw "step $Number failed: nothing after it was run" }',
    '  if ($Verify.Count -gt 0 -and "$(& $Verify[0] @rest)" -cne $Expected) { throw "step $Number ran, and is not done: nothing after it was run" }',
    '}',
    'function RunOnce([int]$Number, [string]$Note, [string[]]$Command) {',
    '  $notes = "$PSCommandPath.done"',
    '  if ($Apply) {',
    '    if (-not $PSCommandPath) { throw "step $Number is not run: that it is done cannot be noted beside this script; save it as a file" }',
    '    if ((Test-Path -LiteralPath $notes) -and (@(Get-Content -LiteralPath $notes) -ccontains $Note)) { Write-Output "$Number. done already"; return }',
    "    Add-Content -LiteralPath $notes -Value '' -NoNewline",
    '  }',
    "  Run $Number '' @() $Command",
    '  if ($Apply) { Add-Content -LiteralPath $notes -Value $Note }',
    '}',
    'function ByHand([int]$Number, [string]$Text) {',
    '  Write-Output "$Number. by hand: $Text"',
    "  if ($Apply -and (Read-Host 'Is it done? (yes)') -cne 'yes') { throw \"stopped before step $Number was done\" }",
    '}',
  ],
  run: ({ number, words, verify }) =>
    `Run ${number} ${power(verify?.prints ?? '-')} @(${(verify?.words ?? []).map(power).join(', ')}) @(${words.map(power).join(', ')})`,
  runOnce: ({ number, words }, note) => `RunOnce ${number} ${power(note)} @(${words.map(power).join(', ')})`,
  byHand: ({ number, text }) => `ByHand ${number} ${power(text)}`,
};

function scriptOf(page: PlanPage, shell: Shell): string {
  const step = (one: PlanStep): readonly string[] => [
    '',
    shell.comment(`${one.number}. ${one.registries.join(', ')}: ${one.checks.join(', ')}; ${one.place}`),
    ...(one.ends ? one.breaks.map((breaks) => shell.comment(`BREAKS ${breaks}`)) : []),
    ...one.undo.map((undo) => shell.comment(`undo: ${undo}`)),
    ...(one.final === null ? [] : [shell.comment(`no undo: ${one.final}`)]),
    one.state === 'runs'
      ? one.verify === null
        ? shell.runOnce(one, `${page.at} ${one.words.join(' ')}`)
        : shell.run(one)
      : one.state === 'person'
        ? shell.byHand(one)
        : shell.comment(`NOT RUN (${one.because}): ${one.text}`),
  ];
  return `${[...shell.head(page), ...page.unseen.map(shell.comment), ...page.steps.flatMap(step)].join('\n')}\n`;
}

/** For bash. A plan that would make a new finding has no script. */
export const planBash = (page: PlanPage): string => scriptOf(page, bash);

/** For PowerShell 7. */
export const planPowerShell = (page: PlanPage): string => scriptOf(page, powerShell);
