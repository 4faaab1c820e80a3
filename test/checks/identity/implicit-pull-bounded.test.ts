import check from '../../../checks/identity/implicit-pull-bounded.ts';
import { roleIds } from '../../../src/facts/access/roles.ts';
import { assigned, customRole, roles, rolesWithoutDefinitions, subscriptionId } from '../../roles.ts';
import { acr, testCheck } from '../../support.ts';

const legacy = acr({ roleAssignmentMode: 'LegacyRegistryPermissions' });
const people = (count: number, roleId: string = roleIds.reader) =>
  Array.from({ length: count }, (_, index) =>
    assigned(roleId, { principalId: `person-${index}`, principalType: 'User', scope: subscriptionId }),
  );

testCheck(
  check,
  [
    ['pass', 'ten may see the subscription', { registry: legacy, roleAssignments: roles(people(10)) }],
    [
      'fail',
      'eleven may see the subscription',
      { registry: legacy, roleAssignments: roles(people(11)) },
      {
        says: '11 principals pull only by a role that reads everything (a group counts as one): Reader at the subscription',
      },
    ],
    [
      'fail',
      'eleven hold another role that reads everything',
      { registry: legacy, roleAssignments: roles(people(11, roleIds.monitoringReader)) },
    ],
    [
      'fail',
      'eleven hold an own role that reads everything',
      { registry: legacy, roleAssignments: roles(people(11, 'custom'), [customRole({ actions: ['*/read'] })]) },
    ],
    [
      'fail',
      'the option allows two',
      { registry: legacy, roleAssignments: roles(people(3, roleIds.contributor)) },
      { options: { principals: 2 } },
    ],
    [
      'pass',
      'eleven may see it, and all were given AcrPull besides',
      { registry: legacy, roleAssignments: roles([...people(11), ...people(11, roleIds.acrPull)]) },
    ],
    [
      'pass',
      'nobody may',
      { registry: legacy, roleAssignments: roles([]) },
      { cites: ['registry/roleAssignmentMode'] },
    ],
    [
      'not-applicable',
      'in ABAC mode they reach no image',
      { registry: acr({ roleAssignmentMode: 'AbacRepositoryPermissions' }), roleAssignments: roles(people(11)) },
    ],
    ['unknown', 'the mode is not answered', { registry: acr(), roleAssignments: roles(people(11)) }],
    [
      'unknown',
      'roles that could not be read may be too many',
      { registry: legacy, roleAssignments: rolesWithoutDefinitions(...people(10), assigned('custom')) },
    ],
    [
      'pass',
      'roles that could not be read are too few to matter',
      { registry: legacy, roleAssignments: rolesWithoutDefinitions(...people(9), assigned('custom')) },
    ],
  ],
  {
    'roleAssignments/assignments/*/principalType':
      'an object id is the same principal, whatever Azure says of its type',
    'roleAssignments/definitions': 'the roles of the rows are built in',
  },
);
