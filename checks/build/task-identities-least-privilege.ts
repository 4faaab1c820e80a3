import {
  cannotSee,
  defineCheck,
  fail,
  grantWords,
  manual,
  notApplicable,
  pass,
  roleUnassign,
  type TaskRole,
  taskRoles,
  untold,
} from '../../src/check.ts';

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
      manual(
        'Give the identity the role its steps need (AcrPush, or Container Registry Repository Writer in ABAC mode).',
      ),
      manual('Then delete the wide assignments.'),
    ],
    breaks: 'Steps that change Azure itself (az acr import, az acr task …) with the wide role.',
  },
  refs: [
    'https://learn.microsoft.com/azure/container-registry/container-registry-tasks-authentication-managed-identity',
  ],

  evaluate({ registry, tasks, roleAssignments }) {
    const { wide, limited, narrow, unreadable, nameless } = taskRoles(registry, tasks, roleAssignments);
    if (wide.length > 0)
      return fail(
        wide.map(({ seen }) => seen),
        `More than a task needs: ${said(wide)}`,
        [
          manual(
            `First give ${names(wide)} what its steps need: AcrPush, or in ABAC mode Container Registry Repository Writer.`,
          ),
          ...wide.map(({ grant }) => roleUnassign(grant.assignment)),
        ],
      );
    if (limited.length > 0) return untold(`how far a condition lets these go is not known: ${said(limited)}`);
    if (unreadable.length > 0) return cannotSee('what a task may do', unreadable);
    if (nameless.length > 0) return untold(`Azure's answer has no principal for an identity of ${nameless.join(', ')}`);
    return narrow.length > 0 ? pass(narrow) : notApplicable('no task of this registry has a managed identity');
  },
});

const said = (some: readonly TaskRole[]): string =>
  some.map(({ task, grant }) => `task ${task} runs as ${grantWords(grant)}`).join('; ');
const names = (some: readonly TaskRole[]): string => [...new Set(some.map(({ task }) => task))].join(', ');
