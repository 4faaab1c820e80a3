import check from '../../../checks/identity/federated-subjects-immutable.ts';
import { roleIds } from '../../../src/facts/access/roles.ts';
import { denied, observed } from '../../../src/model/evidence.ts';
import type { FederatedCredentials } from '../../../src/model/facets/federated-credentials.ts';
import { assigned, groupId, roles, subscriptionId } from '../../roles.ts';
import { acr, testCheck } from '../../support.ts';

const registry = acr({ roleAssignmentMode: 'LegacyRegistryPermissions' });
const identityId = `${groupId}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/ci`;
const searched = [{ subscription: subscriptionId, identities: observed([identityId]) }];
const facts = (subject: string | null, issuer = 'https://token.actions.githubusercontent.com') => {
  const federatedCredentials: FederatedCredentials = {
    identities: [
      {
        id: identityId,
        name: 'ci',
        principalId: 'ci',
        credentials: observed([
          {
            id: `${identityId}/federatedIdentityCredentials/main`,
            name: 'main',
            issuer,
            subject,
            expression: null,
            audiences: ['api://AzureADTokenExchange'],
          },
        ]),
      },
    ],
    searched,
  };
  return { registry, roleAssignments: roles([assigned(roleIds.acrPush)]), federatedCredentials };
};
const cites = ['federatedCredentials/identities/0/credentials/value/0/subject'];

testCheck(
  check,
  [
    ['pass', 'organisation and repository carry their ids', facts('repo:org@12/app@34:ref:refs/heads/main'), { cites }],
    ['pass', 'a customised subject names the id', facts('repository_owner_id:1:repository_id:2:environment:prod')],
    [
      'fail',
      'the subject goes by names',
      facts('repo:org/app:ref:refs/heads/main'),
      { cites, fix: /immutable form[\s\S]*Switch the repository[\s\S]*delete --identity-name ci/ },
    ],
    ['fail', 'a hyphen is no delimiter of an id', facts('repo:org-12/app-34:environment:prod')],
    ['unknown', 'Azure names no subject', facts(null)],
    [
      'unknown',
      'the identities may not be listed, and somebody whom nobody has seen pushes',
      {
        ...facts(null),
        federatedCredentials: {
          identities: [],
          searched: [{ subscription: subscriptionId, identities: denied('no', []) }],
        },
      },
    ],
    ['not-applicable', 'another issuer', facts('sc://org/project/connection', 'https://vstoken.dev.azure.com/guid')],
    [
      'not-applicable',
      'the identity only pulls',
      { ...facts('repo:org/app:pull_request'), roleAssignments: roles([assigned(roleIds.acrPull)]) },
    ],
  ],
  {
    'federatedCredentials/searched/*/identities':
      'the identities that were seen are judged; another matters only where the registry names a pusher',
    'registry/roleAssignmentMode': 'AcrPush was made for pushing, in one mode or the other',
    'roleAssignments/assignments/*/principalType': 'it is the identity, whatever Azure says of its type',
    'roleAssignments/definitions': 'the roles are built in',
  },
);
