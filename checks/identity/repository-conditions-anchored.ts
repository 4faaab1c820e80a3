import {
  aboutRepositories,
  covers,
  defineCheck,
  fail,
  loosePrefixes,
  manual,
  notApplicable,
  pass,
  principalWords,
  untold,
} from '../../src/check.ts';

export default defineCheck({
  id: 'repository-conditions-anchored',
  title: 'Conditions on repository prefixes end at a slash',
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
  cause: 'The condition compares the beginning of the name, and the value does not end in a slash.',
  confirm: [
    'az role assignment list --scope <registry-id> --include-inherited --query "[?condition!=null].[principalId, roleDefinitionName, condition]"',
  ],
  fix: {
    steps: [
      manual('End each prefix in a slash: edit the condition of the role assignment in the portal, or make it anew.'),
    ],
    breaks:
      'Access to repositories that only match by the beginning of their name, the one without a slash among them.',
  },
  refs: [
    'https://learn.microsoft.com/azure/container-registry/container-registry-rbac-abac-repository-permissions#scope-role-assignment-to-multiple-repositories-using-repository-prefix-wildcard',
  ],

  evaluate({ registry, roleAssignments }) {
    const conditions = roleAssignments.assignments.flatMap(({ scope, condition, id, ...who }, index) =>
      condition !== null && covers(scope, registry.id) && aboutRepositories(condition)
        ? [{ at: `roleAssignments/assignments/${index}/condition` as const, condition, who: principalWords(who), id }]
        : [],
    );
    if (conditions.length === 0) return notApplicable('no condition speaks of repositories');
    const judged = conditions.map((one) => ({ ...one, loose: loosePrefixes(one.condition) }));
    const open = judged.flatMap(({ loose, ...one }) => (loose && loose.length > 0 ? [{ ...one, loose }] : []));
    if (open.length > 0)
      return fail(
        open.map(({ at, condition, who }) => ({ at, saw: condition, about: who })),
        open
          .map(({ loose, who }) => `The condition on ${who} also matches names that only begin with ${quoted(loose)}`)
          .join('; '),
        open.map(({ id, loose }) =>
          manual(
            `In the condition of ${id}, end ${quoted(loose)} in a slash; where one repository is meant, compare with StringEqualsIgnoreCase.`,
          ),
        ),
      );
    if (judged.some(({ loose }) => loose === null)) return untold('a condition on repositories could not be read');
    return pass(judged.map(({ at, condition, who }) => ({ at, saw: condition, about: who })));
  },
});

const quoted = (prefixes: readonly string[]): string => prefixes.map((prefix) => `'${prefix}'`).join(', ');
