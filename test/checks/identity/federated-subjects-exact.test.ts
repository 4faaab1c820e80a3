import check from '../../../checks/identity/federated-subjects-exact.ts';
import { roleIds } from '../../../src/facts/access/roles.ts';
import { denied, observed } from '../../../src/model/evidence.ts';
import type { FederatedCredential, FederatedCredentials } from '../../../src/model/facets/federated-credentials.ts';
import { assigned, groupId, roles, rolesWithoutDefinitions, subscriptionId } from '../../roles.ts';
import { acr, testCheck } from '../../support.ts';

const registry = acr({ roleAssignmentMode: 'LegacyRegistryPermissions' });
const github = 'https://token.actions.githubusercontent.com';
const identityId = `${groupId}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/ci`;
const searched = [{ subscription: subscriptionId, identities: observed([identityId]) }];
const missing = [{ action: 'Microsoft.ManagedIdentity/userAssignedIdentities/read', scope: subscriptionId }];

const credential = (subject: string | null, changes: Partial<FederatedCredential> = {}): FederatedCredential => ({
  id: `${identityId}/federatedIdentityCredentials/main`,
  name: 'main',
  issuer: github,
  subject,
  audiences: ['api://AzureADTokenExchange'],
  ...changes,
});
const accepting = (...credentials: readonly FederatedCredential[]): FederatedCredentials => ({
  identities: [{ id: identityId, name: 'ci', principalId: 'ci', credentials: observed(credentials) }],
  searched,
});
const pushing = roles([assigned(roleIds.acrPush)]);
const facts = (federatedCredentials: FederatedCredentials, roleAssignments = pushing) => ({
  registry,
  roleAssignments,
  federatedCredentials,
});
const cites = ['federatedCredentials/identities/0/credentials/value/0/subject'];

testCheck(check, [
  ['pass', 'GitHub: one branch', facts(accepting(credential('repo:org/repo:ref:refs/heads/main'))), { cites }],
  ['pass', 'GitHub: the form that carries ids', facts(accepting(credential('repo:org-12/repo-34:environment:prod')))],
  [
    'pass',
    'Azure DevOps',
    facts(accepting(credential('sc://org/project/connection', { issuer: 'https://vstoken.dev.azure.com/guid' }))),
    { says: /^Identities/ },
  ],
  [
    'pass',
    'Azure DevOps by way of Entra',
    facts(
      accepting(credential('/eid1/c/pub/t/a/a/b/sc/c/d', { issuer: 'https://login.microsoftonline.com/tenant/v2.0' })),
    ),
    { says: /^Identities/ },
  ],
  [
    'pass',
    'AKS',
    facts(
      accepting(
        credential('system:serviceaccount:build:builder', { issuer: 'https://westeurope.oic.prod-aks.azure.com/t/i/' }),
      ),
    ),
    { says: /^Identities/ },
  ],
  [
    'pass',
    'an issuer we do not know is only mentioned',
    facts(accepting(credential('job', { issuer: 'https://gitlab.example.com' }))),
    { says: 'https://gitlab.example.com' },
  ],
  [
    'fail',
    'a tag pattern, which never matches',
    facts(accepting(credential('repo:org/repo:ref:refs/tags/v*'))),
    {
      cites,
      says: 'never matches',
      fix: /exact subject[\s\S]*delete --identity-name ci --resource-group rg-acr .* --name main --yes/,
    },
  ],
  ['fail', 'every pull request', facts(accepting(credential('repo:org/repo:pull_request'))), { says: 'pull request' }],
  [
    'fail',
    'every pull request, in the form with ids',
    facts(accepting(credential('repo:org-12/repo-34:pull_request'))),
  ],
  [
    'pass',
    'another issuer’s subject may end like that',
    facts(accepting(credential('job:pull_request', { issuer: 'https://gitlab.example.com' }))),
  ],
  [
    'pass',
    'Entra with a subject that is not of Azure DevOps is only mentioned',
    facts(accepting(credential('somebody', { issuer: 'https://login.microsoftonline.com/tenant/v2.0' }))),
    { says: 'https://login.microsoftonline.com/tenant/v2.0' },
  ],
  [
    'pass',
    'the same identity among others that push',
    facts(
      accepting(credential('repo:org/repo:ref:refs/heads/main')),
      roles([assigned(roleIds.acrPush), assigned(roleIds.acrPush, { principalId: 'other' })]),
    ),
    { cites },
  ],
  [
    'pass',
    'a role that could not be read is a person’s',
    facts(
      accepting(credential('repo:org/repo:ref:refs/heads/main')),
      rolesWithoutDefinitions(assigned(roleIds.acrPush), assigned('custom', { principalType: 'User' })),
    ),
    { cites },
  ],
  [
    'fail',
    'another audience',
    facts(accepting(credential('repo:org/repo:ref:refs/heads/main', { audiences: ['https://github.com/org'] }))),
    { says: 'audience' },
  ],
  [
    'pass',
    "a sovereign cloud's audience",
    facts(
      accepting(credential('repo:org/repo:ref:refs/heads/main', { audiences: ['api://AzureADTokenExchangeUSGov'] })),
    ),
  ],
  [
    'fail',
    'an issuer without https',
    facts(accepting(credential('job', { issuer: 'http://ci.example.com' }))),
    { says: 'https' },
  ],
  [
    'not-applicable',
    'the identity only pulls',
    facts(accepting(credential('repo:org/repo:ref:refs/tags/v*')), roles([assigned(roleIds.acrPull)])),
  ],
  ['not-applicable', 'the identity has no federated credential', facts(accepting())],
  ['unknown', 'ARM names no subject', facts(accepting(credential(null)))],
  [
    'unknown',
    'ARM names no audience',
    facts(accepting(credential('repo:org/repo:ref:refs/heads/main', { audiences: [] }))),
  ],
  [
    'unknown',
    'the credentials may not be read',
    facts({
      identities: [{ id: identityId, name: 'ci', principalId: 'ci', credentials: denied('no', missing) }],
      searched,
    }),
  ],
  [
    'unknown',
    'the identities may not be listed',
    facts({ identities: [], searched: [{ subscription: subscriptionId, identities: denied('not these', missing) }] }),
    { says: 'not these' },
  ],
  [
    'unknown',
    "a workload's role could not be read",
    facts({ identities: [], searched }, rolesWithoutDefinitions(assigned('custom'))),
  ],
]);
