import { type FilePlace, isOpenFailure, type Report, saidBy } from '../pages/report.ts';
import { atMost, visible } from './safe-text.ts';
import { level } from './sarif-rule.ts';
import { counted, gaps, missingText, ofVerdict, type Row, rowsOf, worstFirst } from './view.ts';

/** What a pipeline shows beside a run. */
export interface Annotation {
  readonly level: Level;
  readonly title: string;
  readonly text: string;
  readonly code?: string;
  readonly place?: FilePlace;
}

export type Level = 'error' | 'warning' | 'note';

/** GitHub and Azure Pipelines show ten of a level and drop the others without a word. */
const most = 10;
const longest = { title: 200, text: 2_000 } as const;

/**
 * What breaks a check or fails, worst first, and what could not be seen: as many as are shown. Where there are more, the
 * last one, of level `tail`, counts them. `as` gives the level that the pipeline has for each of ours.
 */
export function annotations(report: Report, tail: Level, as: (level: Level) => Level = (own) => own): Annotation[] {
  const rows = rowsOf(report);
  const all = [
    ...ofVerdict(rows, 'error').map((row) => annotation(row, 'error', 'the check broke')),
    ...unseen(report),
    ...ofVerdict(rows, 'fail')
      .filter(({ finding }) => isOpenFailure(finding))
      .sort(worstFirst)
      .map((row) => annotation(row, as(level[row.severity]), `${row.severity}: ${row.check.problem}`)),
  ];
  const ofLevel = (wanted: Level) => all.filter((one) => one.level === wanted);
  const levels = ['error', 'warning', 'note'] as const;
  if (levels.every((one) => ofLevel(one).length <= most)) return levels.flatMap(ofLevel);
  const shown = levels.map((one) => ofLevel(one).slice(0, one === tail ? most - 1 : most));
  const left = levels.flatMap((one, index) => {
    const more = ofLevel(one).length - (shown[index]?.length ?? 0);
    return more > 0 ? [counted(more, `more ${one === 'note' ? 'notice' : one}`)] : [];
  });
  const count = { level: tail, title: 'acr-audit', text: `${left.join(', ')} not shown here` };
  return [...shown.flat(), count];
}

function annotation({ subject, check, finding }: Row, level: Level, title: string): Annotation {
  const place =
    finding.verdict === 'fail'
      ? [...(finding.things ?? []), ...finding.observations].find((one) => one.place !== undefined)?.place
      : undefined;
  return {
    level,
    title: atMost(visible(title), longest.title),
    text: atMost(visible(`${subject.name}: ${saidBy(finding)} (acr-audit explain ${check.id})`), longest.text),
    code: check.id,
    ...(place ? { place } : {}),
  };
}

function unseen(report: Report): Annotation[] {
  if (report.complete) return [];
  const words = gaps(report).map(({ what, missing }) => [what, ...missing.map(missingText)].join('; '));
  const text = words.length > 0 ? words.join(' | ') : 'not all that was asked for was found';
  return [{ level: 'warning', title: 'Incomplete: not all could be seen', text: atMost(visible(text), longest.text) }];
}
