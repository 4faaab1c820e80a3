import {
  cannotSee,
  clusterPulls,
  defineCheck,
  fail,
  manual,
  notApplicable,
  pass,
  roleAssign,
  roleFor,
  untold,
} from '../../src/check.ts';

export default defineCheck({
  id: 'clusters-can-pull',
  title: 'Every cluster that pulls from here has a role that lets it',
  problem: 'A cluster that pulls from here has no role that lets it',
  severity: 'high',
  profile: 'recommended',
  profileReason: 'The next node that starts without its images is an outage.',
  since: '1.0',
  article: ['Managed-identity pulls', 'Playbook 8', 'Credential models'],
  area: 'identity',
  needs: ['registry', 'roleAssignments', 'consumers'],

  why: 'Pods keep running on nodes that have the image, until a node is replaced or a deployment scales: then they stay in ImagePullBackOff.',
  symptom: 'ImagePullBackOff with 401 Unauthorized, on new nodes first.',
  cause:
    "The kubelet identity was never given a role on this registry, the cluster's own identity got it instead, or the registry's permission mode was switched since.",
  confirm: [
    'az aks list --subscription <subscription> --query "[].[name, identityProfile.kubeletidentity.objectId]"',
    'az role assignment list --scope <registry-id> --include-inherited --query "[].[principalId, principalType, roleDefinitionName, condition]"',
  ],
  fix: {
    steps: [manual('Give the kubelet identity of each cluster named a role that pulls, on this registry.')],
    breaks: 'Nothing. The cluster can then pull every image of the registry, unless you add a condition in ABAC mode.',
  },
  refs: [
    'https://learn.microsoft.com/azure/aks/cluster-container-registry-integration',
    'https://learn.microsoft.com/azure/container-registry/container-registry-rbac-built-in-roles-overview',
  ],

  evaluate({ registry, roleAssignments, consumers }) {
    const {
      mode,
      pulling,
      barred,
      untold: unsure,
      missing,
      unseen,
    } = clusterPulls(registry, roleAssignments, consumers);
    if (barred.length > 0) {
      const role = roleFor('pull', mode);
      return fail(
        barred.map(({ seen }) => seen),
        `No role lets the nodes of ${barred.map(({ name }) => name).join(', ')} pull`,
        role ? barred.map(({ principalId }) => roleAssign(principalId, role)) : undefined,
      );
    }
    if (unsure.length > 0) return { ...untold(unsure.join('; ')), missing };
    if (unseen.length > 0) return cannotSee('clusters that may pull from here', unseen);
    return pulling.length > 0 ? pass(pulling) : notApplicable('no cluster is known to pull from here');
  },
});
