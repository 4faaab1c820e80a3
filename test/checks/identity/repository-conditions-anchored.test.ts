import check from '../../../checks/identity/repository-conditions-anchored.ts';
import { roleIds } from '../../../src/facts/access/roles.ts';
import { assigned, onRepositories, roles } from '../../roles.ts';
import { acr, testCheck } from '../../support.ts';

const registry = acr({ roleAssignmentMode: 'AbacRepositoryPermissions' });
const under = (condition: string | null) => ({
  registry,
  roleAssignments: roles([assigned(roleIds.repositoryReader, { condition })]),
});
const on = (test: string) => under(onRepositories(test, 'content/read', 'metadata/read'));
const cites = ['roleAssignments/assignments/0/condition'];
const name = '@Request[Microsoft.ContainerRegistry/registries/repositories:name]';

testCheck(
  check,
  [
    ['pass', 'the prefix ends in a slash', on("StringStartsWithIgnoreCase 'team/'"), { cites }],
    [
      'fail',
      'the prefix does not',
      on("StringStartsWithIgnoreCase 'team'"),
      {
        cites,
        says: "the condition on service principal ci also matches names that only begin with 'team'",
        fix: "write 'team/' for 'team'",
      },
    ],
    [
      'fail',
      'one of two prefixes does not',
      on("ForAnyOfAnyValues:StringStartsWith {'a/', 'b'}"),
      { says: "begin with 'b'" },
    ],
    ['fail', 'a pattern ends in a bare asterisk', on("StringLike 'team*'"), { fix: "write 'team/*' for 'team*'" }],
    ['pass', 'a prefix that ends in a hyphen is a naming scheme', on("StringStartsWith 'team-'")],
    ['pass', 'so is a pattern', on("StringLike 'team-*'")],
    ['fail', 'a negated negative is the positive', under(`NOT (${name} StringNotStartsWith 'team')`)],
    ['fail', 'a negated negative pattern', under(`!(${name} StringNotLike 'team*')`)],
    ['pass', 'a negative takes away', under(`${name} StringNotStartsWith 'secret'`)],
    ['unknown', 'an operator that nobody knows', on("StringResembles 'team'"), { says: 'could not be read in full' }],
    ['unknown', 'a condition that cannot be parsed may speak of repositories', under('what is this')],
    [
      'not-applicable',
      'in the older permission mode the condition does nothing',
      { ...on("StringStartsWith 'team'"), registry: acr({ roleAssignmentMode: 'LegacyRegistryPermissions' }) },
    ],
    ['pass', 'a pattern ends in a slash and an asterisk', on("StringLike 'team/*'")],
    ['pass', 'one repository is named in full', on("StringEqualsIgnoreCase 'nginx'")],
    [
      'fail',
      'the second of two tests is loose',
      under(`(${name} StringStartsWith 'a/') || (${name} StringStartsWith 'b')`),
      { says: "'b'" },
    ],
    ['pass', 'the loose prefix is under a negation and takes away', under(`!(${name} StringStartsWith 'secret')`)],
    ['unknown', 'the condition speaks of repositories and cannot be read', under(`${name} Resembles`)],
    ['not-applicable', 'there is no condition', under(null)],
    [
      'not-applicable',
      'the condition is about blobs',
      under("@Resource[Microsoft.Storage/storageAccounts:name] StringEquals 'a'"),
    ],
    [
      'not-applicable',
      'the loose condition is on another registry',
      {
        registry,
        roleAssignments: roles([
          assigned(roleIds.repositoryReader, {
            scope: '/subscriptions/other',
            condition: onRepositories("StringStartsWith 'team'", 'content/read'),
          }),
        ]),
      },
    ],
  ],
  {
    'registry/roleAssignmentMode': 'what is anchored in one mode is so in the other',
    'roleAssignments/assignments/*/principalType': 'a condition is judged by its text, whoever holds the role',
  },
);
