import { commands, defineCheck, posture, verdict } from '../../src/check.ts';

const registryScan = 'ContainerRegistriesVulnerabilityAssessments';

export default defineCheck({
  id: 'defender-scans-registries',
  title: 'Defender for Cloud scans the images of this subscription',
  problem: 'Defender for Cloud does not scan the images of this subscription',
  severity: 'high',
  profile: 'recommended',
  profileReason: 'Without a scan nobody is told that an image which was clean last month is exploitable today.',
  since: '1.0',
  article: ['Defender for Containers', 'Playbook 3', 'Scan triggers'],
  frameworks: [
    'MCSB LT-1',
    'MCSB LT-2',
    'MCSB IR-3',
    'MCSB IR-5',
    'MCSB v1 DS-6',
    'MCSB v1 PV-5',
    'CIS Azure 2.0.0 2.1.8',
    'CIS Azure 2.1.0 2.1.8',
    'CIS Azure 3.0.0 3.1.4.1',
    'CIS Azure 4.0.0 9.1.4.1',
    'CIS Azure 5.0.0 8.1.4.1',
    'CIS Azure 6.0.0 8.1.4.1',
    'CIS Azure 3.0.0 3.1.4.3',
    'NIST RA-5',
    'NIST SI-2',
    'NIST SI-4',
  ],
  alsoKnownAs: [
    'psrule Azure.Defender.*',
    'prowler defender_ensure_defender_for_containers_is_on',
    'prowler defender_container_images_scan_enabled',
    'checkov CKV_AZURE_86',
    'checkov CKV_AZURE_163',
    'cloudsploit enableDefenderForContainers',
    'steampipe CIS 3.1.4.3',
    'monkey365 azure_147',
  ],
  differs:
    'The registry extension decides, on Containers or Defender CSPM; CKV_AZURE_86 and monkey365 ask for the retired plan ContainerRegistry, CKV_AZURE_163 looks at the SKU.',
  area: 'scanning',
  scope: 'subscription',
  needs: ['defenderPlans'],

  why: 'Images with known, exploitable holes are deployed and stay deployed, because nobody is told.',
  symptom: 'Defender for Cloud shows no findings for container images, which looks like a clean bill of health.',
  cause:
    'The Containers plan is off, or was bought without its registry extension; the retired ContainerRegistry plan scans nothing any more. A plan that reads Standard proves nothing by itself.',
  confirm: [
    'az rest --method get --url "/subscriptions/<subscription>/providers/Microsoft.Security/pricings/Containers?api-version=2024-01-01" --query "properties.[pricingTier, extensions]"',
    'az rest --method get --url "/subscriptions/<subscription>/providers/Microsoft.Security/pricings/CloudPosture?api-version=2024-01-01" --query "properties.[pricingTier, extensions]"',
  ],
  queries: [
    {
      title: 'Alert on severe findings: Resource Graph (in a log alert rule, begin with arg("").securityresources)',
      language: 'kql',
      text: posture.severeImagesQuery,
    },
  ],
  fix: {
    steps: [
      commands.manual('Name the extensions that are on today as well: the ones left out are switched off.'),
      commands.defenderPlan('Containers', [registryScan]),
    ],
    breaks:
      'Nothing stops working; the plan is billed. A registry that restricts its network must also let trusted services in.',
  },
  refs: [
    'https://learn.microsoft.com/azure/defender-for-cloud/agentless-vulnerability-assessment-azure',
    'https://learn.microsoft.com/rest/api/defenderforcloud/pricings/list?view=rest-defenderforcloud-2024-01-01',
  ],

  evaluate({ defenderPlans }, { cloud }) {
    if (cloud.name === 'china')
      return verdict.notApplicable('Defender for Cloud was retired in Azure China in August 2026');
    const scanning = posture.scanningOf(defenderPlans);
    if (scanning.state === 'on') return verdict.passByOne(scanning.because);
    if (scanning.state === 'unclear') return verdict.untold(scanning.reason);
    if (!scanning.offered && cloud.name !== 'public')
      return verdict.untold(`Azure lists no plan that scans registries in this cloud (${cloud.name})`);
    const words = scanning.failed
      ? 'Defender is paid for, and switching its registry scan on failed'
      : 'Defender is paid for, but its registry scan is switched off';
    const { plan, keep } = posture.planToMend(defenderPlans);
    return verdict.fail(scanning.because, scanning.paid ? words : undefined, [
      commands.defenderPlan(plan, [...keep, registryScan]),
    ]);
  },
});
