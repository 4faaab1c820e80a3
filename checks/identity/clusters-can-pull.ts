import {
  accessTo,
  cannotSee,
  clusterPull,
  consumersOf,
  defineCheck,
  fail,
  grantWords,
  manual,
  notApplicable,
  pass,
  roleAssign,
  roleFor,
  seenGrant,
  unknown,
} from '../../src/check.ts';

export default defineCheck({
  id: 'clusters-can-pull',
  title: 'Every cluster that pulls from here has a role that lets it',
  problem: 'A cluster that pulls from here has no role that lets it',
  severity: 'high',
  profile: 'recommended',
  profileReason: 'The next node that starts without its images is an outage.',
  area: 'identity',
  needs: ['registry', 'roleAssignments', 'consumers'],

  why: 'Pods keep running on nodes that have the image, until a node is replaced or a deployment scales: then they stay in ImagePullBackOff.',
  symptom: 'ImagePullBackOff with 401 Unauthorized, on new nodes first.',
  cause:
    "The kubelet identity was never given a role on this registry, the cluster's own identity got it instead, or the registry's permission mode was switched since.",
  confirm: [
    'az aks list --subscription <subscription> --query "[].[name, identityProfile.kubeletidentity.objectId]"',
    'az role assignment list --scope <registry-id> --include-inherited --query "[].[principalId, roleDefinitionName, condition]"',
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
    const { clusters, missing } = consumersOf(registry, consumers, roleAssignments);
    const access = accessTo(registry, roleAssignments);
    const judged = clusters.map(({ cluster, at }) => ({ name: cluster.name, at, its: clusterPull(cluster, access) }));
    const barred = judged.flatMap(({ its, ...one }) => (its.can === false ? [{ ...one, ...its }] : []));
    if (barred.length > 0) {
      const role = roleFor('pull', access.mode);
      return fail(
        barred.map(({ at, name, principalId }) => ({
          at: `${at}/kubelet/objectId`,
          saw: principalId,
          wanted: 'a role that pulls',
          about: `cluster ${name}`,
        })),
        `No role lets ${barred.map(({ name }) => name).join(', ')} pull`,
        role ? barred.map(({ principalId }) => roleAssign(principalId, role)) : undefined,
      );
    }
    const open = judged.flatMap(({ its }) => (its.can === null ? [its] : []));
    const lost = missing.map((id) => `cluster ${id} of the configuration was not found`);
    if (open.length + lost.length > 0)
      return unknown(
        [...open.map(({ reason }) => reason), ...lost].join('; '),
        open.flatMap(({ unreadable }) => unreadable.flatMap(({ unseen }) => unseen.missing)),
      );
    const unseen = consumers.searched.flatMap(({ clusters: found }) => (found.state === 'observed' ? [] : [found]));
    if (unseen.length > 0) return cannotSee('clusters that may pull from here', unseen);
    if (judged.length === 0) return notApplicable('no cluster is known to pull from here');
    return pass(
      judged.flatMap(({ name, its }) =>
        its.can
          ? [{ ...seenGrant(its.grant, its.principalId), about: `cluster ${name}: ${grantWords(its.grant)}` }]
          : [],
      ),
    );
  },
});
