import {
  accessTo,
  cannotSee,
  defineCheck,
  fail,
  manual,
  notApplicable,
  type Observation,
  pass,
  sameId,
  unknown,
} from '../../src/check.ts';

export default defineCheck({
  id: 'task-identities-least-privilege',
  title: 'No task runs as an identity that manages the registry',
  problem: 'A task runs as an identity that manages the registry',
  severity: 'high',
  profile: 'recommended',
  profileReason: 'A build needs to push; nothing in a task needs to change the registry or its access.',
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
      manual(
        'Give the identity the role its steps need (AcrPush, or Container Registry Repository Writer in ABAC mode), then delete the wide assignment: az role assignment delete --ids <assignment>.',
      ),
    ],
    breaks: 'Steps that change Azure itself (az acr import, az acr task …) with the wide role.',
  },
  refs: [
    'https://learn.microsoft.com/azure/container-registry/container-registry-tasks-authentication-managed-identity',
  ],

  evaluate({ registry, tasks, roleAssignments }) {
    const { principals, unreadable } = accessTo(registry, roleAssignments);
    const bad: Observation[] = [];
    const good: Observation[] = [];
    const nameless: string[] = [];
    const unread: (typeof unreadable)[number][] = [];
    for (const [index, { name, identity }] of tasks.entries()) {
      const ids = [identity?.principalId, ...(identity?.userAssigned.map((one) => one.principalId) ?? [])];
      if (identity?.userAssigned.some((one) => one.principalId === null))
        nameless.push(`${name}: Azure's answer has no principal for one of its identities`);
      for (const id of ids) {
        if (!id) continue;
        unread.push(...unreadable.filter(({ principalId }) => sameId(principalId, id)));
        const grants = principals.find(({ principalId }) => sameId(principalId, id))?.grants ?? [];
        const wide = grants.filter(({ rights }) => rights.manage || rights['assign-roles']);
        for (const { at, roleName } of wide)
          bad.push({ at: `${at}/principalId`, saw: id, about: `${name} is ${roleName}` });
        if (wide.length === 0) good.push({ at: `tasks/${index}/identity`, saw: identity, about: name });
      }
    }
    if (bad.length > 0) return fail(bad, `${[...new Set(bad.map(({ about }) => about))].join('; ')} of this registry`);
    if (unread.length > 0)
      return cannotSee(
        'what a task may do',
        unread.map(({ unseen }) => unseen),
      );
    if (nameless.length > 0) return unknown(nameless.join('; '));
    return good.length > 0 ? pass(good) : notApplicable('no task of this registry has a managed identity');
  },
});
