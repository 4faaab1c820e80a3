/**
 * Findings in images, counted by Azure Resource Graph for each image.
 *
 * Two forms. The grouped one (sub-assessments of one assessment key, with `artifactDetails`) was retired from 31 July
 * 2026 on; the individual one (an assessment for each software update, category SoftwareUpdate, severity in its
 * metadata) is what Defender writes now. Sources: MicrosoftDocs/defender-docs,
 * transition-grouped-individual-recommendations.md of 2026-06-29, and the release notes of March 2026, which give the
 * filters of the individual form. Where an image is named in it (`resourceAdditionalData`) is not documented: it is
 * known from what others read in their tenants, so that an image we cannot name is left out rather than guessed.
 * During the transition an image may be in both forms: the larger count holds, not the sum.
 *
 * `id` is projected because Resource Graph pages only answers that have one.
 */
function queryOf({ key, resourceType, runs }: Findings): string {
  const image = 'host, repository, digest';
  const by = runs ? `subscriptionId, ${image}` : image;
  return `securityresources
| where (type =~ 'microsoft.security/assessments/subassessments' and id contains '${key}')
    or (type =~ 'microsoft.security/assessments'
      and properties.metadata.recommendationCategory =~ 'SoftwareUpdate'
      and properties.resourceDetails.ResourceType =~ '${resourceType}'
      and properties.resourceDetails.Source =~ 'Azure')
| extend artifact = properties.additionalData.artifactDetails,
    image = parse_json(tostring(properties.resourceAdditionalData)),
    open = properties.status.code =~ 'Unhealthy',
    severity = coalesce(tostring(properties.additionalData.vulnerabilityDetails.severity),
      tostring(properties.metadata.severity), tostring(properties.status.severity))
| extend host = tolower(coalesce(tostring(artifact.registryHost), tostring(image.RepositoryDetails.RegistryHost))),
    repository = coalesce(tostring(artifact.repositoryName), tostring(image.RepositoryDetails.RepositoryName)),
    digest = coalesce(tostring(artifact.digest), tostring(image.Digest))${runs ? ",\n    place = tostring(split(tolower(id), '/providers/microsoft.security/')[0])" : ''}
| where isnotempty(host) and isnotempty(digest)
| summarize critical = countif(open and severity =~ 'Critical'),
    high = countif(open and severity =~ 'High'),
    other = countif(open and severity in~ ('Medium', 'Low')),
    unrated = countif(open and not(severity in~ ('Critical', 'High', 'Medium', 'Low')))${runs ? `,\n    fixable = ${fixable}` : ''}
  by type, ${runs ? 'place, ' : ''}${by}
| summarize critical = max(critical), high = max(high), other = max(other), unrated = max(unrated)${runs ? ', fixable = max(fixable)' : ''}
  by ${by}
| extend id = strcat(${runs ? "subscriptionId, '/', " : ''}host, '/', repository, '@', digest)
| order by id asc`;
}

const fixable =
  "countif(open and severity in~ ('Critical', 'High') and properties.additionalData.softwareDetails.fixStatus =~ 'FixAvailable')";

interface Findings {
  /** Of the assessment of the grouped form. */
  readonly key: string;
  /** What the individual form is about. */
  readonly resourceType: string;
  /** An image that runs is told of each cluster and each container: it is counted in one place, not in all together. */
  readonly runs: boolean;
}

/** One row for each image of a registry. */
export const imageFindingsQuery = queryOf({
  key: 'c0b7cfc6-3172-465a-b378-53c7ff2cc0d5',
  resourceType: '.containerimage',
  runs: false,
});

/** One row for each image that runs in the clusters of a subscription. */
export const runningImagesQuery = queryOf({
  key: 'c609cf0f-71ab-41e9-a3c6-9a1f7fe1b8d5',
  resourceType: 'K8s-container',
  runs: true,
});

/** What should wake somebody: the images with a critical or high finding, worst first. */
export const severeImagesQuery = `${imageFindingsQuery}
| where critical + high > 0
| order by critical desc, high desc`;

/** The same of what runs. */
export const severeRunningQuery = `${runningImagesQuery}
| where critical + high > 0
| order by critical desc, high desc`;
