import { access, commands, defineCheck, verdict } from '../../src/check.ts';

export default defineCheck({
  id: 'workload-roles-least-privilege',
  title: 'No workload can change more of the registry than its work needs',
  problem: 'A workload can change more of the registry than its work needs',
  severity: 'high',
  profile: 'recommended',
  profileReason: 'A pipeline pushes and a cluster pulls: there is a role for each that does nothing else.',
  since: '1.0',
  article: ['Managed-identity pulls', 'Built-in roles'],
  alsoKnownAs: ['review-checklists 387e5ced'],
  differs: 'The query of that item is a copy of the one about the admin user and looks at no role.',
  area: 'identity',
  needs: ['registry', 'roleAssignments'],
  evidence: ['consumers', 'federatedCredentials', 'tokens', 'scopeMaps'],
  words: ['tasks'],

  why: 'Whoever takes over one pod or one pipeline opens the firewall, makes itself a token, or becomes owner.',
  symptom: 'A pipeline that only pushes images shows up in the activity log as the one who changed the registry.',
  cause: 'Contributor was the first role that worked, or the role comes from a subscription or management group above.',
  confirm: [
    'az role assignment list --scope <registry-id> --include-inherited --query "[?principalType==\'ServicePrincipal\'].[principalId, roleDefinitionName, scope]"',
  ],
  fix: {
    steps: [
      commands.manual(
        'Give each workload what it needs on the registry: AcrPull to pull, AcrPush to push, Container Registry Tasks Contributor to run az acr build (in ABAC mode Container Registry Repository Reader or Writer).',
      ),
      commands.manual('Prove that it still works, then delete the wide assignments.'),
    ],
    breaks:
      'Whatever else the workload does with the role. One that was assigned above the registry is lost for everything else below that scope too.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/container-registry-rbac-built-in-roles-overview'],

  evaluate({ registry, roleAssignments, consumers, federatedCredentials, tasks, ...seen }, { purposes }) {
    const {
      access: granted,
      tasks: seenTasks,
      held,
      unreadable,
      hidden,
    } = access.rolesAround(registry, roleAssignments, consumers, federatedCredentials, tasks, seen);
    const parts = held.map((role): verdict.Part => {
      const thing = `principal/${role.who.principalId}`;
      const seen = access.seenGrant(role.grant, role.name);
      const its = access.widthOf(role, registry, purposes);
      switch (its.width) {
        case 'narrow':
          return verdict.good(thing, seen, its.note);
        case 'wide':
          return verdict.bad(thing, seen, its.words, {
            steps: commands.withNarrowerRole(role, registry, granted, seenTasks),
          });
        default:
          return verdict.unclear(thing, its.why);
      }
    });
    return verdict.on(
      [
        ...parts,
        ...hidden.map(({ thing, why }) => verdict.unclear(thing, why)),
        ...unreadable.map((role) =>
          verdict.unclear(
            `principal/${role.principalId}`,
            verdict.cannotSee('what its role lets it do', [role.unseen]),
          ),
        ),
      ],
      'no workload has a role that reaches this registry',
    );
  },
});
