import { type Area, areas } from '../../model/check.ts';
import type { Failed } from '../../pages/report.ts';
import { isAccepted, type Report, type ReportSubject, severityOf, verdictsOf } from '../../pages/report.ts';
import {
  type Burden,
  causesOf,
  count,
  ownersByWorst,
  problemsOf,
  registriesByWorst,
  shownSeverities,
} from '../overview.ts';
import { counted, type Row } from '../view.ts';
import { type Child, html, type Markup, tableOf } from './markup.ts';

/** How many registries are how bad, and how many findings there are. */
export function countsTable(report: Report, open: readonly Row<Failed>[]): Markup {
  const registries = registriesByWorst(report, open);
  const clean = registries.filter(({ rows }) => rows.length === 0).length;
  return tableOf(
    'Findings and registries by severity',
    ['', ...shownSeverities, 'clean'],
    [
      [
        'registries',
        ...shownSeverities.map((one) => tagged(one, registries.filter(({ rows }) => count(rows, one) > 0).length)),
        clean,
      ],
      ['findings', ...shownSeverities.map((one) => tagged(one, count(open, one))), ''],
    ],
  );
}

const tagged = (severity: string, number: number): Child =>
  number === 0 ? 0 : html`<span class="tag ${severity}">${number}</span>`;

/** Registries by area of checks: a word in each cell, shaded by the worst of it. */
export function matrix(
  report: Report,
  open: readonly Row<Failed>[],
  anchor: (subject: ReportSubject) => string,
): Markup {
  const registries = registriesByWorst(report, open);
  const there = areas.filter((area) =>
    report.checks.some((check) => check.area === area && check.scope === 'registry'),
  );
  const owned = registries.some(({ of }) => of.owner !== undefined);
  const areaOf = new Map(report.checks.map((check) => [check.id, check]));
  return tableOf(
    'Registries by area, worst first',
    ['registry', ...(owned ? ['owner'] : []), ...there],
    registries.map(({ of }) => [
      html`<a href="#${anchor(of)}">${of.name}</a>`,
      ...(owned ? [of.owner ?? ''] : []),
      ...there.map((area) => cell(of, area, areaOf)),
    ]),
  );
}

/** The worst of what is judged in an area of one registry. */
function cell(subject: ReportSubject, area: Area, checks: ReadonlyMap<string, Report['checks'][number]>): Child {
  const failures = subject.findings.flatMap((finding) => {
    const check = checks.get(finding.check);
    return finding.verdict === 'fail' && check?.area === area
      ? [{ severity: severityOf(finding, check), finding }]
      : [];
  });
  const failing = failures.filter(({ finding }) => !isAccepted(finding));
  const bad = ([...shownSeverities, 'info'] as const).flatMap((one) => {
    const number = count(failing, one);
    return number > 0 ? [html`<span class="tag ${one}">${number} ${one}</span> `] : [];
  });
  if (bad.length > 0) return bad;
  const verdicts = Object.entries(verdictsOf(subject)).flatMap(([id, verdict]) =>
    checks.get(id)?.area === area ? [verdict] : [],
  );
  if (verdicts.includes('error')) return html`<span class="tag unknown">broken</span>`;
  if (verdicts.includes('unknown')) return html`<span class="tag unknown">unknown</span>`;
  if (failures.length > 0) return 'accepted';
  return verdicts.includes('pass')
    ? html`<span class="tag pass">pass</span>`
    : html`<span class="faint">no need</span>`;
}

/** Each check that fails somewhere, with how often and where. */
export const problems = (open: readonly Row<Failed>[]): Markup =>
  tableOf(
    'What is wrong, worst first',
    ['problem', 'severity', 'where', 'check'],
    problemsOf(open).map(({ check, severity, rows }) => [
      check.problem,
      html`<span class="tag ${severity}">${severity}</span>`,
      `${rows.length}: ${firstNames(rows)}`,
      html`<code>${check.id}</code>`,
    ]),
  );

const mostNames = 6;

const firstNames = (rows: readonly Row[]): string => {
  const names = rows.slice(0, mostNames).map(({ subject }) => subject.name);
  return [...names, ...(rows.length > mostNames ? [`and ${rows.length - mostNames} more`] : [])].join(', ');
};

/** Findings that one change closes. */
export const causes = (open: readonly Row<Failed>[]): Child => {
  const found = causesOf(open);
  if (found.length === 0) return null;
  return tableOf(
    'One cause, many findings',
    ['cause', 'closes', 'by', 'where'],
    found.map(({ first, rows, commands }) => [
      first.finding.message,
      counted(rows.length, 'finding'),
      counted(commands, 'command'),
      firstNames(rows),
    ]),
  );
};

/** By the tag that names an owner. */
export function owners(registries: readonly Burden<ReportSubject>[]): Child {
  const found = ownersByWorst(registries);
  if (found.length === 0) return null;
  return tableOf(
    'By owner',
    ['owner', ...shownSeverities],
    found.map(({ of, rows }) => [of, ...shownSeverities.map((one) => tagged(one, count(rows, one)))]),
  );
}
