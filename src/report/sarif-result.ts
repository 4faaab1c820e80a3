import type { Location, Result } from 'sarif';
import { idKey } from '../model/ids.ts';
import type { Acceptance, Failed, FilePlace, ReportCheck, ReportSubject, ReportThing } from '../pages/report.ts';
import { blocksOf, listing } from './blocks.ts';
import { inSarif, visible } from './safe-text.ts';
import { level } from './sarif-rule.ts';
import { accepted, type Row, sentence } from './view.ts';

const most = { observations: 10 } as const;

/** One for each bad thing, or one for the finding where there is none: each is dismissed by itself. */
export function resultsOf(
  { subject, check, severity, finding }: Row<Failed>,
  ruleIndex: ReadonlyMap<string, number>,
): Result[] {
  const observed = finding.observations.find(({ place }) => place !== undefined)?.place;
  const whole = { ...finding, words: finding.message, ...(observed ? { place: observed } : {}) };
  const parts: readonly Part[] = finding.things ?? [whole];
  const details = detailsOf(finding, check, finding.things === undefined);
  const index = ruleIndex.get(check.id);
  return parts.map(({ words, fingerprint, place, ...acceptance }) => ({
    ruleId: check.id,
    ...(index === undefined ? {} : { ruleIndex: index }),
    level: level[severity],
    // GitHub shows the first sentence as the alert's title.
    message: { text: [sentence(`${subject.name}: ${words}`), ...details].map(inSarif).join('\n') },
    locations: [locationOf(subject, place)],
    partialFingerprints: { primaryLocationLineHash: `${fingerprint}:1`, 'acrAuditFinding/v1': fingerprint },
    ...suppressed(acceptance, finding),
  }));
}

/** What one result is about: a finding, or a thing of it. */
type Part = Acceptance & Pick<ReportThing, 'words' | 'fingerprint' | 'place'>;

/** By somebody, outside of what was judged: the configuration or the baseline. */
function suppressed(part: Acceptance, finding: Acceptance): Pick<Result, 'suppressions'> {
  const why = accepted(part) ?? accepted(finding);
  if (why === null) return {};
  return { suppressions: [{ kind: 'external', status: 'accepted', justification: inSarif(sentence(why)) }] };
}

function detailsOf({ observations, confirm, fix, breaks }: Failed, check: ReportCheck, seen: boolean): string[] {
  const shown = seen ? observations.slice(0, most.observations) : [];
  const more = seen ? observations.length - shown.length : 0;
  return [
    ...shown.map(({ words }) => `- ${words}`),
    ...(more > 0 ? [`- and ${more} more`] : []),
    ...(fix.length > 0 ? [`BREAKS ${breaks ?? check.breaks}`, 'Fix (bash):', ...listing(blocksOf(fix, confirm))] : []),
  ];
}

/**
 * Where a file declares it; else there is no file, but GitHub rejects an upload with a result that has none. A relative
 * path without a colon passes; lower case, because ARM changes the casing of ids between answers and another path would
 * be another alert.
 */
function locationOf({ id, name }: ReportSubject, place: FilePlace | undefined): Location {
  const line = place?.line ?? 1;
  const path = place?.file.split('/') ?? ['azure', ...idKey(id).split('/').filter(Boolean)];
  return {
    physicalLocation: {
      artifactLocation: { uriBaseId: '%SRCROOT%', uri: path.map(percentEncoded).join('/') },
      region: { startLine: line, startColumn: 1, endLine: line, endColumn: 1 },
    },
    logicalLocations: [{ name: visible(name), kind: 'resource', fullyQualifiedName: visible(id) }],
  };
}

const percentEncoded = (segment: string): string =>
  encodeURIComponent(visible(segment)).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
