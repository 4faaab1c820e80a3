import {
  accessTo,
  cannotSee,
  defineCheck,
  fail,
  flawsOf,
  issuerOf,
  manual,
  mayChange,
  notApplicable,
  pass,
  sameId,
  unknown,
} from '../../src/check.ts';

export default defineCheck({
  id: 'federated-subjects-exact',
  title: 'Identities that push accept exactly the workloads they are meant for',
  problem: 'An identity that pushes accepts too much, or a workload that never matches',
  severity: 'high',
  profile: 'recommended',
  profileReason: 'The subject is the whole of the authentication: there is no secret besides it.',
  area: 'identity',
  needs: ['registry', 'roleAssignments', 'federatedCredentials'],

  why: 'A credential for pull requests lets anybody who can open a branch push an image before a review. One with a wildcard lets nobody in, and the next person in a hurry puts a password in its place.',
  symptom: 'azure/login fails with AADSTS700213 or AADSTS70021, "no matching federated identity record found".',
  cause: 'Azure compares issuer, subject and audience exactly; other clouds take patterns, and so do many examples.',
  confirm: [
    'az identity federated-credential list --identity-name <identity> --resource-group <identity-group> --query "[].[name, issuer, subject, audiences]"',
  ],
  fix: {
    steps: [
      manual('Replace a subject with a wildcard by one credential for each branch, tag or environment that pushes.'),
      manual('Build pull requests with another identity, which only pulls.'),
    ],
    breaks: 'Pipelines that log in by the credential that goes away.',
  },
  refs: [
    'https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations',
    'https://docs.github.com/actions/reference/openid-connect-reference',
  ],

  evaluate({ registry, roleAssignments, federatedCredentials: { identities, searched } }) {
    const { principals, unreadable } = accessTo(registry, roleAssignments);
    const pushing = identities
      .map((identity, index) => ({ ...identity, at: `federatedCredentials/identities/${index}` as const }))
      .filter(({ principalId }) =>
        principals.some((one) => sameId(one.principalId, principalId) && mayChange(one.rights)),
      );
    const held = pushing.flatMap(({ name, at, credentials }) =>
      (credentials.state === 'observed' ? credentials.value : []).map((credential, index) => ({
        credential,
        flaws: flawsOf(credential),
        seen: {
          at: `${at}/credentials/value/${index}/subject` as const,
          saw: credential.subject,
          about: `${credential.name} of identity ${name}`,
        },
      })),
    );
    const flawed = held.filter(({ flaws }) => flaws.length > 0);
    if (flawed.length > 0)
      return fail(
        flawed.map(({ seen }) => seen),
        flawed.map(({ seen, flaws }) => `${seen.about}: ${flaws.join(', and ')}`).join('; '),
      );
    const unseen = [
      ...pushing.flatMap(({ credentials }) => (credentials.state === 'observed' ? [] : [credentials])),
      ...searched.flatMap((one) => (one.identities.state === 'observed' ? [] : [one.identities])),
      ...unreadable.filter(({ principalType }) => principalType !== 'User').map((one) => one.unseen),
    ];
    if (unseen.length > 0) return cannotSee('who logs in as an identity that pushes', unseen);
    const untold = held.filter(({ credential }) => credential.issuer === null || credential.subject === null);
    if (untold.length > 0)
      return unknown(`Azure names no issuer or subject for ${untold.map(({ seen }) => seen.about).join(', ')}`);
    if (held.length === 0)
      return notApplicable('no user-assigned identity that can change this registry has a federated credential');
    const others = held.flatMap(({ credential }) => (issuerOf(credential) === 'other' ? [credential.issuer] : []));
    return pass(
      held.map(({ seen }) => seen),
      others.length > 0
        ? `Exact, but issued by others than GitHub, Azure DevOps and AKS: ${others.join(', ')}`
        : undefined,
    );
  },
});
