import { access, commands, defineCheck, verdict } from '../../src/check.ts';

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
  evidence: ['consumers', 'appConsumers', 'tasks', 'tokens', 'scopeMaps'],

  why: 'A credential for pull requests lets anybody who can open a branch push an image before a review. One with a wildcard lets nobody in, and the next person in a hurry puts a password in its place.',
  symptom: 'azure/login fails with AADSTS700213 or AADSTS70021, "no matching federated identity record found".',
  signs: [
    'AADSTS70021',
    'AADSTS700211',
    'AADSTS700212',
    'AADSTS700213',
    'No matching federated identity record found',
    'AADSTS7002138',
    'case-sensitive comparison',
  ],
  cause: 'Azure compares issuer, subject and audience exactly; other clouds take patterns, and so do many examples.',
  confirm: [
    'az identity federated-credential list --identity-name <identity> --resource-group <identity-group> --query "[].[name, issuer, subject, audiences]"',
  ],
  fix: {
    steps: [
      commands.manual(
        'Add one credential for every branch, tag or environment that pushes, with its exact subject; move the pipeline; then delete the old one.',
      ),
    ],
    breaks: 'Pipelines that log in by the credential that goes away.',
  },
  refs: [
    'https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations',
    'https://docs.github.com/actions/reference/openid-connect-reference',
  ],

  evaluate(given, { cloud }) {
    const { ways, unclear: open } = access.pushersOf(given);
    const parts = ways.map((way): verdict.Part => {
      const { at, about, thing, credential, identity } = way;
      const seen = { at, about, saw: credential.expression ?? credential.subject };
      const its = access.credentialState(credential, cloud.name, given.consumers);
      switch (its.state) {
        case 'exact':
          return verdict.good(thing, seen, its.note);
        case 'flawed':
          return verdict.bad(thing, seen, `${about}: ${its.flaws.map(({ words }) => words).join(', and ')}`, {
            steps: commands.exactInstead(way, its.flaws),
            confirm: [commands.listCredentials(identity.id)],
          });
        default:
          return verdict.unclear(thing, its.why);
      }
    });
    return verdict.on(
      [...parts, ...open.map(({ thing, why }) => verdict.unclear(thing, why))],
      'no user-assigned identity that can change this registry has a federated credential',
    );
  },
});
