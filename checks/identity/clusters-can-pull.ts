import { access, commands, defineCheck, lastPart, verdict } from '../../src/check.ts';

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
  evidence: [...access.identityFacets, 'denyAssignments'],

  why: 'Pods keep running on nodes that have the image, until a node is replaced or a deployment scales: then they stay in ImagePullBackOff.',
  symptom: 'ImagePullBackOff with 401 Unauthorized, on new nodes first.',
  signs: [
    'unauthorized: authentication required',
    '401',
    'ImagePullBackOff',
    'ErrImagePull',
    'requested access to the resource is denied',
  ],
  cause:
    "The kubelet identity was never given a role on this registry, the cluster's own identity got it instead, or the registry's permission mode was switched since.",
  confirm: [
    'az resource show --ids <cluster-id> --query "[name, properties.identityProfile.kubeletidentity.objectId]"',
    'az role assignment list --scope <registry-id> --include-inherited --query "[].[principalId, principalType, roleDefinitionName, condition]"',
  ],
  fix: {
    steps: [commands.manual('Give the kubelet identity of each cluster named a role that pulls, on this registry.')],
    breaks: 'Nothing. The cluster can then pull every image of the registry, unless you add a condition in ABAC mode.',
  },
  refs: [
    'https://learn.microsoft.com/azure/aks/cluster-container-registry-integration',
    'https://learn.microsoft.com/azure/container-registry/container-registry-rbac-built-in-roles-overview',
  ],

  evaluate({ registry, roleAssignments, consumers, denyAssignments, ...identities }, { now }) {
    const { clusters, mode, ...known } = access.clusterPulls(
      registry,
      roleAssignments,
      consumers,
      identities,
      denyAssignments,
      now,
    );
    const role = access.roleFor('pull', mode);
    const parts = clusters.map((one): verdict.Part => {
      const thing = `cluster/${one.name}`;
      if (one.can === null) return verdict.unclear(thing, one.why);
      if (one.can) return verdict.good(thing, one.seen, one.note);
      if (one.denial !== null)
        return verdict.bad(thing, one.seen, `${one.denial} takes the pull from the nodes of ${one.name}`, {
          steps: [commands.askOwnerOfDeny(one.denial, `the kubelet identity of ${one.name}`, 'pull')],
          confirm: [commands.listDenies()],
        });
      if (one.spoiled)
        return verdict.bad(
          thing,
          one.seen,
          `the role of ${one.name} lets its nodes pull nothing: ${one.spoiled.reason}`,
          {
            steps: [commands.mendCondition(one.spoiled, `cluster ${one.name}`)],
          },
        );
      return verdict.bad(thing, one.seen, `no role lets the nodes of ${one.name} pull`, {
        steps: role ? [commands.roleAssign(one.principalId, role)] : [],
      });
    });
    return verdict.on(
      [
        ...parts,
        ...known.unfound.map(({ id, why }) => verdict.unclear(`cluster/${lastPart(id)}`, why)),
        ...(known.unseen ? [verdict.unclear('cluster/unseen', known.unseen)] : []),
      ],
      ['no cluster is known to pull from here', ...bystanders(known)].join('; '),
    );
  },
});

/** Whom no verdict is about, and who may matter all the same. */
const bystanders = ({ able, leaving, nobody }: Pick<access.ClusterPulls, 'able' | 'leaving' | 'nobody'>): string[] => [
  ...able.map(({ name }) => `cluster ${name} may pull by an inherited role, which does not show that it does`),
  ...leaving.map(({ name }) => `cluster ${name} is being deleted`),
  ...nobody.map(
    (who) => `${who} may pull and is none of the identities seen: an app registration, or an identity that is gone`,
  ),
];
