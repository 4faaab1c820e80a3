import { type AnyCheck, areas, profiles, type Query, severities } from '../model/check.ts';
import { type Facet, facets } from '../model/facets.ts';
import { textOf } from './describe.ts';

const textFields = ['title', 'problem', 'profileReason', 'why', 'symptom', 'cause'] as const;

/** What only looks: the verbs of az that read, a GET, a query, a name lookup. Nothing that prints a secret. */
const readOnly =
  /^(az (?:[a-z][a-z0-9-]* )*?(?:show|list|query|check-health|list-[a-z-]+|show-[a-z-]+)(?= |$)|az rest --method get |nslookup |dig )/;
const printsSecret = /acr (?:token )?credential |list-?keys|list-?credentials|get-credentials|check-acr/i;

/** What is wrong with a check, in words; empty for a good one. */
export function problemsWith(check: AnyCheck): string[] {
  const problems: string[] = [];
  const wants = (held: boolean, problem: string) => held || problems.push(`${check.id}: ${problem}`);
  wants(/^([a-z0-9@-]+\/)?[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(check.id), 'the id is not kebab-case');
  wants(severities.includes(check.severity), `no severity '${check.severity}'`);
  wants(profiles.includes(check.profile), `no profile '${check.profile}'`);
  wants(areas.includes(check.area), `no area '${check.area}'`);
  for (const field of textFields) {
    const text: string = check[field];
    wants(text.trim() !== '' && !/TODO/.test(text), `${field} is not written`);
  }
  wants(check.profileReason.length > 30, 'profileReason gives no reason');
  wants(check.differs === undefined || check.differs.trim() !== '', 'differs is not written');
  wants(/^\d+\.\d+$/.test(check.since), `since is no version: ${check.since}`);
  wants(check.title.length <= 75, `the title has ${check.title.length} characters, 75 at most`);
  wants(!/^ensure/i.test(check.title), 'the title is an order: say what is true when it passes');
  wants(!/[.!]$/.test(check.title) && !/[.!]$/.test(check.problem), 'title and problem end without a full stop');
  wants(check.needs.length > 0, 'it needs no facet');
  for (const facet of check.needs as readonly Facet[]) {
    wants(Object.hasOwn(facets, facet), `there is no facet '${facet}'`);
    wants(
      check.scope !== 'subscription' || facets[facet]?.scope !== 'registry',
      `a check of a subscription cannot need ${facet}`,
    );
  }
  wants(check.confirm.length > 0, 'nothing to confirm it with');
  for (const command of check.confirm)
    wants(readOnly.test(command) && !printsSecret.test(command), `confirm is not read-only: ${command}`);
  const queries: readonly Query[] = check.queries ?? [];
  for (const { title, language, text } of queries)
    wants(language === 'kql' || (readOnly.test(text) && !printsSecret.test(text)), `not read-only: ${title}`);
  wants(check.fix.steps.length > 0, 'no step to fix it');
  for (const step of check.fix.steps) wants(!/TODO/.test(textOf(step)), 'a step is not written');
  wants(check.fix.breaks.trim() !== '' && !/TODO/.test(check.fix.breaks), 'breaks is not written: no fix is free');
  wants(check.refs.length > 0, 'no reference');
  for (const ref of check.refs) wants(/^https:\/\/[^\s]+$/.test(ref) && !/TODO/.test(ref), `not a reference: ${ref}`);
  return problems;
}
