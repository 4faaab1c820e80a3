import { severities } from '../model/check.ts';
import { type Failed, type Finding, isAccepted, type Report, saidBy } from '../pages/report.ts';
import { blocksOf, listing, looksOf, undoOf } from './blocks.ts';
import { hiddenFindings } from './filter.ts';
import { count, openFailures, problemsOf } from './overview.ts';
import { fenced, inHtml, inMarkdown } from './safe-text.ts';
import {
  accepted,
  counted,
  gaps,
  grouped,
  missingText,
  ofVerdict,
  overridden,
  type Row,
  rowsOf,
  whereabouts,
} from './view.ts';

/** A job summary may hold 1 MiB; the rest of it belongs to other steps. In UTF-16 units, of which few are longer. */
const lettersForSubjects = 500_000;

/** For job summaries and issues: the counts, what could not be seen, then each registry that has something open. */
export function markdown(report: Report): string {
  const groups = [...grouped(rowsOf(report).filter(isOpen), ({ subject }) => subject.id).values()];
  const sections: string[] = [];
  let free = lettersForSubjects;
  for (const group of groups) {
    const section = subjectSection(report, group);
    if (section.length > free) break;
    free -= section.length;
    sections.push(section);
  }
  const left = groups.length - sections.length;
  return `${[
    '## Azure Container Registry posture',
    countsTable(report),
    ...byCheck(report),
    ...incomplete(report),
    ...sections,
    ...(left > 0
      ? [`${counted(left, 'more subject')} with open findings left out here: the summary may not be longer.`]
      : []),
  ].join('\n\n')}\n`;
}

const isOpen = ({ finding: { verdict } }: Row): boolean => verdict !== 'pass' && verdict !== 'not-applicable';

const columns: readonly (keyof Report['summary'])[] = ['fail', 'waived', 'unknown', 'error', 'pass', 'not-applicable'];

function countsTable(report: Report): string {
  const hidden = hiddenFindings(report);
  return [
    row(columns.map((column) => (column === 'waived' ? 'accepted' : column))),
    row(columns.map(() => '---:')),
    row(columns.map((verdict) => String(report.summary[verdict]))),
    ...(hidden > 0 ? ['', `${counted(hidden, 'finding')} not shown: a filter is set.`] : []),
  ].join('\n');
}

/** Of all registries, also of those for which there is no place below. */
function byCheck(report: Report): string[] {
  const open = openFailures(rowsOf(report));
  if (open.length === 0) return [];
  const counts = severities.filter((one) => count(open, one) > 0).map((one) => `${count(open, one)} ${one}`);
  return [
    `**${counts.join(', ')}**`,
    [
      row(['severity', 'what is wrong', 'where', 'check']),
      row(['---', '---', '---:', '---']),
      ...problemsOf(open).map(({ check, severity, rows }) =>
        row([severity, inMarkdown(check.problem), String(rows.length), inMarkdown(check.id)]),
      ),
    ].join('\n'),
  ];
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

function incomplete(report: Report): string[] {
  if (report.complete) return [];
  const unseen = gaps(report);
  return [
    [
      `**Incomplete: ${counted(unseen.length, 'thing')} could not be seen.**`,
      '',
      ...unseen.map(({ what, missing }) => `- ${inMarkdown([what, ...missing.map(missingText)].join('; '))}`),
    ].join('\n'),
  ];
}

function subjectSection(report: Report, open: readonly Row[]): string {
  const [first] = open;
  if (!first) return '';
  const { subject } = first;
  return [
    `### ${inMarkdown(subject.name)}`,
    inMarkdown(whereabouts(report, subject).join(' · ')),
    [
      row(['verdict', 'severity', 'check', 'what']),
      row(['---', '---', '---', '---']),
      ...open.map(({ finding, severity, check }) =>
        row([verdictOf(finding), severity, inMarkdown(check.id), inMarkdown(saidBy(finding))]),
      ),
    ].join('\n'),
    ...ofVerdict(open, 'fail').map(mending),
  ].join('\n\n');
}

/** What is accepted fails no more; it is there only where somebody asks for it. */
const verdictOf = (finding: Finding): string =>
  finding.verdict === 'fail' && isAccepted(finding) ? 'accepted' : finding.verdict;

function mending(failure: Row<Failed>): string {
  const { check, finding } = failure;
  const { observations, confirm, fix, breaks } = finding;
  const [severity, why] = [overridden(failure), accepted(finding)];
  const looks = looksOf(confirm);
  const { lines: undo, finals } = undoOf(fix, confirm);
  return [
    `<details><summary>${inHtml(check.id)}</summary>`,
    ...(severity === null ? [] : [`Severity: ${severity}`]),
    ...(why === null ? [] : [`Accepted: ${inMarkdown(why)}`]),
    ...(observations.length > 0 ? [observations.map(({ words }) => `- ${inMarkdown(words)}`).join('\n')] : []),
    `Symptom: ${inMarkdown(check.symptom)}`,
    `Cause: ${inMarkdown(check.cause)}`,
    ...(looks.length > 0 ? [`See it yourself:\n\n${fenced(looks)}`] : []),
    `**BREAKS** ${inMarkdown(breaks ?? check.breaks)}`,
    ...(fix.length > 0 ? [`Fix (bash):\n\n${fenced(listing(blocksOf(fix, confirm)))}`] : []),
    ...(undo.length > 0 ? [`Undo:\n\n${fenced(undo)}`] : []),
    ...(finals.length > 0 ? [`No undo: ${inMarkdown(finals.join(' '))}`] : []),
    '</details>',
  ].join('\n\n');
}
