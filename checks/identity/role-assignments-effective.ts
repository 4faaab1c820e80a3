import { access, commands, defineCheck, verdict } from '../../src/check.ts';

export default defineCheck({
  id: 'role-assignments-effective',
  title: 'Every registry role that is assigned gives what it is named for',
  problem: 'A registry role is assigned that has no effect here',
  severity: 'high',
  profile: 'recommended',
  profileReason: 'A role without effect is an outage for whoever relies on it.',
  since: '1.0',
  article: ['Managed-identity pulls', 'Built-in roles'],
  differs: 'AcrImageSigner: see below.',
  area: 'identity',
  needs: ['registry', 'roleAssignments'],
  evidence: ['consumers'],

  why: 'A pod that starts on a new node, or a pipeline on its next run, is refused although its role assignment is there for all to see.',
  symptom:
    'Pulls fail with 401 or 403 while the portal shows AcrPull; images are unsigned while AcrImageSigner is assigned.',
  signs: [
    '403',
    'unauthorized: authentication required',
    '401',
    'insufficient_scope',
    'requested access to the resource is denied',
    'CONNECTIVITY_REFRESH_TOKEN_ERROR',
    'CONNECTIVITY_ACCESS_TOKEN_ERROR',
  ],
  cause:
    'The permission mode of the registry was switched, and the roles of the other mode are not asked any more. AcrImageSigner only ever meant Docker Content Trust, not Notation.',
  confirm: [
    'az acr show --name <registry> --subscription <subscription> --query "[roleAssignmentMode, policies.trustPolicy.status]"',
    'az role assignment list --scope <registry-id> --include-inherited --query "[].[principalId, roleDefinitionName, scope]"',
  ],
  fix: {
    steps: [commands.manual('Assign the role of the mode the registry is in to each principal named.')],
    breaks: 'Nothing: the assignments do nothing now. Repository roles without a condition reach every repository.',
  },
  refs: [
    'https://learn.microsoft.com/azure/container-registry/container-registry-rbac-abac-repository-permissions#effect-on-existing-role-assignments',
  ],

  evaluate({ registry, roleAssignments, consumers }) {
    const granted = access.accessTo(registry, roleAssignments);
    const { mode } = granted;
    const assigned = access.registryRoles(registry, granted, access.usersOf(registry, roleAssignments, consumers));
    if (assigned.length === 0) return verdict.notApplicable('no role of the registry is assigned');
    if (mode !== 'LegacyRegistryPermissions' && mode !== 'AbacRepositoryPermissions')
      return verdict.notSaid('registry/roleAssignmentMode', mode);
    const parts = assigned.map((role): verdict.Part => {
      const who = access.principalWords(role);
      const thing = `principal/${role.principalId}`;
      const seen = access.seenGrant(role.grant, who);
      if (role.effect === 'works') return verdict.good(thing, seen);
      if (role.effect === 'untold')
        return verdict.unclear(
          thing,
          verdict.untold('AcrImageSigner is assigned, and whether content trust is on is not known'),
        );
      const words = `${who} cannot ${role.right} by ${access.grantWords(role.grant)}`;
      if (!role.missed && consumers.state !== 'observed') return verdict.unclear(thing, verdict.unseen(consumers));
      return role.missed
        ? verdict.bad(thing, seen, words, { steps: commands.insteadOf(role, mode) })
        : verdict.good(thing, seen, `${words}, and nobody says that it uses this registry`);
    });
    return verdict.on(parts, 'no role of the registry is assigned');
  },
});
