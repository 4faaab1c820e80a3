import type { ImageFinding } from '../../model/facets/image-findings.ts';
import type { Observation } from '../../model/outcome.ts';

/** What Defender found in one image of a registry. */
export interface JudgedImage {
  readonly finding: ImageFinding;
  /** `repository@digest`. */
  readonly name: string;
  readonly counts: readonly Observation[];
  /** The count that matters most. */
  readonly worst: Observation;
}

/** What Defender reports on the images of a registry, given by its login server. */
export interface RegistryFindings {
  readonly images: readonly JudgedImage[];
  /** With a critical or high finding, worst first. */
  readonly severe: readonly JudgedImage[];
  /** With counts that are no numbers we can compare. */
  readonly odd: readonly JudgedImage[];
  /** With findings of which Defender does not say how severe they are. */
  readonly unrated: readonly JudgedImage[];
}

/** What Defender found in the images of one registry, by its login server. */
export function findingsOf(loginServer: string, findings: readonly ImageFinding[]): RegistryFindings {
  const host = loginServer.toLowerCase();
  const images = findings.flatMap((finding, index) => (finding.host === host ? [judged(finding, index)] : []));
  return {
    images,
    severe: images
      .filter(({ finding }) => finding.critical + finding.high > 0)
      .sort((a, b) => b.finding.critical - a.finding.critical || b.finding.high - a.finding.high),
    odd: images.filter(({ finding }) => finding.critical !== 0 || finding.high !== 0),
    unrated: images.filter(({ finding }) => finding.unrated > 0),
  };
}

/** How many findings of a severity the images have together. */
export const sumOf = (images: readonly JudgedImage[], severity: 'critical' | 'high' | 'other'): number =>
  images.reduce((total, { finding }) => total + finding[severity], 0);

function judged(finding: ImageFinding, index: number): JudgedImage {
  const name = `${finding.repository}@${finding.digest}`;
  const count = (severity: 'critical' | 'high'): Observation => ({
    at: `imageFindings/${index}/${severity}`,
    about: `${severity} findings in ${name}`,
    saw: finding[severity],
    wanted: 0,
  });
  const counts = [count('critical'), count('high')];
  return { finding, name, counts, worst: count(finding.critical > 0 ? 'critical' : 'high') };
}
