import { readFileSync } from 'node:fs';
import { checks } from '../../checks/index.ts';
import { evaluate } from '../engine/evaluate.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { PlanPage } from '../pages/plan.ts';
import { planOf } from '../plan/plan.ts';
import { planJson, planMarkdown, planSummary, renderPlan } from '../report/plan.ts';
import { planBash, planPowerShell } from '../report/plan-script.ts';
import type { PlanAsked } from './asked.ts';
import { declaredIn, loadConfig, partnersIn } from './config.ts';
import { UsageError } from './errors.ts';
import { evidence } from './evidence.ts';
import { nearest } from './nearest.ts';
import { selectChecks } from './select.ts';
import { answer } from './terminal.ts';

/** Reads, judges and plans. 0: everything can be run; 1: something is left for a person; 3: not all could be read. */
export async function runPlan(asked: PlanAsked): Promise<0 | 1 | 3> {
  const { asking, choice, configFile, only, until, onlySafe, format, style } = asked;
  const unknown = only.find((id) => !checks.some((check) => check.id === id));
  if (unknown !== undefined)
    throw new UsageError(
      `there is no check '${unknown}'`,
      `did you mean ${nearest(
        unknown,
        checks.map(({ id }) => id),
      ).join(' or ')}?`,
    );
  const config = loadConfig(configFile, process.cwd(), checks);
  const profile = choice.profile ?? config.profile ?? 'recommended';
  const chosen = selectChecks(checks, { ...choice, profile });
  const answers = { ...(asked.answersFile === null ? {} : answersOf(asked.answersFile)), ...asked.answers };
  const snapshot = await evidence(
    asking,
    [...chosen.flatMap((check) => [...check.needs, ...(check.evidence ?? []), ...(check.words ?? [])]), 'policies'],
    declaredIn(config),
  );
  const judging = {
    checks: chosen,
    profile,
    asked: { options: config.options ?? {}, partnerRegistries: partnersIn(config), purposes: config.purposes ?? [] },
  };
  const page = planOf(snapshot, judging, { answers, only, until, onlySafe });
  await answer(format, textOf(page, format, style));
  if (format === 'sh' || format === 'ps1') process.stderr.write(`${planSummary(page)}\n`);
  if (page.left.length > 0 || page.opened.length > 0 || page.steps.some(({ state }) => state !== 'runs')) return 1;
  return evaluate(snapshot, judging).complete && !isDenied(page, snapshot) ? 0 : 3;
}

/** Policies that could not be read are missing evidence; a subscription that was not asked for is none. */
const isDenied = ({ unseen }: PlanPage, { subscriptions }: Snapshot): boolean =>
  unseen.length > 0 &&
  subscriptions.some(({ facets: { policies } }) => policies?.state === 'denied' || policies?.state === 'unreadable');

function textOf(page: PlanPage, format: PlanAsked['format'], style: PlanAsked['style']): string {
  if ((format === 'sh' || format === 'ps1') && page.opened.length > 0)
    throw new UsageError(
      `this plan would make new findings: ${page.opened.map(({ check, registry }) => `${check} of ${registry}`).join(', ')}`,
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

function answersOf(file: string): Readonly<Record<string, string>> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(
      `the answers in ${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      '{"subnet-id": "/subscriptions/…"}',
    );
  }
  if (typeof parsed !== 'object' || parsed === null || Object.values(parsed).some((value) => typeof value !== 'string'))
    throw new UsageError(`the answers in ${file} are no texts by question`, '{"subnet-id": "/subscriptions/…"}');
  return parsed as Readonly<Record<string, string>>;
}
