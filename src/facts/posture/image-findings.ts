import type { ImageFinding } from '../../model/facets/image-findings.ts';
import type { RunningImage, RunningImages } from '../../model/facets/running-images.ts';
import type { Observation } from '../../model/outcome.ts';
import { type Bad, bad } from '../../model/parts.ts';
import type { Pointer } from '../../model/pointer.ts';

/** What Defender found in one image of a registry. */
export interface JudgedImage<F extends ImageFinding = ImageFinding> {
  readonly finding: F;
  /** `repository@digest`. */
  readonly name: string;
  readonly counts: readonly Observation[];
  /** The count that matters most. */
  readonly worst: Observation;
}

/** What Defender reports on the images of a registry, given by its login server. */
export interface RegistryFindings<F extends ImageFinding = ImageFinding> {
  readonly images: readonly JudgedImage<F>[];
  /** With a critical or high finding, worst first. */
  readonly severe: readonly JudgedImage<F>[];
  /** With counts that are no numbers we can compare. */
  readonly odd: readonly JudgedImage<F>[];
  /** With findings of which Defender does not say how severe they are. */
  readonly unrated: readonly JudgedImage<F>[];
}

/** What Defender found in the images of one registry, by its login server. */
export const findingsOf = (loginServer: string, findings: readonly ImageFinding[]): RegistryFindings =>
  sorted(judgedImages(loginServer, findings, 'imageFindings'));

/** The same of its images that run, wherever they do. */
export const runningOf = (loginServer: string, running: readonly RunningImages[]): RegistryFindings<RunningImage> =>
  sorted(
    running.flatMap(({ findings }, index) =>
      findings.state === 'observed'
        ? judgedImages(loginServer, findings.value, `runningImages/${index}/findings/value`)
        : [],
    ),
  );

function judgedImages<F extends ImageFinding>(
  loginServer: string,
  findings: readonly F[],
  at: Pointer,
): readonly JudgedImage<F>[] {
  const host = loginServer.toLowerCase();
  return findings.flatMap((finding, index) => (finding.host === host ? [judged(finding, `${at}/${index}`)] : []));
}

const sorted = <F extends ImageFinding>(images: readonly JudgedImage<F>[]): RegistryFindings<F> => ({
  images,
  severe: images
    .filter(({ finding }) => finding.critical + finding.high > 0)
    .sort((a, b) => b.finding.critical - a.finding.critical || b.finding.high - a.finding.high),
  odd: images.filter(({ finding }) => finding.critical !== 0 || finding.high !== 0),
  unrated: images.filter(({ finding }) => finding.unrated > 0),
});

/** Each image with severe findings is a thing of its own: one that is accepted hides no other. */
export const severeParts = (severe: readonly JudgedImage[]): readonly Bad[] =>
  severe.map(({ name, worst, finding: { critical, high } }) =>
    bad(`image/${name}`, worst, `${name} has ${critical} critical and ${high} high findings`),
  );

/** How many findings of a severity the images have together. */
export const sumOf = (images: readonly JudgedImage[], severity: 'critical' | 'high' | 'other'): number =>
  images.reduce((total, { finding }) => total + finding[severity], 0);

function judged<F extends ImageFinding>(finding: F, at: `${Pointer}/${number}`): JudgedImage<F> {
  const name = `${finding.repository}@${finding.digest}`;
  const count = (severity: 'critical' | 'high'): Observation => ({
    at: `${at}/${severity}`,
    about: `${severity} findings in ${name}`,
    saw: finding[severity],
    wanted: 0,
  });
  const counts = [count('critical'), count('high')];
  return { finding, name, counts, worst: count(finding.critical > 0 ? 'critical' : 'high') };
}
