import { type AnyCheck, type Profile, severities } from '../model/check.ts';
import type { Skip } from '../model/config.ts';
import type { Facet } from '../model/facets.ts';
import { facets } from '../model/facets.ts';
import { byId, byText, idKey, subscriptionGuid } from '../model/ids.ts';
import { notApplicable } from '../model/outcome.ts';
import {
  type AllEvidence,
  evidenceFor,
  evidenceOfSubscription,
  isNarrowed,
  type RegistryEntry,
  type Snapshot,
  type SubscriptionEntry,
} from '../model/snapshot.ts';
import type { ReportAsked } from '../pages/report.ts';
import { type Placeholders, placeholdersOf } from './describe.ts';
import { inCloud } from './in-cloud.ts';
import { type Judgement, judge, type Lookup } from './judge.ts';
import { skippedFor, type Whereabouts, whereaboutsIn } from './whereabouts.ts';

/** By what a snapshot is judged. */
export interface Judging {
  readonly checks: readonly AnyCheck[];
  readonly profile: Profile;
  /** The version of the rules; without one, that of the newest check. */
  readonly rules?: string;
  /** What the user chose besides what is in the snapshot. The options and the overrides in it are judged by. */
  readonly asked?: Partial<Omit<ReportAsked, 'registries' | 'subscriptions' | 'groups' | 'tags' | 'optIns'>>;
  /** Checks that the configuration leaves out on some registries. */
  readonly skip?: readonly Skip[];
  /** The tag of a registry that names its owner. */
  readonly ownerTag?: string;
  /** Passes and what does not apply as findings, with what was seen. */
  readonly full?: boolean;
  /** A scan that finds no registry is complete. */
  readonly allowEmpty?: boolean;
}

/** What is judged: a registry, or a subscription. */
export interface Subject {
  readonly id: string;
  readonly kind: 'registry' | 'subscription';
  readonly name: string;
  readonly evidence: AllEvidence;
  /** Whether a registry is judged here: the registry itself, or one of the subscription. */
  readonly ofRegistries: boolean;
  /** What commands are filled in with. */
  readonly names: Placeholders;
}

/** One check applied to one subject, before any text is made of it. */
export interface Judged {
  readonly subject: Subject;
  readonly check: AnyCheck;
  readonly outcome: Judgement;
}

/** Worst first, and by id: the order of checks in every report. */
export const inOrder = (checks: readonly AnyCheck[]): AnyCheck[] =>
  [...checks].sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity) || byText(a.id, b.id));

/** All verdicts on one subject, in the order of checks. */
export interface JudgedSubject {
  readonly subject: Subject;
  readonly judged: readonly Judged[];
}

/** Every check on every subject it is about, in the order of subjects and then of checks. Pure. */
export const judgeAll = (snapshot: Snapshot, judging: Judging): Judged[] =>
  [...judgeEach(snapshot, judging)].flatMap(({ judged }) => judged);

/** The same, one subject at a time. */
export function* judgeEach(snapshot: Snapshot, { checks, asked = {}, skip = [] }: Judging): Generator<JudgedSubject> {
  const { options = {}, partnerRegistries = [], purposes = [] } = asked;
  const context = { now: snapshot.collectedAt, cloud: snapshot.cloud, partnerRegistries, purposes };
  const ordered = inOrder(checks).map((check) => inCloud(check, snapshot.cloud));
  const where = skip.length > 0 ? whereaboutsIn(snapshot) : new Map<string, Whereabouts>();
  const skipped = (check: AnyCheck, subject: Subject): Judgement | null => {
    const at = where.get(idKey(subject.id));
    const reason = at ? skippedFor(skip, check.id, at) : null;
    return reason === null ? null : notApplicable(`the configuration skips it: ${reason}`);
  };
  for (const subject of subjectsOf(snapshot)) {
    const judged = ordered
      .filter((check) => isFor(check, subject))
      .map((check) => ({
        subject,
        check,
        outcome:
          skipped(check, subject) ??
          judge(check, lookupIn(subject.evidence), { ...context, subject: subject.id }, options[check.id]),
      }));
    yield { subject, judged: judged.map((one) => withLastWords(one, judged)) };
  }
}

/** A failure with what the other verdicts on the same subject add to it. */
function withLastWords(one: Judged, all: readonly Judged[]): Judged {
  if (!one.check.lastWords || one.outcome.verdict !== 'fail') return one;
  const others = new Map(
    all.flatMap(({ check, outcome }) => (outcome.verdict === 'error' ? [] : [[check.id, outcome] as const])),
  );
  const message = one.check.lastWords(one.outcome, others);
  return message === undefined ? one : { ...one, outcome: { ...one.outcome, message } };
}

/** A plan that is bought for registries is no finding of a subscription that holds none; where its networks lead is. */
const isFor = ({ scope = 'registry', needs }: AnyCheck, { kind, ofRegistries }: Subject): boolean =>
  scope === kind && (ofRegistries || (needs as readonly Facet[]).every((facet) => facets[facet].everywhere === true));

/** Every registry, and every subscription; of a narrowed scan those that hold one of its registries. */
export function subjectsOf(snapshot: Snapshot): Subject[] {
  const holding = new Set(snapshot.registries.map((registry) => idKey(registry.subscription)));
  const narrowed = isNarrowed(snapshot.asked);
  return [
    ...snapshot.subscriptions
      .map((entry) => ofSubscription(snapshot, entry, holding.has(idKey(entry.id))))
      .filter(({ ofRegistries }) => ofRegistries || !narrowed)
      .sort(byId),
    ...snapshot.registries.toSorted(byId).map((entry) => ofRegistry(snapshot, entry)),
  ];
}

const ofSubscription = (snapshot: Snapshot, entry: SubscriptionEntry, ofRegistries: boolean): Subject => ({
  id: entry.id,
  kind: 'subscription',
  name: entry.name ?? entry.id,
  evidence: evidenceOfSubscription(snapshot, entry),
  ofRegistries,
  names: { subscription: subscriptionGuid(entry.id) },
});

const ofRegistry = (snapshot: Snapshot, entry: RegistryEntry): Subject => ({
  id: entry.id,
  kind: 'registry',
  name: entry.name,
  evidence: evidenceFor(snapshot, entry),
  ofRegistries: true,
  names: placeholdersOf(entry),
});

const lookupIn =
  (evidence: AllEvidence): Lookup =>
  (facet: Facet) =>
    Object.hasOwn(facets, facet) ? evidence[facet] : undefined;
