import check from '../../../checks/scanning/no-severe-image-findings.ts';
import { denied } from '../../../src/model/evidence.ts';
import type { DefenderPlan } from '../../../src/model/facets/defender-plans.ts';
import type { ImageFinding } from '../../../src/model/facets/image-findings.ts';
import { acr, testCheck } from '../../support.ts';

const registry = acr({ loginServer: 'Contoso.azurecr.io' });
const image = (digest: string, counts: Partial<ImageFinding> = {}): ImageFinding => ({
  host: 'contoso.azurecr.io',
  repository: 'payments/api',
  digest: `sha256:${digest}`,
  critical: 0,
  high: 0,
  other: 0,
  unrated: 0,
  ...counts,
});

const defenderPlans: DefenderPlan[] = [
  {
    name: 'Containers',
    tier: 'Standard',
    extensions: [{ name: 'ContainerRegistriesVulnerabilityAssessments', enabled: true, outcome: null }],
    coverage: null,
  },
];

testCheck(check, [
  [
    'pass',
    'findings are of lesser severity',
    { registry, imageFindings: [image('aa', { other: 7 })], defenderPlans },
    { cites: ['imageFindings/0/critical', 'imageFindings/0/high'] },
  ],
  [
    'fail',
    'two images have severe findings',
    { registry, imageFindings: [image('aa'), image('bb', { high: 4 }), image('cc', { critical: 1, high: 2 })] },
    {
      cites: ['imageFindings/2/critical', 'imageFindings/1/high'],
      says: '1 critical and 6 high findings in 2 images, worst payments/api@sha256:cc',
    },
  ],
  [
    'fail',
    'many do: each is a thing of its own, and all are counted',
    { registry, imageFindings: ['a', 'b', 'c', 'd', 'e', 'f'].map((digest) => image(digest, { high: 1 })) },
    { cites: [0, 1, 2, 3, 4, 5].map((index) => `imageFindings/${index}/high`), says: '6 high findings in 6 images' },
  ],
  [
    'fail',
    'an image has severe findings, and those of another could not be read',
    { registry, imageFindings: [image('aa', { high: 1 })], defenderPlans },
    { unread: ['imageFindings'] },
  ],
  [
    'unknown',
    'findings are of lesser severity, and those of another image could not be read',
    { registry, imageFindings: [image('aa', { other: 7 })], defenderPlans },
    { unread: ['imageFindings'], says: 'an entry could not be read' },
  ],
  [
    'not-applicable',
    'Azure China has no Defender any more',
    { registry, imageFindings: [] },
    { cloud: { name: 'china' }, says: 'retired' },
  ],
  [
    'not-applicable',
    'scanning is proven on, and Defender is silent',
    { registry, imageFindings: [], defenderPlans },
    { says: 'has reported no image' },
  ],
  [
    'not-applicable',
    'only a neighbour has findings',
    { registry, imageFindings: [image('aa', { host: 'fabrikam.azurecr.io', critical: 1 })], defenderPlans },
  ],
  [
    'fail',
    'a finding is severe, though nothing is scanned any more',
    { registry, imageFindings: [image('aa', { high: 1 })], defenderPlans: [] },
  ],
  ['unknown', 'nothing is scanned: silence is no proof', { registry, imageFindings: [], defenderPlans: [] }],
  [
    'unknown',
    'nothing is scanned any more: what is not severe is old',
    { registry, imageFindings: [image('aa')], defenderPlans: [] },
    { says: 'proves nothing' },
  ],
  [
    'unknown',
    'the plans may not be read',
    {
      registry,
      imageFindings: [],
      defenderPlans: denied('no', [{ action: 'Microsoft.Security/pricings/read', scope: '/' }]),
    },
    { says: 'could not be seen' },
  ],
  [
    'unknown',
    'Defender gives no severity',
    { registry, imageFindings: [image('aa', { unrated: 24 })], defenderPlans },
    { says: 'payments/api@sha256:aa' },
  ],
  ['unknown', 'ARM left the login server out', { registry: acr({ loginServer: null }), imageFindings: [image('aa')] }],
]);
