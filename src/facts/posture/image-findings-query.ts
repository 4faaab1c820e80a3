/**
 * Findings in registry images, counted by Azure Resource Graph for each image.
 *
 * Two forms, one row an image. The grouped one (sub-assessments of one assessment key, with `artifactDetails`) was
 * retired from 31 July 2026 on; the individual one (an assessment for each software update, category SoftwareUpdate,
 * severity in its metadata) is what Defender writes now. Sources: MicrosoftDocs/defender-docs,
 * transition-grouped-individual-recommendations.md of 2026-06-29, and the release notes of March 2026, which give the
 * filters of the individual form. Where an image is named in it (`resourceAdditionalData`) is not documented: it is
 * known from what others read in their tenants, so that an image we cannot name is left out rather than guessed.
 * During the transition an image may be in both forms: the larger count holds, not the sum.
 *
 * `id` is projected because Resource Graph pages only answers that have one.
 */
export const imageFindingsQuery = `securityresources
| where (type =~ 'microsoft.security/assessments/subassessments' and id contains 'c0b7cfc6-3172-465a-b378-53c7ff2cc0d5')
    or (type =~ 'microsoft.security/assessments'
      and properties.metadata.recommendationCategory =~ 'SoftwareUpdate'
      and properties.resourceDetails.ResourceType =~ '.containerimage'
      and properties.resourceDetails.Source =~ 'Azure')
| extend artifact = properties.additionalData.artifactDetails,
    image = parse_json(tostring(properties.resourceAdditionalData)),
    open = properties.status.code =~ 'Unhealthy',
    severity = coalesce(tostring(properties.additionalData.vulnerabilityDetails.severity),
      tostring(properties.metadata.severity), tostring(properties.status.severity))
| extend host = tolower(coalesce(tostring(artifact.registryHost), tostring(image.RepositoryDetails.RegistryHost))),
    repository = coalesce(tostring(artifact.repositoryName), tostring(image.RepositoryDetails.RepositoryName)),
    digest = coalesce(tostring(artifact.digest), tostring(image.Digest))
| where isnotempty(host) and isnotempty(digest)
| summarize critical = countif(open and severity =~ 'Critical'),
    high = countif(open and severity =~ 'High'),
    other = countif(open and severity in~ ('Medium', 'Low')),
    unrated = countif(open and not(severity in~ ('Critical', 'High', 'Medium', 'Low')))
  by type, host, repository, digest
| summarize critical = max(critical), high = max(high), other = max(other), unrated = max(unrated)
  by host, repository, digest
| extend id = strcat(host, '/', repository, '@', digest)
| order by id asc`;

/** What should wake somebody: the images with a critical or high finding, worst first. */
export const severeImagesQuery = `${imageFindingsQuery}
| where critical + high > 0
| order by critical desc, high desc`;
