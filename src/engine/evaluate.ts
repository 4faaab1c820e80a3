import { hash } from 'node:crypto';
import { canonical } from '../model/canonical.ts';
import { type AnyCheck, type Severity, severities } from '../model/check.ts';
import { byText, distinct, idKey, tagOf } from '../model/ids.ts';
import type { Observations, Thing } from '../model/outcome.ts';
import type { Snapshot } from '../model/snapshot.ts';
import {
  type Finding,
  isAccepted,
  type Report,
  type ReportObservation,
  type ReportSubject,
  type ReportThing,
  reportSchema,
  type Verdict,
  verdicts,
} from '../pages/report.ts';
import { confirmSteps, factsOf, fixSteps, namedSteps, reportCheck } from './describe.ts';
import {
  inOrder,
  type Judged,
  type JudgedSubject,
  type Judging,
  judgeEach,
  type Subject,
  subjectsOf,
} from './judge-all.ts';
import { type Around, around, owed } from './owed.ts';
import { lostRegistries, unreadOf } from './unread.ts';
import { withoutPartLists } from './unread-entries.ts';
import { wordsOf } from './words.ts';

export type { Judging } from './judge-all.ts';

/** Pure: the same snapshot, checks and options always give the same report, in the same order. */
export const evaluate = (snapshot: Snapshot, judging: Judging): Report =>
  reported(judgeEach(snapshot, judging), snapshot, judging);

/** The text of verdicts. It judges nothing. */
export function reportOf(judged: readonly Judged[], snapshot: Snapshot, judging: Judging): Report {
  const keyOf = ({ kind, id }: Subject): string => `${kind} ${idKey(id)}`;
  const subjects = subjectsOf(snapshot);
  const bySubject = new Map<string, Judged[]>(subjects.map((subject) => [keyOf(subject), []]));
  for (const one of judged) bySubject.get(keyOf(one.subject))?.push(one);
  const each = subjects.map((subject) => ({ subject, judged: bySubject.get(keyOf(subject)) ?? [] }));
  return reported(each, snapshot, judging);
}

/** Each subject is told as soon as it is judged: what was worked out of it is at hand then, and gone with the next. */
function reported(each: Iterable<JudgedSubject>, snapshot: Snapshot, judging: Judging): Report {
  const { checks, profile, asked = {}, full = false, allowEmpty = false, ownerTag } = judging;
  const subjects: ReportSubject[] = [];
  let unread = false;
  for (const { subject, judged } of each) {
    unread ||= judged.some(({ outcome }) => outcome.verdict === 'unknown' && outcome.unseen === 'unread');
    // A subscription without registries is a subject where a check is about it.
    if (!subject.ofRegistries && judged.length === 0) continue;
    subjects.push(
      reportSubject(judged, around(subject, snapshot), subject, { full, overrides: asked.severity ?? {}, ownerTag }),
    );
  }
  const scopes = snapshot.subscriptions.map(({ id, name, registries }) => ({
    id,
    name,
    // A registry that is in the list and cannot be read is not seen.
    observed: withoutPartLists(registries).state === 'observed',
  }));
  const empty = snapshot.registries.length === 0 && !allowEmpty;
  const summary = summarise(subjects);
  return {
    schema: reportSchema,
    tool: { ...snapshot.tool, rules: judging.rules ?? newest(checks) },
    evaluatedAt: snapshot.collectedAt,
    cloud: snapshot.cloud.name,
    ...(snapshot.tenant === undefined ? {} : { tenant: snapshot.tenant }),
    profile,
    asked: {
      registries: snapshot.asked.registries,
      subscriptions: snapshot.asked.subscriptions,
      groups: snapshot.asked.groups,
      tags: snapshot.asked.tags,
      areas: asked.areas ?? [],
      checks: asked.checks ?? [],
      skips: asked.skips ?? [],
      optIns: snapshot.asked.optIns,
      options: asked.options ?? {},
      severity: asked.severity ?? {},
      plugins: asked.plugins ?? [],
      consumers: asked.consumers ?? [],
      partnerRegistries: asked.partnerRegistries ?? [],
      purposes: asked.purposes ?? [],
    },
    scopes,
    checks: inOrder(checks).map((check) => reportCheck(check, snapshot.cloud)),
    subjects,
    unread: [
      ...unreadOf(snapshot),
      ...(empty ? [{ what: 'registries', reason: 'none was found in what was looked in', missing: [] }] : []),
    ],
    complete:
      !empty &&
      summary.error === 0 &&
      scopes.every(({ observed }) => observed) &&
      lostRegistries(snapshot).length === 0 &&
      !unread,
    summary,
  };
}

/** The version of the rules is that of the newest check. */
const newest = (checks: readonly AnyCheck[]): string =>
  checks
    .map(({ since }) => since)
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .at(-1) ?? '1.0';

type Overrides = Readonly<Record<string, Severity>>;

