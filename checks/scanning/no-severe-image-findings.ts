import { commands, defineCheck, type Evidence, type Facets, posture, verdict } from '../../src/check.ts';

/** How many images a pass names; the counts are of all. */
const shown = 5;

export default defineCheck({
  id: 'no-severe-image-findings',
  title: 'Defender knows of no critical or high finding in any image',
  problem: 'Images hold critical or high vulnerabilities that Defender knows of',
  severity: 'high',
  profile: 'recommended',
  profileReason: 'These are known holes with known fixes; somebody has to look at the worst.',
  since: '1.0',
  article: ['Defender for Containers', 'Scan triggers', 'The sequence of gates', 'Signals to alert on'],
  frameworks: ['MCSB PV-6', 'MCSB DS-6', 'MCSB v1 DS-6', 'MCSB v1 PV-5'],
  alsoKnownAs: [
    'psrule Azure.ACR.ContainerScan (AZR-000002)',
    'psrule Azure.ACR.ImageHealth (AZR-000003)',
    'steampipe container_registry_vulnerabilities_remediated (manual)',
    'policy 090c7b07',
  ],
  differs: 'Silence of Defender is unknown, not clean, and both forms of its findings are read.',
  area: 'scanning',
  needs: ['registry', 'imageFindings'],
  evidence: ['defenderPlans'],
  words: ['runningImages'],

  why: 'An exploit for a known hole is copied, not invented: whatever runs such an image is the easiest way in.',
  symptom: 'Defender for Cloud lists the image under its vulnerability recommendations, where nobody on call looks.',
  cause:
    'The base image or a package got older than its fix, and nothing rebuilt the image; or the scan has no gate and no alert behind it.',
  confirm: [
    `az graph query --subscriptions <subscription> --graph-query "${posture.severeImagesQuery.replaceAll(/\s+/g, ' ')}"`,
  ],
  fix: {
    steps: [
      commands.manual(
        'Rebuild the named images on a patched base and with patched packages, roll them out by digest, then delete the old digests: findings go when the images do. Base-image triggers of ACR tasks do the rebuilding by themselves.',
      ),
    ],
    breaks:
      'A newer base may change behaviour; a digest that is deleted can no longer be pulled, not even for a rollback.',
  },
  refs: [
    'https://learn.microsoft.com/azure/defender-for-cloud/transition-grouped-individual-recommendations',
    'https://learn.microsoft.com/azure/defender-for-cloud/view-and-remediate-vulnerability-registry-images',
  ],

  evaluate({ registry, imageFindings, defenderPlans, runningImages }, { cloud }) {
    if (cloud.name === 'china')
      return verdict.notApplicable('Defender for Cloud was retired in Azure China in August 2026');
    if (registry.loginServer === null) return verdict.untold("Azure's answer has no loginServer");
    const { severe, unrated, odd, images } = posture.findingsOf(registry.loginServer, imageFindings);
    // One image is told once: what runs is shown by no-severe-running-images, and here only where nothing else is left.
    const runs = posture.runningOf(registry.loginServer, seenOf(runningImages)).severe.map(({ name }) => name);
    const waiting = severe.filter(({ name }) => !runs.includes(name));
    const running = severe.length - waiting.length;
    const told = waiting.length > 0 ? waiting : severe;
    const message = () =>
      `${posture.sumOf(severe, 'critical')} critical and ${posture.sumOf(severe, 'high')} high findings in ${severe.length} ${severe.length === 1 ? 'image' : 'images'}, worst ${told[0]?.name}${running > 0 ? `; ${running === severe.length ? 'all' : running} of them run, as no-severe-running-images tells` : ''}`;
    if (told.length > 0) return verdict.on(posture.severeParts(told), 'no image has severe findings', { message });
    if (defenderPlans.state !== 'observed')
      return verdict.cannotSee('whether Defender scans this registry could not be seen', [defenderPlans]);
    const scanning = posture.scanningOf(defenderPlans.value);
    if (scanning.state !== 'on')
      return verdict.untold(
        scanning.state === 'off'
          ? 'Defender does not scan this registry, so that no severe finding proves nothing'
          : `Whether Defender scans this registry is not told: ${scanning.reason}`,
      );
    const counts = images.slice(0, shown).flatMap((image) => image.counts);
    if (!verdict.isSome(counts))
      return verdict.notApplicable('Defender scans, and has reported no image of this registry');
    if (odd.length > 0) return verdict.untold('Defender counts findings in a form that this version cannot read');
    if (unrated[0]) return verdict.untold(`Defender gives no severity for findings in ${unrated[0].name}`);
    return verdict.pass(
      counts,
      `Defender found nothing critical or high in the ${images.length} images that it reports on, and ${posture.sumOf(images, 'other')} lesser findings`,
    );
  },
});

const seenOf = (running: Evidence<Facets['runningImages']>): Facets['runningImages'] =>
  running.state === 'observed' ? running.value : [];
