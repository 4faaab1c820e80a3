import {
  accessTo,
  bad,
  defineCheck,
  good,
  grantWords,
  insteadOf,
  manual,
  notApplicable,
  notSaid,
  type Part,
  principalWords,
  registryRoles,
  seenGrant,
  unclear,
  unseen,
  untold,
  usersOf,
  verdictOn,
} from '../../src/check.ts';

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
  ],
  cause:
    'The permission mode of the registry was switched, and the roles of the other mode are not asked any more. AcrImageSigner only ever meant Docker Content Trust, not Notation.',
  confirm: [
    'az acr show --name <registry> --subscription <subscription> --query "[roleAssignmentMode, policies.trustPolicy.status]"',
    'az role assignment list --scope <registry-id> --include-inherited --query "[].[principalId, roleDefinitionName, scope]"',
  ],
  fix: {
    steps: [manual('Assign the role of the mode the registry is in to each principal named.')],
    breaks: 'Nothing: the assignments do nothing now. Repository roles without a condition reach every repository.',
  },
  refs: [
    'https://learn.microsoft.com/azure/container-registry/container-registry-rbac-abac-repository-permissions#effect-on-existing-role-assignments',
  ],

  evaluate({ registry, roleAssignments, consumers }) {
    const access = accessTo(registry, roleAssignments);
    const { mode } = access;
    const assigned = registryRoles(registry, access, usersOf(registry, roleAssignments, consumers));
    if (assigned.length === 0) return notApplicable('no role of the registry is assigned');
    if (mode !== 'LegacyRegistryPermissions' && mode !== 'AbacRepositoryPermissions')
      return notSaid('registry/roleAssignmentMode', mode);
    const parts = assigned.map((role): Part => {
      const who = principalWords(role);
      const thing = `principal/${role.principalId}`;
      const seen = seenGrant(role.grant, who);
      if (role.effect === 'works') return good(thing, seen);
      if (role.effect === 'untold')
        return unclear(thing, untold('AcrImageSigner is assigned, and whether content trust is on is not known'));
      const words = `${who} cannot ${role.right} by ${grantWords(role.grant)}`;
      if (!role.missed && consumers.state !== 'observed') return unclear(thing, unseen(consumers));
      return role.missed
        ? bad(thing, seen, words, { steps: [insteadOf(role, mode)] })
        : good(thing, seen, `${words}, and nobody says that it uses this registry`);
    });
    return verdictOn(parts, 'no role of the registry is assigned');
  },
});
