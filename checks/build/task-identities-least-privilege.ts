import { access, commands, defineCheck, verdict } from '../../src/check.ts';

export default defineCheck({
  id: 'task-identities-least-privilege',
  title: 'No task runs as an identity that manages the registry',
  problem: 'A task runs as an identity that manages the registry',
  severity: 'high',
  profile: 'recommended',
  profileReason: 'A build needs to push; nothing in a task needs to change the registry or its access.',
  since: '1.0',
  article: ['ACR Tasks'],
  area: 'build',
  needs: ['registry', 'tasks', 'roleAssignments'],

  why: 'Whoever may edit the task, or the file in git it runs, asks the identity for a token and owns the registry.',
  symptom: 'The identity of a task holds Owner or Contributor in az role assignment list.',
  cause: 'The first run failed for lack of a role, and Contributor was the role that made it work.',
  confirm: [
    'az acr task list --registry <registry> --subscription <subscription> --query "[].{name:name, identity:identity}"',
    'az role assignment list --scope <registry-id> --include-inherited --subscription <subscription>',
  ],
  fix: {
    steps: [
      commands.manual(
        'Give the identity the role its steps need (AcrPush, or Container Registry Repository Writer in ABAC mode).',
      ),
      commands.manual('Then delete the wide assignments.'),
    ],
    breaks: 'Steps that change Azure itself (az acr import, az acr task …) with the wide role.',
  },
  refs: [
    'https://learn.microsoft.com/azure/container-registry/container-registry-tasks-authentication-managed-identity',
  ],

  evaluate({ registry, tasks, roleAssignments }) {
    const granted = access.accessTo(registry, roleAssignments);
    const parts = access
      .taskIdentities(registry, tasks, roleAssignments)
      .flatMap(({ task, seen, wide, unclear: why }): readonly verdict.Part[] => {
        const thing = `task/${task.name}`;
        if (wide.length > 0)
          return wide.map((one) =>
            verdict.bad(thing, one.seen, `task ${task.name} runs as ${access.grantWords(one.held.grant)}`, {
              steps: commands.withNarrowerRole(one.held, registry, granted, tasks),
            }),
          );
        return why ? [verdict.unclear(thing, why)] : [verdict.good(thing, seen)];
      });
    return verdict.on(parts, 'no task of this registry has a managed identity', {
      message: (bads) => `More than a task needs: ${[...new Set(bads.map(({ words }) => words))].join('; ')}`,
    });
  },
});
