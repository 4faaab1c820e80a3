import { commands, defineCheck, verdict } from '../../src/check.ts';

const rule = {
  at: 'registry/roleAssignmentMode',
  wanted: 'AbacRepositoryPermissions',
  unwanted: ['LegacyRegistryPermissions'],
} as const;

export default defineCheck({
  id: 'repository-permissions-mode',
  title: 'Role assignments can be narrowed to repositories',
  problem: 'Every role reaches every repository of the registry',
  severity: 'low',
  profile: 'hardened',
  profileReason: 'The switch needs every consumer moved to other roles: worth it where teams share a registry.',
  since: '1.0',
  article: ['Managed-identity pulls', 'Built-in roles'],
  area: 'identity',
  needs: ['registry'],
  words: ['roleAssignments', 'tasks', 'consumers', 'appConsumers', 'federatedCredentials'],

  why: 'Whoever may pull one image may pull all of them, and a pipeline that pushes for one team can replace the images of another.',
  symptom: 'A role assignment has no way to name a repository: a condition on it changes nothing.',
  signs: ['insufficient_scope'],
  cause: 'The registry is in the older of the two role assignment modes.',
  confirm: ['az acr show --name <registry> --subscription <subscription> --query roleAssignmentMode'],
  fix: {
    steps: commands.byHandToRepositoryPermissions,
    breaks:
      'From that moment AcrPull, AcrPush and AcrDelete have no effect, Owner, Contributor and Reader reach no image, az aks update --attach-acr is refused, listing repositories takes Container Registry Repository Catalog Lister, tasks without a source registry identity fail, and continuous patching stops.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/container-registry-rbac-abac-repository-permissions'],

  rule,

  evaluate({ registry, ...around }) {
    const outcome = verdict.byRule(rule, { registry });
    return outcome.verdict === 'fail'
      ? { ...outcome, steps: commands.toRepositoryPermissions(registry, around) }
      : outcome;
  },
});
