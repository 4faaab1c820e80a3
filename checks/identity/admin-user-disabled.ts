import { access, commands, defineCheck, type Step } from '../../src/check.ts';

const findUsers = (known: string): Step =>
  commands.manual(
    `${known}Find who ${known === '' ? '' : 'else '}logs in with it: the login events of the registry show its own name as the identity, and apps, pipelines and secrets name it as user.`,
  );
const moveThem: readonly Step[] = [
  commands.manual(
    'Move each: az aks update --attach-acr for clusters, a managed identity for apps, workload identity federation for pipelines, a scoped token for the rest; and prove that nobody logs in with it any more.',
  ),
  commands.acrUpdate({ adminEnabled: false }),
];

export default defineCheck({
  id: 'admin-user-disabled',
  title: 'The shared admin account is switched off',
  problem: 'The shared admin account is switched on',
  severity: 'high',
  profile: 'recommended',
  profileReason: 'Every consumer has a better credential: a managed identity, a federated one or a scoped token.',
  since: '1.0',
  article: ['Disable admin user', 'Credential models', 'How CI logs in'],
  frameworks: ['MCSB IM-1', 'MCSB v1 IM-1', 'MCSB v1 IM-3', 'MCSB v1 PA-1', 'ISO 27001 A.8.2'],
  alsoKnownAs: [
    'psrule Azure.ACR.AdminUser (AZR-000005)',
    'prowler containerregistry_admin_user_disabled',
    'checkov CKV_AZURE_137',
    'azqr cr-008',
    'cloudsploit acrAdminUser',
    'steampipe container_registry_admin_user_disabled',
    'cnspec mondoo-azure-security-acr-admin-user-disabled',
    'policy dc921057',
    'policy 79fdfe03',
    'kics b897dfbf',
    'terrascan AC_AZURE_0186',
    'review-checklists be0e38ce',
  ],
  area: 'identity',
  needs: ['registry'],
  words: ['appConsumers'],

  why: 'One user name with two passwords pushes, pulls and deletes every repository; nobody can tell whose use it was, and it never expires.',
  symptom: 'A pull or push in the logs is attributed to the registry name, and no one can say which system it was.',
  signs: ['unauthorized: authentication required'],
  cause:
    'Somebody enabled it for a quick docker login, for a portal wizard (App Service, Container Instances) or in a template, and consumers came to depend on it.',
  confirm: ['az acr show --name <registry> --subscription <subscription> --query adminUserEnabled'],
  fix: {
    steps: [findUsers(''), ...moveThem],
    breaks: 'Every consumer that still logs in with the admin password.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/container-registry-authentication#admin-account'],

  rule: { at: 'registry/adminUserEnabled', wanted: false },

  onFail({ registry, appConsumers }) {
    const { surely, maybe } = access.adminUsers(registry, appConsumers);
    if (surely.length + maybe.length === 0) return undefined;
    const known = [pulling(surely, ''), pulling(maybe, 'may ')].filter((words) => words !== '').join('; ');
    return {
      message: `the shared admin account is switched on; ${known}`,
      steps: [findUsers(`These would stop pulling: ${[...surely, ...maybe].join(', ')}. `), ...moveThem],
    };
  },
});

const pulling = (who: readonly string[], may: string): string =>
  who.length === 0
    ? ''
    : `${who.join(', ')} ${may}${may === '' && who.length === 1 ? 'pulls' : 'pull'} with its password`;
