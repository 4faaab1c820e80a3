import {
  access,
  commands,
  defineCheck,
  type Evidence,
  type Facets,
  posture,
  sameId,
  verdict,
} from '../../src/check.ts';

/** How many images a pass names; the counts are of all. */
const shown = 5;

export default defineCheck({
  id: 'no-severe-running-images',
  title: 'Defender knows of no critical or high finding in an image that runs',
  problem: 'Images that run hold critical or high vulnerabilities that Defender knows of',
  severity: 'high',
  profile: 'recommended',
  profileReason: 'What runs is what is attacked: of all known holes these come first.',
  since: '1.0',
  article: ['Defender for Containers', 'Signals to alert on'],
  frameworks: ['MCSB PV-6', 'MCSB DS-6'],
  alsoKnownAs: ['prowler defender_container_images_resolved_vulnerabilities', 'policy 17f4b1cc'],
  differs:
    'Only images of this registry count, both forms of the findings are read, and silence of Defender is no pass.',
  area: 'scanning',
  needs: ['registry', 'runningImages'],
  evidence: ['consumers', 'roleAssignments', 'clusterPlans', 'defenderPlans'],

  why: 'A hole in an image on a shelf waits; one in an image that runs can be used now, by whoever reaches the pod.',
  symptom:
    'Defender for Cloud lists running containers under its vulnerability recommendations, where nobody on call looks.',
  cause: 'The image was clean when it was deployed, and nobody rebuilt or rolled it out since its holes became known.',
  confirm: [
    `az graph query --subscriptions <subscription> --graph-query "${posture.severeRunningQuery.replaceAll(/\s+/g, ' ')}"`,
  ],
  fix: {
    steps: [
      commands.manual(
        'Rebuild the named images on a patched base and with patched packages, those with a published fix first, and roll them out by digest: a finding goes when no container runs the old digest any more.',
      ),
    ],
    breaks: 'A newer base may change behaviour; the rollout restarts the workloads.',
  },
  refs: [
    'https://learn.microsoft.com/azure/defender-for-cloud/view-and-remediate-vulnerabilities-containers',
    'https://learn.microsoft.com/azure/defender-for-cloud/transition-grouped-individual-recommendations',
  ],

  evaluate({ registry, runningImages, ...around }, { cloud }) {
    if (cloud.name === 'china')
      return verdict.notApplicable('Defender for Cloud was retired in Azure China in August 2026');
    if (registry.loginServer === null) return verdict.untold("Azure's answer has no loginServer");
    const { severe, images, odd, unrated } = posture.runningOf(registry.loginServer, runningImages);
    if (severe.length > 0) {
      const fixable = severe.reduce((total, { finding }) => total + finding.fixable, 0);
      const message = () =>
        `${posture.sumOf(severe, 'critical')} critical and ${posture.sumOf(severe, 'high')} high findings in ${severe.length} running ${severe.length === 1 ? 'image' : 'images'}, worst ${severe[0]?.name}${fixable > 0 ? `; ${fixable} of them have a published fix` : ''}`;
      return verdict.on(posture.severeParts(severe), 'no image with severe findings runs', { message });
    }
    const places = access.placesOfClusters(registry, around.consumers, around.roleAssignments);
    if ('verdict' in places) return verdict.cannotSee('where images of this registry run', [places]);
    const unread = runningImages.flatMap(({ subscription, findings }) =>
      findings.state !== 'observed' && places.some((place) => sameId(place, subscription)) ? [findings] : [],
    );
    if (unread.length > 0) return verdict.cannotSee('what Defender found in running images could not be seen', unread);
    if (odd.length > 0) return verdict.untold('Defender counts findings in a form that this version cannot read');
    if (unrated[0]) return verdict.untold(`Defender gives no severity for findings in ${unrated[0].name}`);
    const counts = images.slice(0, shown).flatMap((image) => image.counts);
    return verdict.isSome(counts)
      ? verdict.pass(
          counts,
          `Defender found nothing critical or high in the ${images.length} running images that it reports on, and ${posture.sumOf(images, 'other')} lesser findings`,
        )
      : silence(places, around);
  },
});

/** What it means that Defender reports no image of the registry, by whether it looks where images of it run. */
function silence(
  places: readonly string[],
  { clusterPlans, defenderPlans }: { readonly [F in 'clusterPlans' | 'defenderPlans']: Evidence<Facets[F]> },
): verdict.Outcome {
  if (places.length > 0 && clusterPlans.state !== 'observed')
    return verdict.cannotSee('whether Defender looks at what runs could not be seen', [clusterPlans]);
  const of = clusterPlans.state === 'observed' ? clusterPlans.value : [];
  const plans =
    places.length === 0
      ? [defenderPlans]
      : of.filter(({ subscription }) => places.some((place) => sameId(place, subscription))).map((one) => one.plans);
  const unseen = plans.flatMap((one) => (one.state === 'observed' ? [] : [one]));
  if (unseen.length > 0) return verdict.cannotSee('whether Defender looks at what runs could not be seen', unseen);
  for (const one of plans) {
    const looks = one.state === 'observed' ? posture.discoveryOf(one.value, 'defenderPlans') : null;
    if (looks?.state === 'unclear')
      return verdict.untold(`Whether Defender looks at what runs is not told: ${looks.reason}`);
    if (looks?.state === 'off')
      return verdict.untold(
        'Defender does not look at what runs in clusters (neither agentless discovery nor the sensor is on), so that its silence proves nothing',
      );
  }
  return verdict.notApplicable('no running image of this registry is known to Defender, which looks at what runs');
}
