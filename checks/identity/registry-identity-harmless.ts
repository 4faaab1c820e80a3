import { access, commands, defineCheck, lastPart, verdict } from '../../src/check.ts';

export default defineCheck({
  id: 'registry-identity-harmless',
  title: "The registry's own identity may do nothing elsewhere but use its key",
  problem: "The registry's own identity may change something elsewhere",
  severity: 'medium',
  profile: 'recommended',
  profileReason: 'The identity of a registry needs its key and the secrets of its cache rules, and nothing else.',
  since: '1.0',
  article: ['Managed-identity pulls'],
  area: 'identity',
  needs: ['registry', 'roleAssignments'],

  why: 'Whoever may write or run a task in the registry takes the token of its identity, and with it every right that the identity holds.',
  symptom: 'The logs of another resource show the identity of a registry at work.',
  cause: 'A role was given to the identity at a resource group or subscription, because that made an error go away.',
  confirm: [
    'az acr identity show --name <registry> --subscription <subscription>',
    'az role assignment list --all --subscription <subscription> --query "[?principalType==\'ServicePrincipal\'].[principalId, roleDefinitionName, scope]"',
  ],
  fix: {
    steps: [
      commands.manual(
        'Give whatever needs the role an identity of its own, prove that it works with it, then have the role taken from the identity of the registry.',
      ),
    ],
    breaks: 'A task that logs in elsewhere with the identity of the registry, until it has its own.',
  },
  refs: [
    'https://learn.microsoft.com/azure/container-registry/container-registry-tasks-authentication-managed-identity',
    'https://github.com/NetSPI/MicroBurst/blob/master/Misc/Invoke-AzACRTokenGenerator.ps1',
  ],

  evaluate: ({ registry, roleAssignments }) =>
    verdict.on(
      access.ownIdentities(registry, roleAssignments).flatMap(identityParts),
      'the registry has no identity of its own',
    ),
});

function identityParts({ principalId, at, name, roles }: access.OwnIdentity): verdict.Part[] {
  const thing = `principal/${principalId ?? 'untold'}`;
  if (principalId === null)
    return [verdict.unclear(thing, verdict.untold(`Azure does not tell the object id of ${name}`))];
  if (roles.length === 0) return [verdict.good(thing, { at, saw: principalId, about: name })];
  return roles.map(({ at, assignment, words, harmless }): verdict.Part => {
    const seen = { at: `${at}/roleId`, saw: assignment.roleId, about: `${name}: ${words}` } as const;
    if (harmless === true) return verdict.good(thing, seen);
    if (harmless !== false) return verdict.unclear(thing, harmless);
    return verdict.bad(thing, seen, `${name} is ${words}`, {
      steps: [
        commands.manual(
          `Give what needs it an identity of its own, prove that it works, then ask the owner of ${assignment.scope} to take the role from ${name} (assignment ${lastPart(assignment.id)}).`,
        ),
      ],
    });
  });
}
