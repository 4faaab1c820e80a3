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
    lines: isPlain ? [only.text] : undos.length > 0 ? pasted(undos.reverse(), questionsIn([...confirm, ...steps])) : [],
    finals: [...new Set(steps.flatMap(({ final }) => (final === undefined ? [] : [final])))],
  };
}

const questionsIn = (steps: readonly ReportStep[]): ReadonlyMap<string, string> =>
  new Map(steps.flatMap((step) => (step.kind === 'question' && step.id ? [[step.id, step.text]] : [])));

/** One sub-shell: nothing in it runs after a failure, and nothing of it is left in the shell it is pasted into. */
function pasted(steps: readonly ReportStep[], questions: ReadonlyMap<string, string>): string[] {
  const texts = steps.map(({ text }) => text);
  const [subscription] = texts.flatMap((text) => subscriptionIn.exec(text)?.[1] ?? []);
  const asked = [...questions].filter(([id]) => texts.some((text) => text.includes(`\${${id}:?`)));
  return [
    '( set -e',
    ...(subscription === undefined ? [] : [`  SUB=${subscription}`]),
    ...asked.map(([id, ask]) => `  ${id}=''   # ${ask}`),
    ...texts.map((text) => `  ${subscription === undefined ? text : withVariable(text, subscription)}`),
    ')',
  ];
}

/** A single command that only looks needs no sub-shell, unless it reads an answer. */
const lookLines = (step: ReportStep, questions: ReadonlyMap<string, string>): string[] =>
  step.text.includes(':?') ? pasted([step], questions) : [step.text];

/** What az is told as its subscription: a plain word or one that is quoted as a whole. */
const subscriptionIn = /(?<= --subscription )([\w.-]+|'[^']*')(?= |$)/;

const withVariable = (text: string, subscription: string): string =>
  text.replaceAll(new RegExp(subscriptionIn, 'g'), (word) => (word === subscription ? '"$SUB"' : word));

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
