import { commands, defineCheck } from '../../src/check.ts';

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

  why: 'Whoever may pull one image may pull all of them, and a pipeline that pushes for one team can replace the images of another.',
  symptom: 'A role assignment has no way to name a repository: a condition on it changes nothing.',
  signs: ['insufficient_scope'],
  cause: 'The registry is in the older of the two role assignment modes.',
  confirm: ['az acr show --name <registry> --subscription <subscription> --query roleAssignmentMode'],
  fix: {
    steps: [
      commands.manual(
        'Give everybody who pulls, pushes or deletes here, by whatever role (Contributor, Owner, Reader and custom roles too; clusters, pipelines and tasks included), the role Container Registry Repository Reader, Writer or Contributor as well: acr-audit explain access <registry> lists them. Give every ACR task a source registry identity.',
      ),
      commands.manual(
        'Prove that each pulls and pushes by its new role: the assignment is there, and its condition names the repositories in use.',
      ),
      commands.manual(
        'Then switch the mode, with azure-cli 2.73 or later: az acr update --name <registry> --subscription <subscription> --role-assignment-mode rbac-abac',
      ),
    ],
    breaks:
      'From that moment AcrPull, AcrPush and AcrDelete have no effect, Owner, Contributor and Reader reach no image, az aks update --attach-acr is refused, tasks without a source registry identity fail, and continuous patching stops.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/container-registry-rbac-abac-repository-permissions'],

  rule: {
    at: 'registry/roleAssignmentMode',
    wanted: 'AbacRepositoryPermissions',
    unwanted: ['LegacyRegistryPermissions'],
  },
});
