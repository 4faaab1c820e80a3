import type { Finding, Report, Verdict } from '../model/report.ts';
import { hiddenFindings } from './filter.ts';
import { fenced, inHtml, inMarkdown } from './safe-text.ts';
import {
  bySubject,
  checkOf,
  counted,
  type Group,
  gaps,
  missingText,
  observationText,
  pasteable,
  whereabouts,
} from './view.ts';

/** A job summary may hold 1 MiB; the rest of it belongs to other steps. In UTF-16 units, of which few are longer. */
const roomForSubjects = 500_000;

/** For job summaries and issues: the counts, what could not be seen, then each registry that has something open. */
export function markdown(report: Report): string {
  const groups = bySubject(report).filter(({ findings }) => findings.some(isOpen));
  const sections: string[] = [];
  let room = roomForSubjects;
  for (const group of groups) {
    const section = subjectSection(report, group);
    if (section.length > room) break;
    room -= section.length;
    sections.push(section);
  }
  const left = groups.length - sections.length;
  return `${[
    '## Azure Container Registry posture',
    countsTable(report),
    ...incomplete(report),
    ...sections,
    ...(left > 0 ? [`${counted(left, 'more subject')} with open findings left out here for lack of room.`] : []),
  ].join('\n\n')}\n`;
}

const isOpen = ({ verdict }: Finding): boolean => verdict !== 'pass' && verdict !== 'not-applicable';

const columns: readonly Verdict[] = ['fail', 'unknown', 'error', 'pass', 'not-applicable'];

function countsTable(report: Report): string {
  const hidden = hiddenFindings(report);
  return [
    row(columns),
    row(columns.map(() => '---:')),
    row(columns.map((verdict) => String(report.summary[verdict]))),
    ...(hidden > 0 ? ['', `${counted(hidden, 'finding')} not shown: a filter is set.`] : []),
  ].join('\n');
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

function subjectSection(report: Report, { subject, findings }: Group): string {
  const open = findings.filter(isOpen);
  return [
    `### ${inMarkdown(subject.name)}`,
    inMarkdown(whereabouts(report, subject).join(' · ')),
    [
      row(['verdict', 'severity', 'check', 'what']),
      row(['---', '---', '---', '---']),
      ...open.map(({ verdict, severity, check, message }) =>
        row([verdict, severity, inMarkdown(check), inMarkdown(message)]),
      ),
    ].join('\n'),
    ...open.filter(({ verdict }) => verdict === 'fail').map((finding) => mending(report, finding)),
  ].join('\n\n');
}

function mending(report: Report, { check: id, observations, confirm, fix }: Finding): string {
  const check = checkOf(report, id);
  return [
    `<details><summary>${inHtml(id)}</summary>`,
    ...(observations.length > 0
      ? [observations.map((observation) => `- ${inMarkdown(observationText(observation))}`).join('\n')]
      : []),
    ...(check ? [`Symptom: ${inMarkdown(check.symptom)}`, `Cause: ${inMarkdown(check.cause)}`] : []),
    ...(confirm.length > 0 ? [`See it yourself:\n\n${fenced(confirm)}`] : []),
    ...(fix.length > 0 ? [`Fix:\n\n${fenced(fix.map(pasteable))}`] : []),
    ...(check ? [`What the fix breaks: ${inMarkdown(check.fix.breaks)}`] : []),
    '</details>',
  ].join('\n\n');
}
