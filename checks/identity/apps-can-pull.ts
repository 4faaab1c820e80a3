import { access, commands, defineCheck, verdict } from '../../src/check.ts';

export default defineCheck({
  id: 'apps-can-pull',
  title: 'Every app that pulls from here with an identity has a role that lets it',
  problem: 'An app that pulls from here with its identity has no role that lets it',
  severity: 'high',
  profile: 'recommended',
  profileReason: 'The next instance that starts without its image is an outage.',
  since: '1.0',
  article: ['Managed-identity pulls', 'Playbook 8'],
  area: 'identity',
  needs: ['registry', 'appConsumers', 'roleAssignments'],
  evidence: ['denyAssignments', 'consumers', 'federatedCredentials', 'tasks'],

  why: 'Instances keep running where the image is, until one is moved or the app scales: then it does not start.',
  symptom: 'A new revision never becomes ready, a Web App answers 503, or a container group stays in Waiting.',
  signs: [
    'ImagePullFailure',
    'ImagePullUnauthorizedFailure',
    'InaccessibleImage',
    'unauthorized: authentication required',
    'Image pull failed',
    'Inspect image returned null',
    'is not accessible. Please check the image and registry credential',
  ],
  cause:
    "The app's identity was never given a role on this registry, or the registry's permission mode was switched since.",
  confirm: [
    'az role assignment list --scope <registry-id> --include-inherited --query "[].[principalId, principalType, roleDefinitionName, condition]"',
  ],
  fix: {
    steps: [commands.manual('Give the identity of each app named a role that pulls, on this registry.')],
    breaks: 'Nothing. The app can then pull every image of the registry, unless you add a condition in ABAC mode.',
  },
  refs: [
    'https://learn.microsoft.com/azure/container-apps/managed-identity-image-pull',
    'https://learn.microsoft.com/azure/app-service/configure-custom-container',
    'https://learn.microsoft.com/azure/container-instances/using-azure-container-registry-mi',
  ],

  evaluate({ registry, appConsumers, roleAssignments, denyAssignments, ...around }, { now }) {
    if (registry.loginServer === null) return verdict.untold("Azure's answer has no loginServer");
    const { apps, mode } = access.appPulls(registry, appConsumers, roleAssignments, denyAssignments, now);
    const role = access.roleFor('pull', mode);
    const unseen = access.unseenApp(registry, appConsumers, roleAssignments, around);
    return verdict.on(
      [
        ...apps.map(({ thing, who, pull, refused }): verdict.Part => {
          if (refused)
            return verdict.bad(
              thing,
              refused,
              `${who} asks with a token for Azure Resource Manager, which the registry refuses`,
              {
                steps: [
                  commands.manual(
                    `Let the registry take such tokens again (its policy azureADAuthenticationAsArmPolicy), or move ${who} to a service that needs none. A Conditional Access policy for registries needs them refused: ask who set it first.`,
                  ),
                ],
              },
            );
          if (pull.can === null) return verdict.unclear(thing, pull.why);
          if (pull.can) return verdict.good(thing, pull.seen);
          if (pull.denial) return verdict.bad(thing, pull.seen, `${who} may not pull: ${pull.denial}`);
          if (pull.spoiled)
            return verdict.bad(thing, pull.seen, `the role of ${who} lets it pull nothing: ${pull.spoiled.reason}`, {
              steps: [commands.mendCondition(pull.spoiled, who)],
            });
          return verdict.bad(thing, pull.seen, `no role lets ${who} pull`, {
            steps: role ? [commands.roleAssign(pull.principalId, role)] : [],
          });
        }),
        ...(unseen ? [verdict.unclear('app/unseen', unseen)] : []),
      ],
      'no app is known to pull from here with an identity',
    );
  },
});
