import type { ReportingDescriptor } from 'sarif';
import type { Severity } from '../model/check.ts';
import type { ReportCheck } from '../pages/report.ts';
import { blocksOf, listing, looksOf } from './blocks.ts';
import { atMost, fenced, inMarkdown, inSarif, visible } from './safe-text.ts';
import { sentence } from './view.ts';

/** What GitHub cuts (docs.github.com, "SARIF support for code scanning"). */
const limits = { description: 1024, name: 255, tags: 10 } as const;

export const level: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
};

/** GitHub's bands; the middle of each, because their edges are left open. No band fits `info`. */
const securitySeverity: Readonly<Record<Severity, string | null>> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '2.0',
  info: null,
};

const problemSeverity = { error: 'error', warning: 'warning', note: 'recommendation' } as const;

/** A check as a rule: its title is the problem, because GitHub shows it on top of an open alert. */
export function ruleOf(check: ReportCheck): ReportingDescriptor {
  const band = securitySeverity[check.severity];
  const [helpUri] = check.refs;
  return {
    id: check.id,
    name: atMost(pascal(check.id), limits.name),
    shortDescription: { text: atMost(inSarif(sentence(check.problem)), limits.description) },
    fullDescription: { text: atMost(inSarif(`${sentence(check.problem)} ${sentence(check.why)}`), limits.description) },
    help: helpOf(check),
    ...(helpUri === undefined ? {} : { helpUri }),
    defaultConfiguration: { level: level[check.severity] },
    properties: {
      tags: tagsOf(check),
      precision: 'very-high',
      'problem.severity': problemSeverity[level[check.severity]],
      ...(band === null ? {} : { 'security-severity': band }),
    },
  };
}

/** Ids of one framework share a tag where there would be more tags than GitHub keeps: `NIST AC-4, SC-7`. */
function tagsOf({ area, profile, frameworks }: ReportCheck): string[] {
  const own = ['security', 'azure', 'container-registry', area, `profile-${profile}`];
  const ids = frameworks.map(visible);
  if (own.length + ids.length <= limits.tags) return [...own, ...ids];
  const byFramework = new Map<string, string[]>();
  for (const id of ids) {
    const [, framework = id, control = ''] = /^(MCSB v1|MCSB|CIS Azure|NIST|ISO 27001) (.+)$/.exec(id) ?? [];
    byFramework.set(framework, [...(byFramework.get(framework) ?? []), control]);
  }
  return [
    ...own,
    ...[...byFramework].map(([framework, controls]) => `${framework} ${controls.join(', ')}`.trim()),
  ].slice(0, limits.tags);
}

const pascal = (id: string): string =>
  id.replace(/(?:^|-)(\w)/g, (_dash, letter: string) => letter.toUpperCase()).replace(/\W/g, '');

function helpOf(check: ReportCheck): { text: string; markdown: string } {
  const prose: [string, string][] = [
    ['Symptom', check.symptom],
    ['Root cause', check.cause],
    ['Risk', check.why],
  ];
  const confirm = looksOf(check.confirm);
  const fix = listing(blocksOf(check.fix, check.confirm));
  return {
    text: [
      ...prose.map(([name, text]) => `${name}: ${text}`),
      ...['Confirm (changes nothing):', ...confirm],
      `What the fix breaks: ${check.breaks}`,
      ...['Fix (bash):', ...fix],
      ...check.refs,
    ]
      .map(inSarif)
      .join('\n'),
    markdown: [
      ...prose.map(([name, text]) => `**${name}.** ${ownMarkdown(text)}`),
      `**Confirm** (changes nothing)\n\n${fenced(confirm)}`,
      `**What the fix breaks.** ${ownMarkdown(check.breaks)}`,
      `**Fix** (bash)\n\n${fenced(fix)}`,
      check.refs.map((ref) => `- ${link(ref)}`).join('\n'),
    ].join('\n\n'),
  };
}

/** The words of a check are ours: what stands in back-ticks stays code. */
const ownMarkdown = (text: string): string =>
  text
    .split(/(`[^`]+`)/)
    .map((part) => (/^`[^`]+`$/.test(part) ? visible(part) : inMarkdown(part)))
    .join('');

const link = (ref: string): string =>
  /^https:\/\/[\w./#?=&%~:+,@-]+$/.test(ref) ? `<${visible(ref)}>` : inMarkdown(ref);
