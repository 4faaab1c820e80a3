import { checks } from '../../checks/index.ts';
import { reportCheck } from '../engine/describe.ts';
import { explainedBy } from '../explain/symptom.ts';
import type { AnyCheck, Query } from '../model/check.ts';
import type { Facet } from '../model/facets.ts';
import { shellWord } from '../model/shell.ts';
import { renderCheck } from '../report/check-page.ts';
import type { PageAsked } from './asked.ts';
import { cloudOfPage } from './cloud.ts';
import { UsageError } from './errors.ts';
import { didYouMean } from './nearest.ts';
import { tell, write } from './terminal.ts';

/** A topic that is no check: it says its part and gives the exit code. Loaded when it is asked for. */
type Page = (asked: PageAsked) => Promise<number>;
const pages: Readonly<Record<string, () => Promise<Page>>> = {
  path: async () => (await import('./explain-path.ts')).explainPath,
  access: async () => (await import('./explain-access.ts')).explainAccess,
  purge: async () => (await import('./explain-purge.ts')).explainPurge,
  symptom: async () => (await import('./explain-symptom.ts')).explainSymptom,
};

export async function runExplain(asked: PageAsked): Promise<number> {
  const { topic, json, style } = asked;
  const page = Object.hasOwn(pages, topic) ? pages[topic] : undefined;
  if (page) return (await page())(asked);
  const check = checks.find(({ id }) => id === topic);
  if (!check) throw unknownTopic(topic);
  if (asked.registry !== undefined) return explainFinding(check, asked, asked.registry);
  const queries: readonly Query[] = check.queries ?? [];
  const described = reportCheck(check, cloudOfPage(asked.asking));
  await (json
    ? write(process.stdout, `${JSON.stringify({ ...described, queries }, null, 2)}\n`)
    : tell(renderCheck(described, queries, style)));
  return 0;
}

/** One check on one registry: its own evidence, confirm and fix. 3: it could not be seen. */
async function explainFinding(check: AnyCheck, { asking, configFile, json, style }: PageAsked, registry: string) {
  const [{ evidence }, { declaredIn, loadConfig, partnersIn }, { evaluate }, { reporters }] = await Promise.all([
    import('./evidence.ts'),
    import('./config.ts'),
    import('../engine/evaluate.ts'),
    import('../report/index.ts'),
  ]);
  const config = loadConfig(configFile, process.cwd(), checks);
  const needed = [...check.needs, ...(check.evidence ?? []), ...(check.words ?? [])] as readonly Facet[];
  const snapshot = await evidence(asking, needed, declaredIn(config));
  if (snapshot.registries.length > 1)
    throw new UsageError(`several registries are called '${registry}'`, 'name one by its resource id');
  const report = evaluate(snapshot, {
    checks: [check],
    profile: check.profile,
    full: true,
    asked: {
      checks: [check.id],
      options: config.options ?? {},
      consumers: declaredIn(config),
      partnerRegistries: partnersIn(config),
      purposes: config.purposes ?? [],
    },
  });
  await (json ? write(process.stdout, reporters.json(report, style)) : tell(reporters.table(report, style)));
  return report.complete ? 0 : 3;
}

/** The nearest check or page; else what somebody sees, which the checks know by its text. */
function unknownTopic(topic: string): UsageError {
  const near = didYouMean(topic, [...Object.keys(pages), ...checks.map(({ id }) => id)]);
  const [explained] = explainedBy(topic, checks);
  const symptom = `acr-audit explain symptom ${shellWord(topic)}`;
  const advice = explained
    ? `as something that you see: ${symptom}`
    : `acr-audit checks lists them all; of what you see: ${symptom}`;
  return new UsageError(`there is no check '${topic}'`, near ?? advice);
}
