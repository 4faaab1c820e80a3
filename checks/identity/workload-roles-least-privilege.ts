import {
  type Access,
  accessTo,
  cannotSee,
  defineCheck,
  type Extent,
  fail,
  type Grant,
  grantWords,
  idKey,
  isWorkload,
  kubeletsOf,
  manual,
  notApplicable,
  pass,
  roleUnassign,
  seenGrant,
  unknown,
} from '../../src/check.ts';

type Held = { readonly who: Access; readonly grant: Grant };

export default defineCheck({
  id: 'workload-roles-least-privilege',
  title: 'No workload can manage the registry or hand out roles on it',
  problem: 'A workload can manage the registry or hand out roles on it',
  severity: 'high',
  profile: 'recommended',
  profileReason: 'A pipeline pushes and a cluster pulls: there is a role for each that does nothing else.',
  area: 'identity',
  needs: ['registry', 'roleAssignments', 'consumers'],

  why: 'Whoever takes over one pod or one pipeline opens the firewall, switches the admin account on, or makes himself owner.',
  symptom: 'A pipeline that only pushes images shows up in the activity log as the one who changed the registry.',
  cause: 'Contributor was the first role that worked, or the role comes from a subscription or management group above.',
  confirm: [
    'az role assignment list --scope <registry-id> --include-inherited --query "[?principalType==\'ServicePrincipal\'].[principalId, roleDefinitionName, scope]"',
  ],
  fix: {
    steps: [
      manual(
        'Give each workload what it needs on the registry: AcrPull to pull, AcrPush to push, Container Registry Tasks Contributor to run az acr build (in ABAC mode Container Registry Repository Reader or Writer).',
      ),
      manual('Then delete the wide assignments.'),
    ],
    breaks:
      'Whatever else the workload does with the role. One that was assigned above the registry is lost for everything else below that scope too.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/container-registry-rbac-built-in-roles-overview'],

  evaluate({ registry, roleAssignments, consumers }) {
    const kubelets = kubeletsOf(consumers.clusters);
    const { principals, unreadable } = accessTo(registry, roleAssignments);
    const held = principals.flatMap((who) => who.grants.map((grant): Held => ({ who, grant })));
    const ofWorkloads = held.filter(({ who }) => isWorkload(who, kubelets));
    const powerOf = ({ who, grant: { rights } }: Held): Extent | undefined => {
      const pulls = kubelets.has(idKey(who.principalId));
      const powers = [rights.manage, rights['assign-roles'], ...(pulls ? [rights.push, rights.delete] : [])];
      return powers.includes('all') ? 'all' : powers.find((power) => power !== undefined);
    };
    const says = (some: readonly Held[]) =>
      some.map(({ who, grant }) => `${who.principalId} (${grantWords(grant)})`).join(', ');

    const wide = ofWorkloads.filter((one) => powerOf(one) === 'all');
    if (wide.length > 0)
      return fail(
        wide.map(({ who, grant }) => seenGrant(grant, who.principalId)),
        `More than a workload needs: ${says(wide)}`,
        [
          manual(`Give ${[...new Set(wide.map(({ who }) => who.principalId))].join(', ')} the narrow role first.`),
          ...wide.map(({ grant }) => roleUnassign(grant.assignment)),
        ],
      );
    const limited = ofWorkloads.filter((one) => powerOf(one) !== undefined);
    if (limited.length > 0) return unknown(`How far a condition lets them go is not known: ${says(limited)}`);
    const untold = held.filter((one) => one.who.principalType === null && powerOf(one) !== undefined);
    const nobody = untold.filter(({ who }) => !isWorkload(who, kubelets));
    if (nobody.length > 0) return unknown(`Azure does not say whether these are people or workloads: ${says(nobody)}`);
    const unseen = unreadable.filter((one) => one.principalType === null || isWorkload(one, kubelets));
    if (unseen.length > 0)
      return cannotSee(
        'what a workload may do',
        unseen.map((one) => one.unseen),
      );
    return ofWorkloads.length > 0
      ? pass(ofWorkloads.map(({ who, grant }) => seenGrant(grant, who.principalId)))
      : notApplicable('no workload has a role that reaches this registry');
  },
});
