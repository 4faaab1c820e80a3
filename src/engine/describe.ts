import { applied, azOf, endsOf, undoOf, verifyOf } from '../commands/table.ts';
import type { Undo } from '../commands/trait.ts';
import type { AnyCheck } from '../model/check.ts';
import type { Command } from '../model/command.ts';
import { subscriptionGuid } from '../model/ids.ts';
import { openQuote, shellText } from '../model/shell.ts';
import type { AllEvidence, CloudFacts, RegistryEntry } from '../model/snapshot.ts';
import { type KnownFacts, type Step, variableOf } from '../model/step.ts';
import type { ReportCheck, ReportStep } from '../pages/report.ts';
import { inCloud } from './in-cloud.ts';

export type Placeholder = 'registry' | 'group' | 'subscription' | 'location' | 'login-server' | 'registry-id';
export type Placeholders = { readonly [P in Placeholder]?: string };

/** The real names of a registry, as far as they are known. */
export function placeholdersOf({ id, name, subscription, facets: { registry } }: RegistryEntry): Placeholders {
  const known = registry?.state === 'observed' ? registry.value : null;
  return {
    registry: name,
    subscription: subscriptionGuid(subscription),
    'registry-id': id,
    ...(known ? { group: known.resourceGroup, location: known.location } : {}),
    ...(known?.loginServer ? { 'login-server': known.loginServer } : {}),
  };
}

/** A step in words: the command, the question as a variable to fill in, or what a person does. */
export function textOf(step: Step): string {
  if (step.kind === 'manual') return step.text;
  return step.kind === 'question' ? `${variableOf(step)}=''  # ${step.ask}` : azOf(step);
}

const placeholder = /<([a-z][a-z-]*)>/g;

/** A command with the real names in place of the placeholders we know, quoted where a shell would trip over them. */
export const printable = (command: string, names: Placeholders): string =>
  command.replace(placeholder, (whole, name: string, offset: number) => {
    const value = names[name as Placeholder];
    return value === undefined ? whole : shellText(value, openQuote(command.slice(0, offset)));
  });

/**
 * The steps with the real names. A value that only a person knows becomes a question, and the commands read its answer
 * from a shell variable: a command that lacks it stops, where `<value>` would read a file.
 */
export function namedSteps(steps: readonly ReportStep[], names: Placeholders): ReportStep[] {
  const asked = new Set(steps.flatMap(({ kind, id }) => (kind === 'question' && id !== undefined ? [id] : [])));
  return steps.flatMap((step): ReportStep[] => {
    if (step.kind === 'manual' || step.kind === 'question') return [{ ...step, text: printable(step.text, names) }];
    const questions: ReportStep[] = [];
    const named = (command: string): string =>
      command.replace(placeholder, (_whole, name: string, offset: number) => {
        const within = openQuote(command.slice(0, offset));
        const value = names[name as Placeholder];
        if (value !== undefined) return shellText(value, within);
        const id = variableOf({ id: name });
        if (!asked.has(id)) questions.push({ kind: 'question', id, text: `which ${wordsIn(name)}` });
        asked.add(id);
        const variable = `\${${id}:?which ${wordsIn(name)}}`;
        return within === '"' ? variable : within === "'" ? `'"${variable}"'` : `"${variable}"`;
      });
    const whole = {
      ...step,
      text: named(step.text),
      ...(step.expect === undefined ? {} : { expect: printable(step.expect, names) }),
      ...(step.undo === undefined ? {} : { undo: named(step.undo) }),
    };
    return [...questions, whole];
  });
}

const wordsIn = (placeholder: string): string => placeholder.replaceAll('-', ' ');

/** What was observed, as commands take it. */
export const factsOf = (evidence: AllEvidence): KnownFacts =>
  Object.fromEntries(
    Object.entries(evidence).flatMap(([facet, found]) => (found.state === 'observed' ? [[facet, found.value]] : [])),
  );

/**
 * The steps of a fix. What ends something comes after a command that shows that the step before it is done. With the
 * facts before them, each says how it is undone.
 */
export function fixSteps(steps: readonly Step[], known?: KnownFacts): ReportStep[] {
  let facts = known;
  let before: Command | null = null;
  return steps.flatMap((step): ReportStep[] => {
    if (step.kind === 'question') return [{ kind: 'question', id: variableOf(step), text: step.ask }];
    if (step.kind === 'manual') return [{ kind: 'manual', text: step.text }];
    const ends = endsOf(step);
    const shown = ends && before && !endsOf(before) ? verifyOf(before) : null;
    const undo = facts && undoOf(step, facts);
    facts = facts && applied(step, facts);
    before = step;
    return [
      ...(shown ? [{ kind: 'verify', text: shown.az, expect: shown.prints } as const] : []),
      { kind: 'command', text: azOf(step), ...undoWords(undo), ...(ends ? { ends } : {}) },
    ];
  });
}

const undoWords = (undo: Undo | undefined): Pick<ReportStep, 'undo' | 'final'> => {
  if (undo === undefined) return {};
  if ('cannot' in undo) return { final: undo.cannot };
  return undo.length > 0 ? { undo: undo.map(azOf).join(' && ') } : {};
};

export const confirmSteps = (commands: readonly string[]): ReportStep[] =>
  commands.map((text) => ({ kind: 'verify', text }));

/** What a report says of a check: its words, none of its code. */
export const reportCheck = (check: AnyCheck, cloud: Pick<CloudFacts, 'registrySuffix'>): ReportCheck =>
  described(inCloud(check, cloud));

const described = (check: AnyCheck): ReportCheck => ({
  id: check.id,
  area: check.area,
  scope: check.scope ?? 'registry',
  severity: check.severity,
  profile: check.profile,
  since: check.since,
  title: check.title,
  problem: check.problem,
  why: check.why,
  symptom: check.symptom,
  cause: check.cause,
  confirm: namedSteps(confirmSteps(check.confirm), {}),
  fix: namedSteps(fixSteps(check.fix.steps), {}),
  breaks: check.fix.breaks,
  frameworks: check.frameworks ?? [],
  alsoKnownAs: check.alsoKnownAs ?? [],
  refs: check.refs,
});
