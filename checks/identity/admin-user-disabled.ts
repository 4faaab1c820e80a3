import { acrUpdate, defineCheck, must } from '../../src/check.ts';

export default defineCheck({
  id: 'admin-user-disabled',
  title: 'The shared admin account is switched off',
  problem: 'The shared admin account is switched on',
  severity: 'high',
  profile: 'recommended',
  profileReason: 'Every consumer has a better credential: a managed identity, a federated one or a scoped token.',
  since: '1.0',
  area: 'identity',
  needs: ['registry'],

  why: 'One user name with two passwords pushes, pulls and deletes every repository; nobody can tell whose use it was, and it never expires.',
  symptom: 'A pull or push in the logs is attributed to the registry name, and no one can say which system it was.',
  cause:
    'Somebody enabled it for a quick docker login, for a portal wizard (App Service, Container Instances) or in a template, and consumers came to depend on it.',
  confirm: ['az acr show --name <registry> --subscription <subscription> --query adminUserEnabled'],
  fix: {
    steps: [acrUpdate({ adminEnabled: false })],
    breaks:
      'Every consumer that still logs in with the admin password: move them first (az aks update --attach-acr for clusters, workload identity federation for pipelines, a scoped token for the rest).',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/container-registry-authentication#admin-account'],

  evaluate: ({ registry }) => must('registry/adminUserEnabled', registry.adminUserEnabled, false),
});
