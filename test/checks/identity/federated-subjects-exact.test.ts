import check from '../../../checks/identity/federated-subjects-exact.ts';
import { roleIds } from '../../../src/facts/access/roles.ts';
import { denied, observed } from '../../../src/model/evidence.ts';
import type { FederatedCredential, FederatedCredentials } from '../../../src/model/facets/federated-credentials.ts';
import type { RowVerdict } from '../../../src/testing/row.ts';
import { cluster, consumers } from '../../clusters.ts';
import { assigned, customRole, groupId, roles, rolesWithoutDefinitions, subscriptionId } from '../../roles.ts';
import { acr, testCheck } from '../../support.ts';
import { scopeMap, token } from '../../tokens.ts';

const acrName = 'Microsoft.ContainerRegistry';

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
  expression: null,
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
  consumers: consumers(),
  roleAssignments,
  federatedCredentials,
});
const cites = ['federatedCredentials/identities/0/credentials/value/0/subject'];

testCheck(
  check,
  [
    ['pass', 'GitHub: one branch', facts(accepting(credential('repo:org/repo:ref:refs/heads/main'))), { cites }],
    [
      'pass',
      'GitHub: the form that carries ids',
      facts(accepting(credential('repo:org@12/repo@34:environment:prod'))),
      { says: /must send the same immutable form/ },
    ],
    [
      'pass',
      'Azure DevOps',
      facts(accepting(credential('sc://org/project/connection', { issuer: 'https://vstoken.dev.azure.com/guid' }))),
      { says: /^Identities/ },
    ],
    ...['login.microsoftonline.us', 'login.partner.microsoftonline.cn'].map(
      (host) =>
        [
          'pass',
          `Azure DevOps by way of ${host}`,
          facts(accepting(credential('/eid1/c/pub/t/a/a/b/sc/c/d', { issuer: `https://${host}/tenant/v2.0` }))),
          { says: /^Identities/ },
        ] as const,
    ),
    [
      'fail',
      'who may make a password of a token that pushes takes pull requests',
      {
        ...facts(
          accepting(credential('repo:org/repo:pull_request')),
          roles([assigned('custom')], [customRole({ actions: [`${acrName}/registries/generateCredentials/action`] })]),
        ),
        tokens: [token('ci')],
        scopeMaps: [scopeMap('ci', 'repositories/app/content/write')],
      },
      { cites },
    ],
    [
      'pass',
      'Azure DevOps by way of Entra',
      facts(
        accepting(
          credential('/eid1/c/pub/t/a/a/b/sc/c/d', { issuer: 'https://login.microsoftonline.com/tenant/v2.0' }),
        ),
      ),
      { says: /^Identities/ },
    ],
    [
      'pass',
      'AKS',
      facts(
        accepting(
          credential('system:serviceaccount:build:builder', {
            issuer: 'https://westeurope.oic.prod-aks.azure.com/t/i/',
          }),
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
        fix: /subject that its run sends[\s\S]*prove[\s\S]*delete --identity-name ci --resource-group rg-acr .* --name main --yes/,
      },
    ],
    [
      'fail',
      'every pull request',
      facts(accepting(credential('repo:org/repo:pull_request'))),
      { says: 'pull request' },
    ],
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
      "a sovereign cloud's audience, in that cloud",
      facts(
        accepting(credential('repo:org/repo:ref:refs/heads/main', { audiences: ['api://AzureADTokenExchangeUSGov'] })),
      ),
      { cloud: { name: 'usgov' } },
    ],
    [
      'fail',
      "another cloud's audience, which may be the one in use",
      facts(
        accepting(credential('repo:org/repo:ref:refs/heads/main', { audiences: ['api://AzureADTokenExchangeUSGov'] })),
      ),
      { says: 'USGov', fix: /may be the one in use[^\n]*$/ },
    ],
    ...(
      [
        [
          'fail',
          'every pull request, by an enterprise cloud',
          'repo:org/app:pull_request',
          'https://token.actions.acme.ghe.com',
        ],
        [
          'fail',
          'every pull request, by an own server',
          'repo:org/app:pull_request',
          'https://git.acme.example/_services/token',
        ],
        ['fail', 'a whole repository', 'repo:org/app', github],
        ['fail', 'a whole organisation', 'repository_owner:org', github],
        [
          'fail',
          'pull requests before another component',
          'repo:org/app:pull_request:job_workflow_ref:org/app/.github/workflows/a.yml@refs/heads/main',
          github,
        ],
        ['fail', 'pull requests as a ref', 'repo:org/app:ref:refs/pull/1/merge', github],
        ['fail', 'pull requests by ids', 'repository_owner_id:1:repository_id:2:pull_request', github],
        ['fail', 'nothing that GitHub sends', 'Sideways', github],
        ['fail', 'upper case, which GitHub never sends', 'REPO:ORG/APP:PULL_REQUEST', github, /never matches/],
        ['fail', 'a short ref', 'repo:org/app:ref:main', github, /ref:refs\/heads/],
        [
          'fail',
          'a workflow as a pull request has it',
          'job_workflow_ref:org/app/.github/workflows/a.yml@refs/pull/7/merge',
          github,
          /pull requests/,
        ],
        [
          'fail',
          'the event of pull requests, on the branch that they go to',
          'repo:org/app:event_name:pull_request_target:ref:refs/heads/main',
          github,
          /pull requests/,
        ],
        ['fail', 'an environment of whomever', 'environment:production', github, /every repository/],
        ['fail', 'a branch of whomever', 'ref:refs/heads/main', github, /every repository/],
        ['fail', 'a workflow by its name alone', 'workflow:deploy:ref:refs/heads/main', github, /every repository/],
        ['pass', 'an environment of one owner', 'repository_owner_id:12:environment:production', github],
        ['pass', 'an environment of an enterprise by its ids', 'enterprise_id:1:repository_id:2:environment:a', github],
        [
          'pass',
          'one branch, by an issuer with the slug of the enterprise',
          'repo:org/app:ref:refs/heads/main',
          'https://token.actions.githubusercontent.com/acme',
        ],
        ['fail', "GitHub's issuer with a slash", 'repo:org/app:ref:refs/heads/main', `${github}/`],
        [
          'fail',
          'an AKS issuer without its slash',
          'system:serviceaccount:a:b',
          'https://westeurope.oic.prod-aks.azure.com/t/i',
        ],
        ['fail', 'no service account', 'builder', 'https://westeurope.oic.prod-aks.azure.com/t/i/'],
        ['pass', 'an environment that is called pull_request', 'repo:org/app:environment:pull_request', github],
        ['pass', 'a reusable workflow', 'job_workflow_ref:org/ci/.github/workflows/build.yml@refs/heads/main', github],
        ['pass', 'a tag', 'repo:org/app:ref:refs/tags/v1', github],
        ['unknown', 'an empty subject', '', github],
        ['unknown', 'a claim that nobody knows', 'repo:org/app:mood:good', github],
        [
          'unknown',
          'a form that Azure DevOps is not known to send',
          'connection',
          'https://vstoken.dev.azure.com/guid',
        ],
      ] satisfies readonly (readonly [RowVerdict, string, string, string, RegExp?])[]
    ).map(
      ([verdict, when, subject, issuer, says]) =>
        [verdict, when, facts(accepting(credential(subject, { issuer }))), says ? { says } : {}] as const,
    ),
    ...(
      [
        ['fail', 'every branch of every repository', "claims['sub'] matches 'repo:org/*:ref:refs/heads/*'"],
        ['fail', 'every branch', "claims['sub'] matches 'repo:org/app:ref:refs/heads/*'"],
        ['fail', 'everything', "claims['sub'] matches '*'"],
        ['fail', 'one branch of every repository', "claims['sub'] matches 'repo:org/*:ref:refs/heads/main'"],
        ['fail', 'one branch of whomever', "claims['sub'] matches 'ref:refs/heads/release-*'"],
        ['pass', 'odd spaces and letters', "  claims['sub']  MATCHES  'repo:org/app:environment:prod-*' "],
        [
          'unknown',
          'every repository, by one workflow',
          "claims['sub'] matches 'repo:org/*:ref:refs/heads/*' AND claims['job_workflow_ref'] eq 'org/ci/.github/workflows/a.yml@refs/heads/main'",
        ],
        ['pass', 'some branches', "claims['sub'] matches 'repo:org/app:ref:refs/heads/release/*'"],
        ['pass', 'one branch', "claims['sub'] eq 'repo:org/app:ref:refs/heads/main'"],
        ['unknown', 'another language', "claims.sub startsWith 'repo'"],
      ] as const
    ).map(
      ([verdict, when, expression]) =>
        [verdict, `an expression: ${when}`, facts(accepting(credential(null, { expression })))] as const,
    ),
    [
      'fail',
      'an expression of an issuer we do not know: more than one subject',
      facts(
        accepting(
          credential(null, { expression: "claims['sub'] matches 'project:*'", issuer: 'https://gitlab.example' }),
        ),
      ),
      { says: /more than one subject/ },
    ],
    [
      'fail',
      "a cluster's issuer in another spelling",
      {
        ...facts(
          accepting(
            credential('system:serviceaccount:a:b', { issuer: 'https://westeurope.oic.prod-aks.azure.com/T/i/' }),
          ),
        ),
        consumers: consumers(cluster('aks', { oidcIssuer: 'https://westeurope.oic.prod-aks.azure.com/t/i/' })),
      },
      {
        says: 'the one of cluster aks',
        irrelevant: { 'consumers/clusters/*/oidcIssuer': 'a cluster without an issuer has none to compare with' },
      },
    ],
    [
      'fail',
      'an identity that may write a credential of the pusher takes pull requests',
      {
        registry,
        roleAssignments: roles([
          assigned(roleIds.acrPush, { principalId: 'pusher' }),
          assigned(roleIds.managedIdentityContributor, { scope: groupId }),
        ]),
        federatedCredentials: {
          ...accepting(credential('repo:org/app:pull_request')),
          identities: [
            ...accepting(credential('repo:org/app:pull_request')).identities,
            {
              id: `${groupId}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/p`,
              name: 'p',
              principalId: 'pusher',
              credentials: observed([]),
            },
          ],
        },
      },
      { cites },
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
      'the identities may not be listed, and somebody whom nobody has seen pushes',
      facts({ identities: [], searched: [{ subscription: subscriptionId, identities: denied('not these', missing) }] }),
      { says: /service principal ci may push here .*not these/ },
    ],
    [
      'not-applicable',
      'the identities may not be listed, and nobody pushes',
      facts(
        { identities: [], searched: [{ subscription: subscriptionId, identities: denied('not these', missing) }] },
        roles([assigned(roleIds.acrPull)]),
      ),
    ],
    [
      'not-applicable',
      'an app registration pushes: it is no identity, and every identity was seen',
      facts({ identities: [], searched }),
    ],
    [
      'unknown',
      "an identity's role could not be read",
      facts(accepting(credential('repo:org/repo:ref:refs/heads/main')), rolesWithoutDefinitions(assigned('custom'))),
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
