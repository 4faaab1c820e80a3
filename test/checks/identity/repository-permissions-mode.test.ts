import check from '../../../checks/identity/repository-permissions-mode.ts';
import { acr, testCheck } from '../../support.ts';

const cites = ['registry/roleAssignmentMode'];

testCheck(check, [
  ['pass', 'roles can be narrowed', { registry: acr({ roleAssignmentMode: 'AbacRepositoryPermissions' }) }, { cites }],
  [
    'fail',
    'roles reach everything',
    { registry: acr({ roleAssignmentMode: 'LegacyRegistryPermissions' }) },
    { cites, fix: /Repository Reader[\s\S]*rbac-abac/ },
  ],
  ['unknown', 'the api-version did not answer the mode', { registry: acr() }],
]);
