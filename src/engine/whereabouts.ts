import type { Skip, WaiverRule } from '../model/config.ts';
import { hasTag, idKey, parseId, subscriptionGuid } from '../model/ids.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { ReportSubject } from '../pages/report.ts';
import { globMatches } from './glob.ts';

/** What is known of a subject by which waivers, skips and owners go. */
export interface Whereabouts {
  readonly id: string;
  readonly kind: ReportSubject['kind'];
  readonly name: string;
  readonly subscription: { readonly id: string; readonly name: string | null };
  readonly group: string | null;
  readonly tags: Readonly<Record<string, string>>;
}

/** Whether a waiver is meant for a subject: everything it names must fit. */
export function isAbout({ registry, subscription, group, tag }: Partial<WaiverRule>, at: Whereabouts): boolean {
  const fits = (glob: string | undefined, ...texts: readonly (string | null)[]): boolean =>
    glob === undefined || texts.some((text) => text !== null && globMatches(glob, text));
  return (
    (registry === undefined || (at.kind === 'registry' && fits(registry, at.name, at.id))) &&
    fits(subscription, at.subscription.id, subscriptionGuid(at.subscription.id), at.subscription.name) &&
    fits(group, at.group) &&
    (tag === undefined || hasTag(at.tags, tag))
  );
}

/** Why a check is not run on a subject; `null` where it is. */
export const skippedFor = (skips: readonly Skip[], check: string, at: Whereabouts): string | null =>
  skips.find((skip) => skip.check === check && isAbout({ registry: skip.registry }, at))?.reason ?? null;

/** Where each registry and each subscription of a snapshot is, by id. */
export function whereaboutsIn(snapshot: Snapshot): ReadonlyMap<string, Whereabouts> {
  const names = new Map(snapshot.subscriptions.map(({ id, name }) => [idKey(id), name]));
  return new Map<string, Whereabouts>([
    ...snapshot.subscriptions.map(({ id, name }): [string, Whereabouts] => [
      idKey(id),
      { id, kind: 'subscription', name: name ?? id, subscription: { id, name }, group: null, tags: {} },
    ]),
    ...snapshot.registries.map((entry): [string, Whereabouts] => {
      const { registry } = entry.facets;
      return [
        idKey(entry.id),
        {
          id: entry.id,
          kind: 'registry',
          name: entry.name,
          subscription: { id: entry.subscription, name: names.get(idKey(entry.subscription)) ?? null },
          group: parseId(entry.id)?.resourceGroup ?? null,
          tags: registry?.state === 'observed' ? registry.value.tags : {},
        },
      ];
    }),
  ]);
}
