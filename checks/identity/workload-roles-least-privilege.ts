import {
  accessTo,
  cannotSee,
  defineCheck,
  fail,
  type HeldRole,
  heldWords,
  manual,
  notApplicable,
  pass,
  roleUnassign,
  seenGrant,
  untold,
  workloadRoles,
} from '../../src/check.ts';

export default defineCheck({
  id: 'workload-roles-least-privilege',
  title: 'No workload can manage the registry or hand out roles on it',
  problem: 'A workload can manage the registry or hand out roles on it',
  severity: 'high',
  profile: 'recommended',
  profileReason: 'A pipeline pushes and a cluster pulls: there is a role for each that does nothing else.',
  since: '1.0',
  article: ['Managed-identity pulls', 'Built-in roles'],
  alsoKnownAs: ['review-checklists 387e5ced'],
  differs: 'The query of that item is a copy of the one about the admin user and looks at no role.',
  area: 'identity',
  needs: ['registry', 'roleAssignments', 'consumers'],

  why: 'Whoever takes over one pod or one pipeline opens the firewall, switches the admin account on, or becomes owner.',
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
    const { held, ...roles } = workloadRoles(accessTo(registry, roleAssignments), consumers.clusters);
    const seen = (some: readonly HeldRole[]) => some.map(({ name, grant }) => seenGrant(grant, name));
    if (roles.wide.length > 0)
      return fail(seen(roles.wide), `More than a workload needs: ${heldWords(roles.wide)}`, [
        manual(
          `First give ${[...new Set(roles.wide.map(({ name }) => name))].join(', ')} the role it needs on the registry: AcrPull to pull, AcrPush to push (in ABAC mode Container Registry Repository Reader or Writer), Container Registry Tasks Contributor to build.`,
        ),
        ...roles.wide.map(({ grant }) => roleUnassign(grant.assignment)),
      ]);
    if (roles.limited.length > 0)
      return untold(`How far a condition lets these go is not known: ${heldWords(roles.limited)}`);
    if (roles.untold.length > 0)
      return untold(`Azure does not say whether these are people or workloads: ${heldWords(roles.untold)}`);
    if (roles.unreadable.length > 0)
      return cannotSee(
        'what a workload may do',
        roles.unreadable.map(({ unseen }) => unseen),
      );
    return held.length > 0 ? pass(seen(held)) : notApplicable('no workload has a role that reaches this registry');
  },
});