interface Told {
  /** Passes and what does not apply as findings. */
  readonly full: boolean;
  readonly overrides: Overrides;
  readonly ownerTag: string | undefined;
}

function reportSubject(
  judged: readonly Judged[],
  owes: Around,
  subject: Subject,
  { full, overrides, ownerTag }: Told,
): ReportSubject {
  const inRest = ({ outcome: { verdict } }: Judged) => !full && (verdict === 'pass' || verdict === 'not-applicable');
  return {
    ...shown(subject, ownerTag),
    findings: judged
      .filter((one) => !inRest(one))
      .map((one) => ({ one, severity: overrides[one.check.id] ?? one.check.severity }))
      .sort(
        (a, b) =>
          verdicts.indexOf(a.one.outcome.verdict) - verdicts.indexOf(b.one.outcome.verdict) ||
          severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
          byText(a.one.check.id, b.one.check.id),
      )
      .map(({ one, severity }) => finding(one, severity, owes)),
    rest: restOf(judged.filter(inRest)),
  };
}

function shown(
  { id, kind, name, evidence: { registry } }: Subject,
  ownerTag: string | undefined,
): Omit<ReportSubject, 'findings' | 'rest'> {
  const known = kind === 'registry' && registry?.state === 'observed' ? registry.value : null;
  const owner = ownerTag !== undefined && known ? (tagOf(known.tags, ownerTag) ?? undefined) : undefined;
  return {
    id,
    kind,
    name,
    location: known?.location ?? null,
    sku: known?.sku ?? null,
    ...(owner === undefined ? {} : { owner }),
  };
}

function restOf(judged: readonly Judged[]): ReportSubject['rest'] {
  const ordered = judged.toSorted((a, b) => byText(a.check.id, b.check.id));
  return {
    pass: Object.fromEntries(
      ordered.flatMap(({ check, outcome }) =>
        outcome.verdict === 'pass' ? [[check.id, [...new Set(outcome.because.map(({ at }) => at))]]] : [],
      ),
    ),
    'not-applicable': Object.fromEntries(
      ordered.flatMap(({ check, outcome }) =>
        outcome.verdict === 'not-applicable' ? [[check.id, outcome.reason]] : [],
      ),
    ),
  };
}

const print = (...parts: readonly string[]): string => hash('sha256', parts.join('\0')).slice(0, 16);

function finding({ check, subject, outcome }: Judged, severity: Severity, owes: Around): Finding {
  const base = {
    check: check.id,
    ...(severity === check.severity ? {} : { severity }),
    fingerprint: print(check.id, idKey(subject.id)),
  };
  switch (outcome.verdict) {
    case 'error':
      return { ...base, verdict: 'error', reason: outcome.reason };
    case 'not-applicable':
      return { ...base, verdict: 'not-applicable', reason: outcome.reason };
    case 'unknown': {
      const { unseen, reason } = outcome;
      const missing = distinct(outcome.missing, ({ action, scope }) => `${action} ${idKey(scope)}`);
      return { ...base, verdict: 'unknown', unseen, reason, ...(missing.length > 0 ? { missing } : {}) };
    }
    case 'pass':
      return {
        ...base,
        verdict: 'pass',
        message: outcome.message ?? check.title,
        observations: observations(outcome.because, subject),
      };
    case 'fail':
      return {
        ...base,
        verdict: 'fail',
        message: outcome.message ?? check.problem,
        observations: observations(outcome.because, subject),
        confirm: namedSteps(confirmSteps(outcome.confirm ?? check.confirm), subject.names),
        fix: namedSteps(
          fixSteps(owed(outcome.steps ?? check.fix.steps, owes), factsOf(subject.evidence)),
          subject.names,
        ),
        ...(outcome.things ? { things: outcome.things.map((one) => thing(one, check, subject)) } : {}),
      };
  }
}

const thing = ({ thing, words }: Thing, check: AnyCheck, { id }: Subject): ReportThing => ({
  thing,
  words,
  fingerprint: print(check.id, idKey(id), thing),
});

const observations = (because: Observations, { evidence }: Subject): ReportObservation[] =>
  because.map((one) => ({
    at: one.at,
    saw: canonical(one.saw ?? null),
    wanted: canonical(one.wanted ?? null),
    words: wordsOf(one, evidence),
  }));

/** How many findings there are of each verdict; what is accepted counts as waived alone. */
export function summarise(subjects: readonly ReportSubject[]): Record<Verdict | 'waived', number> {
  const summary = { fail: 0, unknown: 0, error: 0, pass: 0, 'not-applicable': 0, waived: 0 };
  for (const { findings, rest } of subjects) {
    for (const one of findings) summary[one.verdict === 'fail' && isAccepted(one) ? 'waived' : one.verdict] += 1;
    summary.pass += Object.keys(rest.pass).length;
    summary['not-applicable'] += Object.keys(rest['not-applicable']).length;
  }
  return summary;
}
