import { hash } from 'node:crypto';
import { canonical } from '../model/canonical.ts';
import { type AnyCheck, type Profile, type Purpose, severities } from '../model/check.ts';
import type { Evidence } from '../model/evidence.ts';
import { type Facet, facets } from '../model/facets.ts';
import { byId, byText, idKey, subscriptionGuid } from '../model/ids.ts';
import { notApplicable } from '../model/outcome.ts';
import { type Finding, type Report, type ReportSubject, reportSchema, type Verdict } from '../model/report.ts';
import type { RegistryEntry, Snapshot, SubscriptionEntry } from '../model/snapshot.ts';
import { type Placeholders, placeholdersOf, printable, reportCheck, textOf } from './describe.ts';
import { type Given, type Judgement, judge, type Lookup } from './judge.ts';
import { withoutPartLists } from './unread-entries.ts';

export interface Judging {
  readonly checks: readonly AnyCheck[];
  readonly profile: Profile;
  /** How the choice of checks was narrowed, in the user's words. */
  readonly narrowed?: readonly string[];
  /** By check id. */
  readonly options?: Readonly<Record<string, Given>>;
  readonly partnerRegistries?: readonly string[];
  readonly purposes?: readonly Purpose[];
}

interface Subject {
  readonly shown: ReportSubject;
  readonly lookup: Lookup;
  readonly names: Placeholders;
}

/** Pure: the same snapshot, checks and options always give the same report, in the same order. */
export function evaluate(snapshot: Snapshot, judging: Judging): Report {
  const { checks, profile, options = {}, narrowed = [], partnerRegistries = [], purposes = [] } = judging;
  const ordered = [...checks].sort(
    (a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity) || byText(a.id, b.id),
  );
  const context = { now: snapshot.collectedAt, cloud: snapshot.cloud, partnerRegistries, purposes };
  const subjects = subjectsOf(snapshot);
  const findings = subjects.flatMap((subject) => {
    const own = ordered.filter((check) => (check.scope ?? 'registry') === subject.shown.kind);
    const judgements = new Map<AnyCheck, Judgement>();
    const judged = (check: AnyCheck): Judgement => {
      const before = judgements.get(check);
      if (before) return before;
      // What asks for the others is not one of them.
      judgements.set(check, underWay);
      const judgement = judge(check, subject.lookup, { ...context, outOfReach }, options[check.id]);
      judgements.set(check, judgement);
      return judgement;
    };
    const outOfReach = () => own.filter((check) => isOutOfReach(judged(check))).map((check) => check.id);
    return own.map((check) => finding(check, subject, judged(check)));
  });
  const scopes = snapshot.subscriptions.map(({ id, name, registries: listed }) => {
    // A registry that is in the list and cannot be read is not seen.
    const registries = withoutPartLists(listed);
    return {
      id,
      name,
      observed: registries.state === 'observed',
      reason: registries.state === 'observed' ? null : registries.reason,
      missing: registries.state === 'observed' ? [] : registries.missing,
    };
  });
  const summary = summarise(findings);
  return {
    schema: reportSchema,
    tool: snapshot.tool,
    evaluatedAt: snapshot.collectedAt,
    cloud: snapshot.cloud.name,
    profile,
    asked: {
      registries: snapshot.asked.registries,
      resourceGroups: snapshot.asked.groups,
      tags: snapshot.asked.tags,
      checks: narrowed,
    },
    complete: summary.unknown === 0 && summary.error === 0 && scopes.every((scope) => scope.observed),
    scopes,
    subjects: subjects.map((subject) => subject.shown),
    checks: ordered.map(reportCheck),
    findings,
    summary,
  };
}

const underWay = notApplicable('it is being judged');

const isOutOfReach = (judgement: Judgement): boolean =>
  judgement.verdict === 'not-applicable' && judgement.bySku === true;

/** Every registry, and every subscription that holds one of them: a plan bought per subscription is one finding. */
function subjectsOf(snapshot: Snapshot): Subject[] {
  const subscriptions = new Map(snapshot.subscriptions.map((entry) => [idKey(entry.id), entry]));
  const holding = new Set(snapshot.registries.map((registry) => idKey(registry.subscription)));
  return [
    ...snapshot.subscriptions
      .filter((entry) => holding.has(idKey(entry.id)))
      .map((entry) => ofSubscription(snapshot, entry)),
    ...[...snapshot.registries]
      .sort(byId)
      .map((entry) => ofRegistry(snapshot, entry, subscriptions.get(idKey(entry.subscription)))),
  ];
}

function ofSubscription(snapshot: Snapshot, entry: SubscriptionEntry): Subject {
  return {
    shown: { id: entry.id, kind: 'subscription', name: entry.name ?? entry.id, location: null, sku: null },
    lookup: lookupIn({ ...snapshot.shared, ...entry.facets }),
    names: { subscription: subscriptionGuid(entry.id) },
  };
}

function ofRegistry(snapshot: Snapshot, entry: RegistryEntry, subscription: SubscriptionEntry | undefined): Subject {
  const { registry } = entry.facets;
  const known = registry?.state === 'observed' ? registry.value : null;
  return {
    shown: {
      id: entry.id,
      kind: 'registry',
      name: entry.name,
      location: known?.location ?? null,
      sku: known?.sku ?? null,
    },
    lookup: lookupIn({ ...snapshot.shared, ...subscription?.facets, ...entry.facets }),
    names: placeholdersOf(entry),
  };
}

function lookupIn(evidence: { readonly [F in Facet]?: Evidence<unknown> }): Lookup {
  return (facet) => (Object.hasOwn(facets, facet) ? evidence[facet] : undefined);
}

function finding(check: AnyCheck, { shown, names }: Subject, judgement: Judgement): Finding {
  const base = {
    check: check.id,
    subject: shown.id,
    severity: check.severity,
    verdict: judgement.verdict,
    fingerprint: hash('sha256', `${check.id}\0${idKey(shown.id)}`).slice(0, 16),
    waived: null,
  };
  if (judgement.verdict !== 'pass' && judgement.verdict !== 'fail') {
    const missing = judgement.verdict === 'unknown' ? judgement.missing : [];
    return {
      ...base,
      message: judgement.reason,
      reason: judgement.reason,
      missing,
      observations: [],
      confirm: [],
      fix: [],
    };
  }
  const failed = judgement.verdict === 'fail';
  const steps = failed ? (judgement.steps ?? check.fix.steps) : [];
  return {
    ...base,
    message: judgement.message ?? (failed ? check.problem : check.title),
    reason: null,
    missing: [],
    observations: judgement.because.map(({ at, about, saw, wanted }) => ({
      at,
      about: about ?? null,
      saw: canonical(saw ?? null),
      wanted: canonical(wanted ?? null),
    })),
    confirm: failed ? (judgement.confirm ?? check.confirm).map((command) => printable(command, names)) : [],
    fix: steps.map((step) => printable(textOf(step), names)),
  };
}

function summarise(findings: readonly Finding[]): Record<Verdict | 'waived', number> {
  const summary = { pass: 0, fail: 0, unknown: 0, 'not-applicable': 0, error: 0, waived: 0 };
  for (const { verdict } of findings) summary[verdict] += 1;
  return summary;
}
