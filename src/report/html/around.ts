import type { Missing } from '../../model/evidence.ts';
import { byText, idKey } from '../../model/ids.ts';
import { type Acceptance, isAccepted, type Report } from '../../pages/report.ts';
import { accepted, counted, gaps, ofVerdict, type Row } from '../view.ts';
import { type Child, code, html, link, open, ownWords, tableOf } from './markup.ts';

/** What could not be seen: a line for each permission, and the role that holds them all. */
export function notSeen(report: Report): Child {
  const unseen = gaps(report);
  if (report.complete && unseen.length === 0) return null;
  const missing = unseen.flatMap((gap) => gap.missing);
  const byAction = new Map<string, Set<string>>();
  for (const { action, scope } of missing) byAction.set(action, (byAction.get(action) ?? new Set()).add(idKey(scope)));
  return html`<section class="${report.complete ? 'box' : 'box incomplete'}" aria-labelledby="not-seen"><h2 id="not-seen">${
    report.complete
      ? `Not read, and no verdict rests on it: ${counted(unseen.length, 'thing')}`
      : `Incomplete: ${counted(unseen.length, 'thing')} could not be seen`
  }</h2>
${
  byAction.size === 0
    ? null
    : html`<p>Missing permissions:</p><ul>${[...byAction].map(([action, scopes]) => html`<li><code>${action}</code> at ${scopes.size === 1 ? [...scopes] : counted(scopes.size, 'scope')}</li>`)}</ul>
<details><summary>A role that holds them, to copy</summary>${code(roleOf(missing))}</details>`
}
<details${byAction.size === 0 ? open : null}><summary>What waits for it</summary><ul>${unseen.map(
    ({ what, findings }) => html`<li>${what}${findings > 1 ? ` (${findings} verdicts)` : null}</li>
`,
  )}</ul></details></section>
`;
}

/** As `az role definition create` takes it. */
function roleOf(missing: readonly Missing[]): string[] {
  const subscriptions = missing.flatMap(({ scope }) => /^\/subscriptions\/[^/]+/i.exec(scope)?.[0] ?? []);
  const of = (action: string) => action.split('/').length > 2 && /^microsoft\./i.test(action);
  const role = {
    Name: 'acr-audit, what was missing',
    IsCustom: true,
    Description: 'What a scan of acr-audit could not read.',
    Actions: [...new Set(missing.map(({ action }) => action))].filter(of).sort(byText),
    AssignableScopes: [...new Set(subscriptions)].sort(byText),
  };
  return JSON.stringify(role, null, 2).split('\n');
}

interface Held extends Pick<Row, 'subject' | 'check'> {
  readonly thing: string;
  readonly by: Acceptance;
}

/** What somebody accepts: what ends first on top. */
export function acceptances(rows: readonly Row[]): Child {
  const found = ofVerdict(rows, 'fail').flatMap(({ subject, check, finding }): Held[] =>
    isAccepted(finding) || finding.things === undefined
      ? [{ subject, check, thing: finding.message, by: finding }]
      : finding.things.map((one) => ({ subject, check, thing: one.words, by: one })),
  );
  const held = found.filter(({ by }) => isAccepted(by)).sort((a, b) => byText(until(a.by), until(b.by)));
  if (held.length === 0) return null;
  return html`<section aria-labelledby="accepted"><h2 id="accepted">Accepted</h2>${tableOf(
    'What somebody accepts, what ends first on top',
    ['registry', 'what', 'check', 'owner', 'why'],
    held.map(({ subject, check, thing, by }) => [
      subject.name,
      thing,
      html`<code>${check.id}</code>`,
      subject.owner ?? '',
      accepted(by),
    ]),
  )}</section>
`;
}

const until = ({ waived }: Acceptance): string => waived?.until ?? '9999';

/** Ids of controls of others, with the checks that answer each. */
export function frameworks({ checks }: Report, rows: readonly Row[]): Child {
  const failing = new Map<string, number>();
  for (const { check } of ofVerdict(rows, 'fail')) failing.set(check.id, (failing.get(check.id) ?? 0) + 1);
  const byControl = new Map<string, string[]>();
  for (const { id, frameworks: ids } of checks)
    for (const control of ids) byControl.set(control, [...(byControl.get(control) ?? []), id]);
  if (byControl.size === 0) return null;
  return html`<details class="page"><summary><h3>Controls of frameworks</h3></summary>${tableOf(
    'Controls of frameworks and the checks that answer them',
    ['control', 'findings', 'checks'],
    [...byControl]
      .sort(([a], [b]) => byText(a, b))
      .map(([control, ids]) => [control, ids.reduce((sum, id) => sum + (failing.get(id) ?? 0), 0), ids.join(', ')]),
  )}</details>
`;
}

/** What was asked, by which version, and every check that ran. */
export const asked = (
  report: Report,
): Child => html`<details class="page"><summary><h3>How this was judged</h3></summary>
<ul>${askedWords(report).map((line) => html`<li>${line}</li>`)}</ul>
<p>${counted(report.scopes.length, 'subscription')}: ${report.scopes.map(({ id, name, observed }) => `${name ?? id}${observed ? '' : ' (would not list)'}`).join(', ')}</p>
${tableOf(
  'Every check that ran',
  ['check', 'severity', 'wanted', 'read more'],
  report.checks.map(({ id, severity, title, refs }) => [
    html`<code>${id}</code>`,
    severity,
    ownWords(title),
    refs[0] === undefined ? '' : link(refs[0]),
  ]),
)}</details>
`;

function askedWords({ asked: given, tool, profile, evaluatedAt, cloud, tenant }: Report): string[] {
  const { options, severity, consumers, purposes, ...lists } = given;
  return [
    `${tool.name} ${tool.version}, rules ${tool.rules}, profile ${profile}`,
    `${cloud} cloud${tenant === undefined ? '' : `, tenant ${tenant}`}, as of ${evaluatedAt}`,
    ...Object.entries(lists).flatMap(([what, values]: [string, readonly string[]]) =>
      values.length > 0 ? [`${what}: ${values.join(', ')}`] : [],
    ),
    ...Object.entries(options).map(([check, values]) => `options of ${check}: ${JSON.stringify(values)}`),
    ...Object.entries(severity).map(([check, other]) => `${check} counts as ${other}`),
    ...(consumers.length > 0 ? [`${counted(consumers.length, 'consumer')} named in the configuration`] : []),
    ...purposes.map(({ principal, rights, reason }) => `${principal} has ${rights.join(', ')} on purpose: ${reason}`),
  ];
}
