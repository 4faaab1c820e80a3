import { commands, defineCheck, verdict } from '../../src/check.ts';

export default defineCheck({
  id: 'premium-sku',
  title: 'The registry is Premium, where the network controls are',
  problem: 'The SKU puts private endpoints, network rules, replicas and retention out of reach',
  severity: 'medium',
  profile: 'recommended',
  profileReason:
    'A production registry that cannot be closed to the internet or replicated is not hardened, whatever else is set.',
  since: '1.0',
  article: ['What each SKU includes', 'Cost drivers'],
  frameworks: ['MCSB NS-2'],
  alsoKnownAs: [
    'psrule Azure.ACR.MinSku (AZR-000006)',
    'aprl eb005943',
    'policy bd560fc0',
    'review-checklists fc833934',
  ],
  differs: 'One finding that names what is out of reach; the checks themselves are not applicable below Premium.',
  area: 'governance',
  needs: ['registry'],

  why: 'Below Premium a registry answers the whole internet, lives in one region and cannot clean up after itself.',
  symptom: 'Azure refuses the settings a review asks for: DisablingPublicNetworkAccessNotSupported and the like.',
  signs: ['toomanyrequests', '429', 'DisablingPublicNetworkAccessNotSupported'],
  cause: 'The registry was created on the cheapest SKU that pulled an image, and grew into production.',
  confirm: ['az acr show --name <registry> --subscription <subscription> --query sku.name'],
  fix: {
    steps: [commands.acrUpdate({ sku: 'Premium' })],
    breaks:
      'Nothing: the change is online. Each region is billed at the Premium rate. Going back needs every Premium feature removed first.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/container-registry-skus'],

  evaluate: ({ registry }) =>
    verdict.byValue('registry/sku', registry.sku, { Premium: 'pass', Standard: 'fail', Basic: 'fail' }),

  lastWords({ because: [sku] }, others) {
    const lost = [...others].flatMap(([id, one]) => (one.verdict === 'not-applicable' && one.bySku ? [id] : []));
    return lost.length === 0
      ? undefined
      : `The SKU ${sku?.saw} puts ${lost.length} checks of this profile out of reach: ${lost.join(', ')}`;
  },
});
