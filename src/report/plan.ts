import type { PlanPage, PlanStep } from '../pages/plan.ts';
import { paintOf } from './paint.ts';
import type { Style } from './reporter.ts';
import { jsonText, visible } from './safe-text.ts';
import { commandLines, indented } from './wrap.ts';

export const planJson = (page: PlanPage): string => jsonText(page);

const words = {
  runs: 'runs',
  person: 'by hand',
  waits: 'waits',
  refused: 'refused',
  cuts: 'cuts somebody off',
} as const;

/** What can be said of a plan in one sentence. */
export function planSummary({ steps, questions, closed, left, opened }: PlanPage): string {
  const runs = steps.filter(({ state }) => state === 'runs').length;
  const hands = steps.filter(({ state }) => state === 'person').length;
  return [
    `${steps.length} steps: ${runs} can be run, ${hands} are done by hand, ${steps.length - runs - hands} wait`,
    `${questions.length} questions`,
    `${closed.length} findings closed, ${left.length} left`,
    ...(opened.length > 0
      ? [`makes ${opened.length} new: ${opened.map(({ check, registry }) => `${check} of ${registry}`).join(', ')}`]
      : []),
  ].join('; ');
}

/** A list of names in brackets, by which two texts may differ. */
const listed = /\(([^()]*)\)/;

/** What a person does in the same words for several registries is said in full once, whatever names it lists. */
function toldBefore({ steps }: PlanPage): ReadonlyMap<PlanStep, string> {
  const first = new Map<string, number>();
  const told = new Map<PlanStep, string>();
  for (const one of steps) {
    if (one.words.length > 0) continue;
    const [, names] = listed.exec(one.text) ?? [];
    const words = one.text.replace(listed, '').replace(/ (?=[.,;])/, '');
    const number = first.get(words);
    if (number === undefined) first.set(words, one.number);
    else told.set(one, `As in step ${number}, for the steps from here on${names === undefined ? '' : `: ${names}`}.`);
  }
  return told;
}

/** The plan for a terminal. Ends in a newline. */
export function renderPlan(page: PlanPage, style: Style): string {
  const paint = paintOf(style.colorLevel);
  const line = (text: string, by = 6): string => indented(text, by, style, by + 2);
  const told = toldBefore(page);
  const step = (one: PlanStep): string =>
    [
      `${paint.strong(`${String(one.number).padStart(3)}.`)} ${paint.faint(line([one.registries.join(', '), words[one.state], one.checks.join(', ')].join(' · '), 5).trimStart())}`,
      ...(one.because === '' ? [] : [line(`${one.state === 'cuts' ? 'NO: ' : ''}${one.because}`)]),
      ...(one.ends ? one.breaks.map((breaks) => line(`BREAKS ${breaks}`)) : []),
      one.words.length > 0 ? commandLines(one.text, 6, style) : line(told.get(one) ?? one.text),
      line(`why here: ${one.place}`),
      ...(one.undo.length > 0 ? ['      undo:', ...one.undo.map((undo) => commandLines(undo, 8, style))] : []),
      ...(one.final === null ? [] : [line(`no undo: ${one.final}`)]),
    ].join('\n');
  const questions = page.questions.map(({ id, ask, steps }) =>
    line(`--set ${id}=…  ${ask} (step ${steps.join(', ')})`, 2),
  );
  return `${[
    indented(planSummary(page), 0, style),
    ...(questions.length > 0 ? [`Questions:\n${questions.join('\n')}`] : []),
    ...page.unseen.map((one) => line(one, 0)),
    ...page.steps.map(step),
    ...(page.left.length > 0
      ? [line(`Left: ${page.left.map(({ check, registry }) => `${check} of ${registry}`).join(', ')}`, 0)]
      : []),
  ].join('\n\n')}\n`;
}

/** The plan as a change request. Ends in a newline. */
export function planMarkdown(page: PlanPage): string {
  const fenced = (text: string) => `~~~sh\n${visible(text)}\n~~~`;
  const plain = (text: string) => visible(text).replaceAll(/([\\`*_{}[\]<>#|])/g, '\\$1');
  const told = toldBefore(page);
  const step = (one: PlanStep): string =>
    [
      `### ${one.number}. ${plain(one.registries.join(', '))} (${words[one.state]})`,
      ...(one.because === '' ? [] : [`**${plain(one.because)}**`]),
      `${one.place}. Closes: ${one.checks.join(', ')}.`,
      ...(one.ends && one.breaks.length > 0 ? [`Breaks: ${one.breaks.map(plain).join(' ')}`] : []),
      one.words.length > 0 ? fenced(one.text) : plain(told.get(one) ?? one.text),
      ...(one.undo.length > 0 ? ['Undo:', fenced(one.undo.join('\n'))] : []),
      ...(one.final === null ? [] : [`No undo: ${plain(one.final)}`]),
    ].join('\n\n');
  return `${[
    '# Plan',
    `${planSummary(page)}. Evidence of ${page.at}.`,
    ...(page.questions.length > 0
      ? ['## Questions', page.questions.map(({ id, ask }) => `- \`${id}\`: ${plain(ask)}`).join('\n')]
      : []),
    ...page.unseen.map((one) => plain(one)),
    '## Steps',
    ...page.steps.map(step),
    ...(page.left.length > 0
      ? ['## Left', page.left.map(({ check, registry }) => `- ${check} of ${plain(registry)}`).join('\n')]
      : []),
  ].join('\n\n')}\n`;
}
