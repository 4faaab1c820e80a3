import {
  accessTo,
  defineCheck,
  fail,
  type Grant,
  grantWords,
  manual,
  notApplicable,
  pass,
  promised,
  roleAssign,
  roleFor,
  roleIds,
  type Step,
  seenGrant,
  unknown,
} from '../../src/check.ts';

export default defineCheck({
  id: 'role-assignments-effective',
  title: 'Every registry role that is assigned gives what it is named for',
  problem: 'A registry role is assigned that has no effect here',
  severity: 'high',
  profile: 'recommended',
  profileReason: 'A role without effect is an outage for whoever relies on it.',
  area: 'identity',
  needs: ['registry', 'roleAssignments'],

  why: 'A pod that starts on a new node, or a pipeline on its next run, is refused although its role assignment is there for all to see.',
  symptom:
    'Pulls fail with 401 or 403 while the portal shows AcrPull; images are unsigned while AcrImageSigner is assigned.',
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

  evaluate({ registry, roleAssignments }) {
    const access = accessTo(registry, roleAssignments);
    const trust = registry.policies.trust?.status ?? null;
    const named = access.principals.flatMap(({ grants, rights, principalId, principalType }) =>
      grants.flatMap((grant) => {
        const right = grant.roleId === roleIds.acrImageSigner ? 'sign' : promised[grant.roleId];
        return right ? [{ grant, right, held: rights[right], principalId, principalType }] : [];
      }),
    );
    if (named.length === 0) return notApplicable('no role of the registry is assigned');
    if (access.mode !== 'LegacyRegistryPermissions' && access.mode !== 'AbacRepositoryPermissions')
      return unknown(
        `which roles have an effect depends on roleAssignmentMode, which is ${access.mode ?? 'not in the answer'}`,
      );

    // What another assignment gives anyway is not missed.
    const dead = named.filter(({ right, held }) => (right === 'sign' ? trust === 'disabled' || !held : !held));
    if (dead.length > 0)
      return fail(
        dead.map(({ grant, principalId }) => seenGrant(grant, principalId)),
        dead
          .map(({ grant, right, principalId }) => `${principalId} cannot ${right} by ${grantWords(grant)}`)
          .join('; '),
        dead.map(({ grant, right, principalId, principalType }): Step => {
          const role = right === 'pull' || right === 'push' || right === 'delete' ? roleFor(right, access.mode) : null;
          return role && principalType === 'ServicePrincipal'
            ? roleAssign(principalId, role)
            : manual(replaced(grant, principalId));
        }),
      );
    if (trust !== 'enabled' && named.some(({ right }) => right === 'sign'))
      return unknown('AcrImageSigner is assigned, and whether content trust is on is not known');
    return pass(named.map(({ grant, principalId }) => seenGrant(grant, principalId)));
  },
});

const replaced = (grant: Grant, principalId: string): string =>
  grant.roleId === roleIds.acrImageSigner
    ? `Delete the assignment ${grant.assignment}: Notation needs a role that pushes, and Key Vault roles for the key.`
    : `Give ${principalId} the role of this mode in place of ${grantWords(grant)}.`;
