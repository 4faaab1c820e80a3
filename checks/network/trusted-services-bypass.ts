import { commands, defineCheck, path, posture, verdict } from '../../src/check.ts';

const notAmong = 'ACR Tasks, Container Apps and App Service are not among those that the exception lets pass';

export default defineCheck({
  id: 'trusted-services-bypass',
  title: "Azure's trusted services may pass the registry's network rules",
  problem: "Azure's trusted services are cut off by the registry's network rules",
  severity: 'high',
  profile: 'recommended',
  profileReason: 'Scanning and artifact cache stop without a word, and the exception admits only services Azure lists.',
  since: '1.0',
  article: ['Defender for Containers', 'Playbook 3', 'Network settings', 'Who reaches a locked registry'],
  alsoKnownAs: ['cloudsploit acrTrustedServiceEnabled', 'Community-Policy prevent-access-to-trusted-services'],
  differs:
    'One wants it always on, the other always off; here it depends on whether the registry is restricted and on who needs it.',
  area: 'network',
  needs: ['registry'],
  words: ['defenderPlans', 'cacheRules'],

  why: 'Images are never scanned although the plan is paid for, and caches never fill: the gap shows nowhere.',
  symptom: 'Defender for Cloud shows no findings for the registry, and pulls through a cache rule fail.',
  signs: ['denied: client with IP', '403'],
  cause:
    'The exception was switched off to close the registry completely, or in the belief that it admits ACR Tasks and Container Apps, which are not on the list.',
  confirm: [
    'az acr show --name <registry> --subscription <subscription> --query "[networkRuleBypassOptions, publicNetworkAccess, networkRuleSet.defaultAction]"',
    'az acr cache list --registry <registry> --subscription <subscription> --query "[].name"',
  ],
  fix: {
    steps: [commands.acrUpdate({ allowTrustedServices: true })],
    breaks:
      'Nothing that works today. Defender needs no identity or role; the other services still need theirs. It does not help ACR Tasks, Container Apps or App Service.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/allow-access-trusted-services'],

  evaluate({ registry, defenderPlans, cacheRules }) {
    const restriction = path.restrictionOf(registry, 'every network may come, so that no service needs an exception');
    if ('verdict' in restriction) return restriction;

    const saw = registry.networkRuleBypassOptions;
    const seen = { at: 'registry/networkRuleBypassOptions', saw, wanted: 'AzureServices' } as const;
    if (saw === 'AzureServices')
      return verdict.pass([seen, restriction], `Azure's trusted services may pass the network rules; ${notAmong}`);
    if (saw !== 'None') return verdict.notSaid(seen.at, saw);
    const plans = defenderPlans.state === 'observed' ? defenderPlans.value : [];
    const rules = cacheRules.state === 'observed' ? cacheRules.value : [];
    const cutOff = [
      ...(posture.scanningOf(plans).state === 'on'
        ? ['Defender for Cloud (its images are silently never scanned)']
        : []),
      ...(rules.length > 0
        ? [`artifact cache (rules that cannot fill: ${rules.map(({ name }) => name).join(', ')})`]
        : []),
      'az acr import from and to it',
      'Azure Machine Learning',
      'Container Instances',
    ];
    return verdict.fail([seen, restriction], `The network rules cut off ${cutOff.join(', ')}; ${notAmong}`);
  },
});
