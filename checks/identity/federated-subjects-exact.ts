import {
  accessTo,
  cannotSee,
  defineCheck,
  fail,
  federatedCredentialDelete,
  flawsOf,
  issuerOf,
  manual,
  notApplicable,
  pass,
  untold,
  type WayIn,
  waysIn,
} from '../../src/check.ts';

const instead =
  'In place of each, make one credential for every branch, tag or environment that pushes, with its exact subject; build pull requests with another identity, which only pulls.';

export default defineCheck({
  id: 'federated-subjects-exact',
  title: 'Identities that push accept exactly the workloads they are meant for',
  problem: 'An identity that pushes accepts too much, or a workload that never matches',
  severity: 'high',
  profile: 'recommended',
  profileReason: 'The subject is the whole of the authentication: there is no secret besides it.',
  since: '1.0',
  article: ['OIDC federated CI/CD', 'Playbook 11', 'Credential models', 'Federated subjects'],
  frameworks: ['MCSB IM-3'],
  area: 'identity',
  needs: ['registry', 'roleAssignments', 'federatedCredentials'],

  why: 'A credential for pull requests lets anybody who can open a branch push an image before a review. One with a wildcard lets nobody in, and the next person in a hurry puts a password in its place.',
  symptom: 'azure/login fails with AADSTS700213 or AADSTS70021, "no matching federated identity record found".',
  signs: ['AADSTS70021', 'AADSTS700211', 'AADSTS700212', 'AADSTS700213', 'No matching federated identity record found'],
  cause: 'Azure compares issuer, subject and audience exactly; other clouds take patterns, and so do many examples.',
  confirm: [
    'az identity federated-credential list --identity-name <identity> --resource-group <identity-group> --query "[].[name, issuer, subject, audiences]"',
  ],
  fix: {
    steps: [manual(instead)],
    breaks: 'Pipelines that log in by the credential that goes away.',
  },
  refs: [
    'https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations',
    'https://docs.github.com/actions/reference/openid-connect-reference',
  ],

  evaluate({ registry, roleAssignments, federatedCredentials }) {
    const { ways, unseen } = waysIn(accessTo(registry, roleAssignments), federatedCredentials);
    const seen = (some: readonly WayIn[]) =>
      some.map(({ at, about, credential: { subject } }) => ({ at, about, saw: subject }));
    const flawed = ways.filter(({ credential }) => flawsOf(credential).length > 0);
    if (flawed.length > 0)
      return fail(
        seen(flawed),
        flawed.map(({ about, credential }) => `${about}: ${flawsOf(credential).join(', and ')}`).join('; '),
        [manual(instead), ...flawed.map(({ credential }) => federatedCredentialDelete(credential.id))],
      );
    if (unseen.length > 0) return cannotSee('who logs in as an identity that pushes', unseen);
    const unsure = ways.filter(
      ({ credential: { issuer, subject, audiences } }) => issuer === null || subject === null || audiences.length === 0,
    );
    if (unsure.length > 0)
      return untold(`Azure names no issuer, subject or audience for ${unsure.map(({ about }) => about).join(', ')}`);
    if (ways.length === 0)
      return notApplicable('no user-assigned identity that can change this registry has a federated credential');
    const others = ways.flatMap(({ credential }) => (issuerOf(credential) === 'other' ? [credential.issuer] : []));
    return others.length > 0
      ? pass(seen(ways), `Exact, but issued by others than GitHub, Azure DevOps and AKS: ${others.join(', ')}`)
      : pass(seen(ways));
  },
});
