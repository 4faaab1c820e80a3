import { access, commands, defineCheck, lastPart, verdict } from '../../src/check.ts';

export default defineCheck({
  id: 'repository-conditions-anchored',
  title: 'Conditions on repository prefixes end at a separator',
  problem: 'A condition on a repository prefix also lets sibling names in',
  severity: 'medium',
  profile: 'recommended',
  profileReason: 'One character decides between one team and every team whose name begins alike.',
  since: '1.0',
  article: ['Managed-identity pulls'],
  area: 'identity',
  needs: ['registry', 'roleAssignments'],

  why: 'A role meant for the images of `team` also pulls, or replaces, those of `team-b`.',
  symptom: 'A pipeline pushes to a repository that is not its own, and nothing refuses it.',
  cause: 'The condition compares the beginning of the name, and the value does not end in a separator.',
  confirm: [
    'az role assignment list --scope <registry-id> --include-inherited --query "[?condition!=null].[principalId, roleDefinitionName, condition]"',
  ],
  fix: {
    steps: [
      commands.manual(
        'End each prefix in a slash: edit the condition of the role assignment, in the portal or by its id.',
      ),
    ],
    breaks:
      'Access to repositories that only match by the beginning of their name, the one without a slash among them.',
  },
  refs: [
    'https://learn.microsoft.com/azure/container-registry/container-registry-rbac-abac-repository-permissions#scope-role-assignment-to-multiple-repositories-using-repository-prefix-wildcard',
  ],

  evaluate({ registry, roleAssignments }) {
    if (registry.roleAssignmentMode === 'LegacyRegistryPermissions')
      return verdict.notApplicable('in the older permission mode a condition on repositories does nothing');
    const parts = roleAssignments.assignments.flatMap(({ scope, condition, id, ...who }, index): verdict.Part[] => {
      if (condition === null || !access.covers(scope, registry.id) || !access.aboutRepositories(condition)) return [];
      const thing = `condition/${lastPart(id)}`;
      const seen = {
        at: `roleAssignments/assignments/${index}/condition`,
        saw: condition,
        about: access.principalWords(who),
      } as const;
      const loose = access.loosePrefixes(condition);
      if (loose === null)
        return [
          verdict.unclear(
            thing,
            verdict.untold(`the condition on ${access.principalWords(who)} could not be read in full`),
          ),
        ];
      if (loose.length === 0) return [verdict.good(thing, seen)];
      return [
        verdict.bad(
          thing,
          seen,
          `the condition on ${access.principalWords(who)} also matches names that only begin with ${quoted(loose.map(({ value }) => value))}`,
          {
            steps: loose.map(({ value, instead }) =>
              commands.manual(
                `In the condition of ${id}, write '${instead}' for '${value}'; where one repository is meant, compare with StringEqualsIgnoreCase. az role assignment update changes it; creating it again does not.`,
              ),
            ),
          },
        ),
      ];
    });
    return verdict.on(parts, 'no condition speaks of repositories');
  },
});

const quoted = (prefixes: readonly string[]): string => prefixes.map((prefix) => `'${prefix}'`).join(', ');
