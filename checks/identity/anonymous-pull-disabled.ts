import { commands, defineCheck } from '../../src/check.ts';

export default defineCheck({
  id: 'anonymous-pull-disabled',
  title: 'Nobody pulls without logging in',
  problem: 'Anybody pulls every image without logging in',
  severity: 'high',
  profile: 'recommended',
  profileReason: 'Images meant for everybody belong in a registry of their own.',
  since: '1.0',
  article: ['Disable admin user'],
  frameworks: ['MCSB v1 IM-1'],
  alsoKnownAs: [
    'psrule Azure.ACR.AnonymousAccess (AZR-000401)',
    'checkov CKV_AZURE_138',
    'aprl 03f4a7d8',
    'cloudsploit acrAnonymousPullAccessEnabled',
    'policy 9f2dea28',
    'policy cced2946',
    'review-checklists e338997e',
  ],
  area: 'identity',
  needs: ['registry'],

  why: 'Whoever reaches the endpoint copies every image of every repository, with the code and the configuration in it. Tokens, roles and conditions are not even asked.',
  symptom: '`docker pull` works on a machine that never logged in.',
  signs: ['toomanyrequests', '429'],
  cause: 'It was switched on to publish one image; the switch has no smaller size than the whole registry.',
  confirm: ['az acr show --name <registry> --subscription <subscription> --query anonymousPullEnabled'],
  fix: {
    steps: [commands.acrUpdate({ anonymousPullEnabled: false })],
    breaks: 'Every client that pulls without credentials. Move public images to a separate registry first.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/anonymous-pull-access'],

  rule: {
    at: 'registry/anonymousPullEnabled',
    wanted: false,
    // MicrosoftDocs anonymous-pull-access.md.
    neverOn: { skus: ['Basic'], says: 'anonymous pull needs Standard or Premium; this registry is Basic' },
  },
});
