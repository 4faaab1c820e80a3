import { checks } from '../../checks/index.ts';
import { accept } from '../engine/acceptance.ts';
import { evaluate } from '../engine/evaluate.ts';
import type { Config } from '../model/config.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { PlanFinding, PlanPage } from '../pages/plan.ts';
import { isAccepted, type Report } from '../pages/report.ts';
import { planOf } from '../plan/plan.ts';
import { planJson, planMarkdown, planSummary, renderPlan } from '../report/plan.ts';
import { planBash, planPowerShell } from '../report/plan-script.ts';
import type { PlanAsked } from './asked.ts';
import { declaredIn, loadConfig } from './config.ts';
import { withoutIgnored } from './coverage.ts';
import { inOneLine, UsageError } from './errors.ts';
import { evidence } from './evidence.ts';
import { type Chosen, chosenBy, judgingBy } from './judged-report.ts';
import { answersIn, forRegistries } from './plan-answers.ts';
import { namedIds } from './select.ts';
import { answer } from './terminal.ts';

/** Reads, judges and plans. 0: everything can be run; 1: something is left for a person; 3: not all could be read. */
export async function runPlan(asked: PlanAsked): Promise<0 | 1 | 3> {
  const { asking, configFile, until, onlySafe, format, style } = asked;
  const only = namedIds(checks, asked.only);
  const answers = answersIn(asked.set, asked.answersFile, checks);
  const config = loadConfig(configFile, process.cwd(), checks);
  const by = chosenFor(only, asked.choice, config);
  const read = await evidence(
    asking,
    [...by.chosen.flatMap((check) => [...check.needs, ...(check.evidence ?? []), ...(check.words ?? [])]), 'policies'],
    declaredIn(config),
  );
  const { snapshot, words } = withoutIgnored(read, config.coverage);
  forRegistries(answers, snapshot);
  const judging = judgingBy(config, by, asked.choice);
  const report = evaluate(snapshot, judging);
  const accepted = acceptedIn(report, snapshot, config);
  const page = planOf(snapshot, judging, { answers, only, until, onlySafe, accepted });
  await answer(format, textOf(page, format, style));
  for (const line of [
    ...(format === 'sh' || format === 'ps1' ? [planSummary(page)] : []),
    ...words,
    ...(accepted.length > 0 ? [`left out, as the configuration accepts them: ${accepted.map(named).join(', ')}`] : []),
  ])
    process.stderr.write(`${inOneLine(line)}\n`);
  if (page.left.length > 0 || page.opened.length > 0 || page.steps.some(({ state }) => state !== 'runs')) return 1;
  return report.complete && !isDenied(page, snapshot) ? 0 : 3;
}

/** Naming a check with `--for` chooses it whatever the profile, as with `--check`. */
function chosenFor(only: readonly string[], choice: PlanAsked['choice'], config: Config): Chosen {
  const by = chosenBy(choice, config);
  const others = only.filter((id) => !by.chosen.some((check) => check.id === id));
  if (others.length === 0) return by;
  const more = chosenBy({ ...choice, check: others }, config).chosen;
  const [left] = choice.check.length > 0 ? others : others.filter((id) => !more.some((check) => check.id === id));
  if (left !== undefined)
    throw new UsageError(
      `--for ${left} names a check that --check, --skip, --area or the configuration leaves out`,
      'leave one of them out',
    );
  return { ...by, chosen: checks.filter((check) => by.chosen.includes(check) || more.includes(check)) };
}

/** Failures that waivers accept as a whole: nobody wants them mended. */
const acceptedIn = (report: Report, snapshot: Snapshot, { waivers = [] }: Config): PlanFinding[] =>
  accept(report, snapshot, { waivers, baseline: new Set() }).report.subjects.flatMap(({ name, findings }) =>
    findings.flatMap((one) =>
      one.verdict === 'fail' && isAccepted(one) ? [{ check: one.check, registry: name }] : [],
    ),
  );

const named = ({ check, registry }: PlanFinding): string => `${check} of ${registry}`;

/** Policies that could not be read are missing evidence; a subscription that was not asked for is none. */
const isDenied = ({ unseen }: PlanPage, { subscriptions }: Snapshot): boolean =>
  unseen.length > 0 &&
  subscriptions.some(({ facets: { policies } }) => policies?.state === 'denied' || policies?.state === 'unreadable');

function textOf(page: PlanPage, format: PlanAsked['format'], style: PlanAsked['style']): string {
  if ((format === 'sh' || format === 'ps1') && page.opened.length > 0)
    throw new UsageError(
      `this plan would make new findings: ${page.opened.map(named).join(', ')}`,
      'acr-audit plan shows its steps; --for chooses among them',
    );
  switch (format) {
    case 'json':
      return planJson(page);
    case 'markdown':
      return planMarkdown(page);
    case 'sh':
      return planBash(page);
    case 'ps1':
      return planPowerShell(page);
    case 'table':
      return renderPlan(page, { ...style, quiet: false });
  }
}
