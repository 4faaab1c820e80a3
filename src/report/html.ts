import type { Report, ReportSubject } from '../pages/report.ts';
import { hiddenFindings } from './filter.ts';
import { acceptances, asked, frameworks, notSeen } from './html/around.ts';
import { driftSection } from './html/drift.ts';
import { causes, countsTable, matrix, owners, problems } from './html/fleet.ts';
import { type Child, html as made } from './html/markup.ts';
import { opening } from './html/opening.ts';
import { subjectSection } from './html/subject.ts';
import { joined } from './joined.ts';
import { count, openFailures, registriesByWorst, shownSeverities } from './overview.ts';
import type { Style } from './reporter.ts';
import { counted, grouped, type Row, rowsOf } from './view.ts';

/**
 * One page for people, to be kept and sent: it loads nothing, runs nothing, and its policy lets it do neither, whatever
 * the names in it say.
 */
export function* html(report: Report, style: Style): Generator<string> {
  const rows = rowsOf(report);
  const open = openFailures(rows);
  const bySubject = grouped(rows, ({ subject }) => subject.id);
  const registries = registriesByWorst(report, open);
  const others = report.subjects.filter(({ id, kind }) => kind !== 'registry' && bySubject.has(id));
  const ordered: readonly ReportSubject[] = [...registries.map(({ of }) => of), ...others];
  const anchors = new Map(ordered.map((subject, index) => [subject, `s${index + 1}`]));
  const anchor = (subject: ReportSubject): string => anchors.get(subject) ?? 's0';
  const several = registries.length > 1;

  yield opening(report.tool.name, registries.length === 1 ? registries[0]?.of.name : undefined).markup;
  yield made`<header><a class="skip" href="#findings">To the findings</a>
<h1>${several || registries.length === 0 ? `Azure Container Registry: ${counted(registries.length, 'registry', 'registries')}` : ['Azure Container Registry ', made`<bdi>${registries[0]?.of.name ?? ''}</bdi>`]}</h1>
${headline(report, rows)}
<ul class="tiles">${tiles(report, open)}</ul>
${style.exit ? made`<p class="exit">Exit code ${style.exit.code}: ${style.exit.why}</p>` : null}
<p class="faint">As of ${report.evaluatedAt} · ${report.cloud} cloud${report.tenant === undefined ? null : ` · tenant ${report.tenant}`} · profile ${report.profile} · ${report.tool.name} ${report.tool.version}</p>
${hiddenFindings(report) > 0 ? made`<p class="faint">${counted(hiddenFindings(report), 'finding')} not shown: a filter is set.</p>` : null}
${(style.notes ?? []).map((note) => made`<p class="faint">${note}</p>`)}
</header>
<main id="findings">
${report.complete ? null : notSeen(report)}`.markup;
  if (several)
    yield made`<section aria-labelledby="overview"><h2 id="overview">Overview</h2>${countsTable(report, open)}${problems(open)}${causes(open)}${matrix(report, open, anchor)}${owners(registries)}</section>
`.markup;
  if (style.drift) yield made`${driftSection(style.drift)}`.markup;
  for (const subject of ordered)
    yield subjectSection(report, subject, bySubject.get(subject.id) ?? [], {
      id: anchor(subject),
      // Of one registry it is the headline.
      sentence: several ? joined(subject) : null,
    }).markup;
  yield made`${acceptances(rows)}<section aria-labelledby="appendix"><h2 id="appendix">Appendix</h2>${report.complete ? notSeen(report) : null}${frameworks(report, rows)}${asked(report)}</section>
</main>
<footer>${withoutPages(report)}<p>A click on a command selects all of it. Each block stops at its first failure and may be pasted as a whole.</p></footer>
</body></html>
`.markup;
}

/** What is worst, in a sentence. */
function headline(report: Report, rows: readonly Row[]): Child {
  const open = openFailures(rows);
  const [worst, ...others] = registriesByWorst(report, open);
  if (!worst) return made`<p class="sentence">No registry was judged.</p>`;
  const sentence = joined({ findings: open.filter(({ subject }) => subject === worst.of).map((one) => one.finding) });
  if (others.length === 0) return sentence === null ? null : made`<p class="sentence">${sentence}</p>`;
  const bad = [worst, ...others].filter(({ rows: own }) => count(own, 'critical') + count(own, 'high') > 0).length;
  return made`<p class="sentence">${bad} of ${others.length + 1} registries have critical or high findings.</p>
${sentence === null || bad === 0 ? null : made`<p>The worst is <bdi>${worst.of.name}</bdi>: ${sentence}</p>`}`;
}

const tiles = (report: Report, open: readonly Row[]): Child =>
  [
    ...shownSeverities.map((severity) => [severity, count(open, severity)] as const),
    ['unknown', report.summary.unknown + report.summary.error] as const,
    ['accepted', report.summary.waived] as const,
    ['pass', report.summary.pass] as const,
  ].map(([kind, number]) => made`<li class="${kind}"><strong>${number}</strong> ${kind}</li>`);

/** A report that was saved without its pages says what a scan would show. */
const withoutPages = ({ subjects }: Report): Child =>
  subjects.some(({ kind, pages }) => kind === 'registry' && pages === undefined)
    ? made`<p>Left out: who can pull and who can do what. The report was saved without them; <code>acr-audit scan --pages</code> keeps them.</p>`
    : null;
