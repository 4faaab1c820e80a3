import { canonical } from '../../model/canonical.ts';
import type { SharedFacet } from '../../model/facets.ts';
import type { Snapshot, SnapshotPart } from '../../model/snapshot.ts';
import type { EndLine, SnapshotLine } from './lines.ts';
import { type EvidenceByFacet, type Kind, replaceShared, type Thing } from './shared.ts';

/** Turns the parts of one snapshot into lines: what is shared stands once, above the first line that refers to it. */
export function lineMaker(): { linesOf(part: SnapshotPart): readonly SnapshotLine[]; end(): EndLine } {
  const written = new Map<string, string>();
  const counts = { subscriptions: 0, registries: 0 };

  /** The key of a thing, and its line if it has none yet. The same id may come with other contents. */
  function keyed(kind: Kind, value: { readonly id: string }, lines: Thing[]): string {
    const text = JSON.stringify(canonical(value));
    for (let times = 1; ; times += 1) {
      const key = times === 1 ? value.id : `${value.id}#${times}`;
      const before = written.get(`${kind} ${key}`);
      if (before === text) return key;
      if (before !== undefined) continue;
      written.set(`${kind} ${key}`, text);
      lines.push({ kind, key, value } as Thing);
      return key;
    }
  }

  const stored = <E extends EvidenceByFacet>(evidence: E, lines: Thing[]): E =>
    replaceShared(evidence, (kind, value) => keyed(kind, value as { readonly id: string }, lines));

  function linesOf(part: SnapshotPart): readonly SnapshotLine[] {
    const things: Thing[] = [];
    switch (part.kind) {
      case 'header':
        return [{ kind: 'header', ...part.opening }];
      case 'subscription': {
        counts.subscriptions += 1;
        const line = { kind: 'subscription', ...part.entry, facets: stored(part.entry.facets, things) };
        return [...things, line as SnapshotLine];
      }
      case 'registry':
        counts.registries += 1;
        return [{ kind: 'registry', ...part.entry }];
      case 'shared': {
        const { facet } = part;
        const evidence = stored({ [facet]: part.evidence }, things)[facet];
        return [...things, { kind: 'shared', facet, evidence } as SnapshotLine];
      }
    }
  }
  return { linesOf, end: () => ({ kind: 'end', ...counts, things: written.size }) };
}

/** All the lines of a snapshot that is whole. */
export function* linesOf(snapshot: Snapshot): Generator<SnapshotLine> {
  const { subscriptions, registries, shared, ...rest } = snapshot;
  const maker = lineMaker();
  const scope = subscriptions.map(({ id, name }) => ({ id, name }));
  yield* maker.linesOf({ kind: 'header', opening: { ...rest, scope } });
  for (const entry of subscriptions) yield* maker.linesOf({ kind: 'subscription', entry });
  for (const entry of registries) yield* maker.linesOf({ kind: 'registry', entry });
  for (const [facet, evidence] of Object.entries(shared))
    yield* maker.linesOf({ kind: 'shared', facet: facet as SharedFacet, evidence });
  yield maker.end();
}
