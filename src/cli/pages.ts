import { confirmSteps, factsOf, fixSteps, namedSteps, placeholdersOf } from '../engine/describe.ts';
import { around, owed } from '../engine/owed.ts';
import { accessFacets, accessPage } from '../explain/access.ts';
import { pathFacets, pathPage } from '../explain/path.ts';
import type { Facet } from '../model/facets.ts';
import { idKey } from '../model/ids.ts';
import { evidenceFor, type RegistryEntry, type Snapshot } from '../model/snapshot.ts';
import type { PathPage, PrintedPath } from '../pages/path.ts';
import type { Report } from '../pages/report.ts';

/** What the pages in a report are made of. */
export const pagesFacets: readonly Facet[] = [...pathFacets, ...accessFacets];

/** The report with what `explain path` and `explain access` say of each registry. */
export function withPages(report: Report, snapshot: Snapshot): Report {
  const entries = new Map(snapshot.registries.map((entry) => [idKey(entry.id), entry]));
  const subjects = report.subjects.map((subject) => {
    const entry = subject.kind === 'registry' ? entries.get(idKey(subject.id)) : undefined;
    if (!entry) return subject;
    const path = printedPath(snapshot, entry);
    const { findings, rest, ...heading } = subject;
    const pages = { ...(path === null ? {} : { path }), access: accessPage(snapshot, entry) };
    return { ...heading, pages, findings, rest };
  });
  return { ...report, subjects };
}

/** The paths of one registry of a snapshot; `null` where the registry itself was not seen. */
export const pathIn = (snapshot: Snapshot, entry: RegistryEntry): PathPage | null =>
  pathPage(evidenceFor(snapshot, entry), snapshot.cloud.registrySuffix);

/** The same with the real names in its commands. */
export function printedPath(snapshot: Snapshot, entry: RegistryEntry): PrintedPath | null {
  const page = pathIn(snapshot, entry);
  if (page === null) return null;
  const names = placeholdersOf(entry);
  const evidence = evidenceFor(snapshot, entry);
  const facts = factsOf(evidence);
  const given = around({ id: entry.id, evidence }, snapshot);
  return {
    ...page,
    name: entry.name,
    collectedAt: snapshot.collectedAt,
    stops: page.stops.map((stop) => ({
      ...stop,
      confirm: namedSteps(confirmSteps(stop.confirm), names),
      fix: namedSteps(fixSteps(owed(stop.fix, given), facts), names),
    })),
  };
}
