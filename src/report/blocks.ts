import { shellWord } from '../model/shell.ts';
import type { ReportStep } from '../pages/report.ts';

/**
 * A part of a fix as it is printed. `paste`: lines that are pasted as a whole and stop at the first failure. `look`:
 * a command that changes nothing, and what it prints where one may go on. `hand`: what a person does.
 */
export type Block =
  | { readonly kind: 'paste'; readonly lines: readonly string[]; readonly ends: boolean }
  | { readonly kind: 'look'; readonly lines: readonly string[]; readonly expect: string | null }
  | { readonly kind: 'hand'; readonly text: string };

/**
 * The steps of a fix in blocks that are safe to paste, into an interactive shell too. What ends something stands in a
 * block of its own, after a command that only looks: a step before it, or one that confirms the finding.
 */
export function blocksOf(steps: readonly ReportStep[], confirm: readonly ReportStep[]): Block[] {
  const questions = questionsIn([...confirm, ...steps]);
  const blocks: Block[] = [];
  let run: ReportStep[] = [];
  const flush = (ends: boolean) => {
    if (run.length > 0) blocks.push({ kind: 'paste', lines: pasted(run, questions), ends });
    run = [];
  };
  const look = (step: ReportStep) =>
    blocks.push({ kind: 'look', lines: lookLines(step, questions), expect: step.expect ?? null });
  for (const step of steps) {
    if (step.kind === 'question') continue;
    if (step.kind === 'command' && step.ends === undefined) {
      run.push(step);
      continue;
    }
    flush(false);
    if (step.kind === 'manual') blocks.push({ kind: 'hand', text: step.text });
    else if (step.kind === 'verify') look(step);
    else {
      const before = confirm.find(({ kind }) => kind === 'verify');
      if (blocks.at(-1)?.kind !== 'look' && before) look(before);
      run.push(step);
      flush(true);
    }
  }
  flush(false);
  return blocks;
}

/** The way back: each undo, the last step's first, as one block; and why nothing takes back some steps. */
export function undoOf(
  steps: readonly ReportStep[],
  confirm: readonly ReportStep[],
): { readonly lines: readonly string[]; readonly finals: readonly string[] } {
  const undos = steps.flatMap(({ undo }) => (undo === undefined ? [] : [{ kind: 'command' as const, text: undo }]));
  const [only, another] = undos;
  const isPlain = only !== undefined && another === undefined && !only.text.includes(':?');
  return {
    lines: isPlain
      ? [noted(only.text)]
      : undos.length > 0
        ? pasted(undos.reverse(), questionsIn([...confirm, ...steps]))
        : [],
    finals: [...new Set(steps.flatMap(({ final }) => (final === undefined ? [] : [final])))],
  };
}

const questionsIn = (steps: readonly ReportStep[]): ReadonlyMap<string, string> =>
  new Map(steps.flatMap((step) => (step.kind === 'question' && step.id ? [[step.id, step.text]] : [])));

/**
 * One sub-shell: nothing in it runs after a failure, and nothing of it is left in the shell it is pasted into. Its first
 * line names that shell, wherever the block is copied to; PowerShell reads none of it.
 */
function pasted(steps: readonly ReportStep[], questions: ReadonlyMap<string, string>): string[] {
  const texts = steps.map(({ text }) => text);
  const [subscription] = texts.flatMap((text) => subscriptionIn.exec(text)?.[1] ?? []);
  const asked = [...questions].filter(([id]) => texts.some((text) => text.includes(`\${${id}:?`)));
  return [
    '( set -e   # bash',
    ...(subscription === undefined ? [] : [`  SUB=${subscription}`]),
    ...asked.map(([id, ask]) => `  ${id}=''   # ${ask}`),
    ...texts.map((text) => `  ${subscription === undefined ? text : withVariable(text, subscription)}`),
    ')',
  ];
}

/** A single command that only looks needs no sub-shell, unless it reads an answer. */
const lookLines = (step: ReportStep, questions: ReadonlyMap<string, string>): string[] =>
  step.text.includes(':?') ? pasted([step], questions) : [noted(step.text)];

/** A command of one line, with what it should print; it names its shell where PowerShell would read it otherwise. */
export function noted(line: string, expect?: string): string {
  const notes = [...(/[\\$`]/.test(line) ? ['bash'] : []), ...(expect === undefined ? [] : [expect])];
  return notes.length > 0 ? `${line}   ${comment(notes.join('; '))}` : line;
}

/** What az is told as its subscription: a plain word or one that is quoted as a whole. */
const subscriptionIn = /(?<= --subscription )([\w.-]+|'[^']*')(?= |$)/;

const withVariable = (text: string, subscription: string): string =>
  text.replaceAll(new RegExp(subscriptionIn, 'g'), (word) => (word === subscription ? '"$SUB"' : word));

/** What confirms a finding: commands that change nothing, each with what it prints; in one sub-shell where one asks for a value. */
export function looksOf(confirm: readonly ReportStep[]): string[] {
  const looks = confirm.filter(({ kind }) => kind === 'verify');
  return looks.some(({ text }) => text.includes(':?'))
    ? pasted(looks, questionsIn(confirm))
    : looks.map(({ text, expect }) => noted(text, expect));
}

/** A comment of a shell: what is in it runs nowhere. */
export const comment = (text: string): string => `# ${text}`;

/** The blocks as the lines of one listing, for formats that have one: what is no command is a comment. */
export const listing = (blocks: readonly Block[]): string[] =>
  blocks.flatMap((block, index) => [
    ...(index > 0 ? [''] : []),
    ...(block.kind === 'hand'
      ? [comment(`by hand: ${block.text}`)]
      : block.kind === 'look'
        ? [...block.lines, ...(block.expect === null ? [] : [comment(`prints ${shellWord(block.expect)}`)])]
        : block.lines),
  ]);
