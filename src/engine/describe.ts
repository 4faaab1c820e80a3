import { azOf } from '../commands/table.ts';
import type { AnyCheck } from '../model/check.ts';
import { subscriptionGuid } from '../model/ids.ts';
import type { ReportCheck } from '../model/report.ts';
import { openQuote, shellText } from '../model/shell.ts';
import type { RegistryEntry } from '../model/snapshot.ts';
import { type Step, variableOf } from '../model/step.ts';

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

const placeholder = /<(registry|group|subscription|location|login-server|registry-id)>/g;

/** A command with the real names in place of the placeholders we know, quoted where a shell would trip over them. */
export const printable = (command: string, names: Placeholders): string =>
  command.replace(placeholder, (whole, name: Placeholder, offset: number) => {
    const value = names[name];
    return value === undefined ? whole : shellText(value, openQuote(command.slice(0, offset)));
  });

/** What a report says of a check: its words, none of its code. */
export const reportCheck = (check: AnyCheck): ReportCheck => ({
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
  confirm: check.confirm,
  fix: { steps: check.fix.steps.map(textOf), breaks: check.fix.breaks },
  frameworks: check.frameworks ?? [],
  alsoKnownAs: check.alsoKnownAs ?? [],
  refs: check.refs,
});
