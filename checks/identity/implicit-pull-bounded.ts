import { access, commands, defineCheck, verdict } from '../../src/check.ts';

export default defineCheck({
  id: 'implicit-pull-bounded',
  title: 'Few pull images merely because they may see the subscription',
  problem: 'Many pull every image merely because they may see the subscription',
  severity: 'low',
  profile: 'hardened',
  profileReason:
    'Reader is given out freely, by people who do not think of images; narrowing it takes an organisation.',
  since: '1.0',
  article: ['Managed-identity pulls'],
  area: 'identity',
  needs: ['registry', 'roleAssignments'],
  options: { principals: { kind: 'number', default: 10, least: 1, most: 10000 } },

  why: 'Reader of a subscription or management group, the role of dashboards and cost tools, copies every image of the registry, quarantined ones too.',
  symptom: 'An image is pulled by somebody who was never given a role on the registry.',
  cause: 'In the older permission mode a pull is one of the reads that Reader, Contributor and Owner allow.',
  confirm: [
    "az role assignment list --scope <registry-id> --include-inherited --query \"[?contains(['Reader', 'Contributor', 'Owner'], roleDefinitionName)].[principalId, principalType, roleDefinitionName, scope]\"",
  ],
  fix: {
    steps: [
      commands.manual('Replace Reader at wide scopes by roles that read what is needed, or give it at fewer scopes.'),
      commands.manual(
        'Or switch the registry to ABAC mode, in which these roles reach no image: see repository-permissions-mode.',
      ),
    ],
    breaks: 'Whatever relied on the wide role, pulls by it among them.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/container-registry-rbac-built-in-roles-overview'],

  evaluate({ registry, roleAssignments }, { options }) {
    const { mode, principals, unreadable } = access.accessTo(registry, roleAssignments);
    if (mode === 'AbacRepositoryPermissions') return verdict.notApplicable('in ABAC mode these roles reach no image');
    if (mode !== 'LegacyRegistryPermissions')
      return verdict.untold(
        `whether these roles pull depends on roleAssignmentMode, which is ${mode ?? 'not in the answer'}`,
      );
    const implicit = principals.flatMap((who) => {
      const pulling = who.grants.filter(({ rights }) => rights.pull);
      const [first] = pulling;
      return first && pulling.every(({ named }) => !named.LegacyRegistryPermissions.pull)
        ? [{ who, grant: first }]
        : [];
    });
    const seen = implicit.map(({ who, grant }) => access.seenGrant(grant, access.principalWords(who)));
    const count = `${implicit.length} ${implicit.length === 1 ? 'principal pulls' : 'principals pull'} only by a role that reads everything (a group counts as one)`;
    if (verdict.isSome(seen) && seen.length > options.principals)
      return verdict.fail(
        seen,
        `${count}: ${[...new Set(implicit.map(({ grant }) => access.grantWords(grant)))].join(', ')}`,
      );
    // Each role we could not read may be one more.
    if (implicit.length + unreadable.length > options.principals)
      return verdict.cannotSee(
        'who else pulls',
        unreadable.map(({ unseen }) => unseen),
      );
    return verdict.pass([{ at: 'registry/roleAssignmentMode', saw: mode }, ...seen], count);
  },
});
