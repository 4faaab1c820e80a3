import type { Severity } from '../../model/check.ts';
import {
  isAccepted,
  type Report,
  type ReportCheck,
  type ReportSubject,
  type Verdict,
  verdictsOf,
} from '../../pages/report.ts';
import { type Numbered, numbered } from '../finding-block.ts';
import { counted, grouped, ofVerdict, type Row, whereabouts, worstFirst } from '../view.ts';
import { findingSection } from './finding.ts';
import { type Child, html, type Markup } from './markup.ts';
import { access, reach } from './pages.ts';
import { hopIds, hopOf, hops } from './way.ts';

/** All of one registry, or of a subscription: its way from commit to pod, who reaches it, who may what, what fails. */
export function subjectSection(
  report: Report,
  subject: ReportSubject,
  rows: readonly Row[],
  { id, sentence }: { readonly id: string; readonly sentence: string | null },
): Markup {
  const told = numbered(ofVerdict(rows, 'fail').sort(worstFirst));
  const anchor = (number: number) => `${id}-${number}`;
  const { pages } = subject;
  return html`<section class="subject" id="${id}" aria-labelledby="${id}-name">
<h2 id="${id}-name"><bdi>${subject.name}</bdi></h2>
<p class="faint">${whereabouts(report, subject).join(' · ')}${subject.owner === undefined ? null : ` · owner ${subject.owner}`}</p>
${sentence === null ? null : html`<p class="sentence">${sentence}</p>`}
${subject.kind === 'registry' ? html`<h3>From commit to pod</h3>${way(report.checks, subject, told, anchor)}` : null}
<h3>Findings</h3>
${told.length === 0 ? html`<p>Nothing fails.</p>` : told.map((one) => findingSection(one, anchor))}
${unknowns(rows)}
${pages?.path ? html`<details class="page"><summary><h3>Who can pull</h3></summary>${reach(pages.path)}</details>` : null}
${pages ? html`<details class="page"><summary><h3>Who can do what</h3></summary>${access(pages.access)}</details>` : null}
${rest(subject)}
</section>
`;
}

/** The stations of an image, each with the checks it meets there. */
function way(
  checks: readonly ReportCheck[],
  subject: ReportSubject,
  told: readonly Numbered[],
  anchor: (number: number) => string,
): Markup {
  const verdicts = verdictsOf(subject);
  return html`<ol class="way">${hopIds.map((hop) => {
    const own = checks.filter((check) => hopOf(check) === hop && Object.hasOwn(verdicts, check.id));
    const ids = new Set(own.map(({ id }) => id));
    const failing = told.filter(({ row }) => ids.has(row.check.id) && !isAccepted(row.finding));
    const worst = failing.map(({ row }) => row.severity)[0];
    const count = (verdict: Verdict) => own.filter((check) => verdicts[check.id] === verdict).length;
    return html`<li class="hop ${hopState(worst, count)}"><h4>${hops[hop].name}</h4><p class="faint">${hops[hop].says}</p>
<p>${hopWords(failing.length, count)}</p>${
      failing.length === 0
        ? null
        : html`<ul>${failing.map(({ number, row }) => html`<li><a href="#${anchor(number)}">${number} ${row.check.id}</a> <span class="tag ${row.severity}">${row.severity}</span></li>`)}</ul>`
    }</li>
`;
  })}</ol>
`;
}

const hopState = (worst: Severity | undefined, count: (verdict: Verdict) => number): string =>
  worst ?? (count('unknown') + count('error') > 0 ? 'unknown' : count('pass') > 0 ? 'pass' : 'spared');

const hopWords = (failing: number, count: (verdict: Verdict) => number): string =>
  [
    [failing, 'fail'],
    [count('fail') - failing, 'accepted'],
    [count('error'), 'broken'],
    [count('unknown'), 'unknown'],
    [count('pass'), 'pass'],
    [count('not-applicable'), 'no need'],
  ]
    .filter(([number]) => number !== 0)
    .map(([number, word]) => `${number} ${word}`)
    .join(' · ') || 'nothing was judged';

function unknowns(rows: readonly Row[]): Child {
  const open = [...ofVerdict(rows, 'error'), ...ofVerdict(rows, 'unknown')];
  if (open.length === 0) return null;
  const reasons = grouped(open, ({ finding }) => `${finding.verdict}: ${finding.reason}`);
  return html`<details class="finding unknown"><summary><span class="tag unknown">unknown</span> ${counted(open.length, 'verdict')} nobody can give</summary>
<ul>${[...reasons].map(([why, some]) => html`<li>${why} <span class="faint">(${some.map(({ check }) => check.id).join(', ')})</span></li>`)}</ul></details>
`;
}

/** What needs no action, with where in the evidence it rests. */
function rest({ rest: { pass, 'not-applicable': spared }, findings }: ReportSubject): Child {
  const full = findings.filter(({ verdict }) => verdict === 'pass' || verdict === 'not-applicable').length;
  const [passes, others] = [Object.entries(pass), Object.entries(spared)];
  if (passes.length + others.length + full === 0) return null;
  return html`<details class="page"><summary><h3>What is in order</h3></summary>
<p>${counted(passes.length, 'check')} pass, ${counted(others.length, 'check')} do not apply.</p>
<ul>${passes.map(
    ([
      id,
      at,
    ]) => html`<li><span class="tag pass">pass</span> <code>${id}</code> <span class="faint">${at.join(', ')}</span></li>
`,
  )}${others.map(
    ([id, why]) => html`<li><span class="faint">no need</span> <code>${id}</code> ${why}</li>
`,
  )}</ul></details>
`;
}
