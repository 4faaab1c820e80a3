import { access, commands, defineCheck, type Facets, lastPart, posture, verdict } from '../../src/check.ts';

export default defineCheck({
  id: 'clusters-gate-images',
  title: "Every cluster that pulls from here asks Defender's gate first",
  problem: 'A cluster that pulls from here runs images whatever Defender found in them',
  severity: 'medium',
  profile: 'hardened',
  profileReason:
    'A gate that denies can keep a rollout from starting: it wants rules, exemptions and somebody on call.',
  since: '1.0',
  article: ['Defender for Containers', 'The sequence of gates'],
  area: 'trust',
  needs: ['registry', 'consumers', 'defenderPlans', 'roleAssignments'],
  evidence: [...access.identityFacets, 'clusterPlans', 'denyAssignments'],

  why: 'Scanning alone stops nothing: an image with a known hole is deployed like any other.',
  symptom: 'Pods of images with critical findings start, and no event of the admission controller names them.',
  cause:
    'The sensor was installed without gating, an extension that the gate reads its findings by was never switched on, or its identity has no role on this registry.',
  confirm: [
    'az resource show --ids <cluster-id> --api-version 2025-10-01 --query "[properties.currentKubernetesVersion, properties.securityProfile.defender]"',
    'az rest --method get --url "https://management.azure.com/subscriptions/<subscription>/providers/Microsoft.Security/pricings/Containers?api-version=2024-01-01" --query properties.extensions',
  ],
  fix: {
    steps: [
      commands.manual(
        "Switch gated deployment on in Defender for Cloud's environment settings: ContainerSensor with security gating, and ContainerIntegrityContribution (Security findings), in the subscription of the registry and of each cluster. Begin with a rule that audits, and let it deny when its log is quiet.",
      ),
    ],
    breaks:
      'Once a rule denies: deployments of images that break it, also of those that run already and are restarted.',
  },
  refs: [
    'https://learn.microsoft.com/azure/defender-for-cloud/enablement-guide-runtime-gated',
    'https://learn.microsoft.com/azure/defender-for-cloud/runtime-gated-overview',
  ],

  evaluate({ registry, consumers, roleAssignments, ...around }, { cloud, now }) {
    if (cloud.name === 'usgov' || cloud.name === 'china')
      return verdict.notApplicable('gated deployment exists in the public cloud alone');
    const known = access.consumersOf(registry, consumers, roleAssignments, around);
    const without = known.clusters.filter((one) => !access.gateOf(one)).map(({ cluster }) => cluster.name);
    const parts = known.clusters.flatMap((one): readonly verdict.Part[] => {
      const its = access.gateOf(one);
      if (!its) return [];
      const gate = gatePart(one, its);
      if (gate.state !== 'good') return [gate];
      const { name } = one.cluster;
      return [
        gate,
        ...posture
          .gatePlans(registry, one.cluster, around.defenderPlans, around.clusterPlans)
          .map((plan) => planPart(name, gate.seen, plan)),
        ...access
          .gatePulls(one, registry, roleAssignments, around.denyAssignments, now)
          .map((pull) => pullPart(name, pull, registry.roleAssignmentMode)),
      ];
    });
    return verdict.on(
      [
        ...parts,
        ...known.unfound.map(({ id, why }) => verdict.unclear(`cluster/${lastPart(id)}`, why)),
        ...(known.unseen ? [verdict.unclear('cluster/unseen', known.unseen)] : []),
      ],
      without.length > 0
        ? `${without.join(', ')} ${without.length === 1 ? 'runs' : 'run'} without Defender: a gate there would be one of signatures`
        : 'no cluster is known to pull from here',
    );
  },
});

/** Whether the gate stands at all. Whether its rules audit or deny is set in Defender, and Azure Resource Manager is not told. */
function gatePart(one: access.ConsumingCluster, gate: access.Gate): verdict.Part {
  const { name, kubernetesVersion } = one.cluster;
  const thing = `cluster/${name}`;
  if (gate.state === 'untold') return verdict.unclear(thing, verdict.untold(gate.reason));
  if (gate.state !== 'on')
    return verdict.bad(thing, { ...gate.seen, about: name }, `${name} runs Defender without its gate`);
  const version = { at: `${one.at}/kubernetesVersion`, saw: kubernetesVersion, about: name } as const;
  const able = access.canBeGated(one.cluster);
  if (able === null)
    return verdict.unclear(thing, verdict.untold(`Azure does not tell the Kubernetes version of ${name}`));
  return able
    ? verdict.good(
        thing,
        [{ ...gate.seen, about: name }, version],
        'whether its rules audit or deny is set in Defender, and Azure Resource Manager does not tell',
      )
    : verdict.bad(
        thing,
        { ...version, wanted: '1.31 or later' },
        `${name} runs Kubernetes ${kubernetesVersion}, which cannot be gated`,
      );
}

function planPart(
  name: string,
  gate: verdict.Observations,
  plan: ReturnType<typeof posture.gatePlans>[number],
): verdict.Part {
  const thing = `cluster/${name}`;
  if ('verdict' in plan) return verdict.unclear(thing, plan);
  if (plan.its.state === 'unclear') return verdict.unclear(thing, verdict.untold(plan.its.reason));
  return plan.its.state === 'on'
    ? verdict.good(thing, plan.its.because)
    : verdict.bad(
        thing,
        [...gate, ...plan.its.because],
        `the gate of ${name} stands and sees nothing: ${plan.words} is off`,
      );
}

function pullPart(
  name: string,
  pull: ReturnType<typeof access.gatePulls>[number],
  mode: Facets['registry']['roleAssignmentMode'],
): verdict.Part {
  const thing = `cluster/${name}`;
  if (pull.can === null) return verdict.unclear(thing, pull.why);
  if (pull.can) return verdict.good(thing, pull.seen);
  const words = `the gate of ${name} sees nothing of this registry: its identity may not pull from it`;
  const role = access.roleFor('pull', mode);
  return verdict.bad(thing, pull.seen, words, {
    steps: role && pull.denial === null && !pull.spoiled ? [commands.roleAssign(pull.principalId, role)] : [],
  });
}
