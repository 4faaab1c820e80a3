import { access, commands, defineCheck, verdict } from '../../src/check.ts';

export default defineCheck({
  id: 'federated-subjects-immutable',
  title: 'Identities that push trust GitHub repositories by id, not by name',
  problem: 'An identity that pushes trusts a GitHub repository by its name alone',
  severity: 'low',
  profile: 'hardened',
  profileReason:
    'Most good registries still use names, and GitHub gives the form with ids to new repositories only: a waiver is ordinary.',
  since: '1.0',
  area: 'identity',
  needs: ['registry', 'roleAssignments', 'federatedCredentials'],
  evidence: ['consumers', 'appConsumers', 'tasks'],

  why: 'Whoever takes over the name of an organisation or repository that was renamed or deleted takes over its trust, and pushes.',
  symptom: 'None, until a repository under an old name logs in.',
  cause: 'The subject was written as `repo:ORG/REPO:…`, which was the only form for years.',
  confirm: [
    'az identity federated-credential list --identity-name <identity> --resource-group <identity-group> --query "[].[name, issuer, subject]"',
  ],
  fix: {
    steps: [
      commands.manual(
        'Add a credential in the immutable form, switch the repository to it, then delete the one by name.',
      ),
    ],
    breaks: 'Runs of a repository that still sends the other form, if the old credential goes first.',
  },
  refs: ['https://learn.microsoft.com/entra/workload-id/workload-identities-github-immutable-subjects'],

  evaluate(given) {
    const { ways, unclear: open } = access.pushersOf(given);
    const parts = ways
      .filter(({ credential }) => credential.issuer === null || access.issuerOf(credential) === 'GitHub')
      .map((way): verdict.Part => {
        const { at, about, thing, credential, identity } = way;
        if (credential.issuer === null)
          return verdict.unclear(thing, verdict.untold(`Azure does not say whose tokens ${about} trusts`));
        const saw = credential.expression ?? credential.subject;
        if (!saw) return verdict.unclear(thing, verdict.untold(`Azure names no subject for ${about}`));
        if (access.isByIds(saw)) return verdict.good(thing, { at, about, saw });
        return verdict.bad(thing, { at, about, saw, wanted: 'ids' }, `${about} trusts names: ${saw}`, {
          steps: commands.immutableInstead(way),
          confirm: [commands.listCredentials(identity.id)],
        });
      });
    return verdict.on(
      [...parts, ...open.map(({ thing, why }) => verdict.unclear(thing, why))],
      'no identity that can change this registry trusts GitHub',
    );
  },
});
