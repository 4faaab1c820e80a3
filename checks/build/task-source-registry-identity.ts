import { acrTasks, commands, defineCheck, shellWord, verdict } from '../../src/check.ts';

const identified = (task: string): string =>
  `Give ${task} an identity with a repository role (Container Registry Repository Writer; for a purge Repository Contributor and Catalog Lister), then az acr task update --registry <registry> --subscription <subscription> --name ${task} --source-acr-auth-id '[system]'.`;

export default defineCheck({
  id: 'task-source-registry-identity',
  title: 'Every task says with which identity it enters its own registry',
  problem: 'A task has no identity for its own registry, which asks for one',
  severity: 'high',
  profile: 'recommended',
  profileReason: 'In this permission mode a task without one has lost its access.',
  since: '1.0',
  article: ['ACR Tasks'],
  area: 'build',
  needs: ['registry', 'tasks'],

  why: 'In ABAC mode a task no longer enters its own registry by itself: its builds cannot push, its purges clean nothing.',
  symptom: 'Runs fail with "unauthorized" right after the registry was switched to repository permissions.',
  cause: 'The registry was moved to ABAC mode; the tasks are older than that, and nothing warns about them.',
  confirm: [
    'az acr task list --registry <registry> --subscription <subscription> --query "[].{name:name, status:status, identity:credentials.sourceRegistry.identity}"',
    'az acr show --name <registry> --subscription <subscription> --query roleAssignmentMode',
  ],
  fix: {
    steps: [commands.manual(identified('<task>'))],
    breaks: 'Nothing: until then the task is refused.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/container-registry-rbac-abac-repository-permissions'],

  evaluate({ registry: { roleAssignmentMode: mode }, tasks }) {
    if (mode === 'LegacyRegistryPermissions')
      return verdict.notApplicable(
        'the registry has legacy permissions, under which its tasks have access by themselves',
      );
    if (mode !== 'AbacRepositoryPermissions') return verdict.notSaid('registry/roleAssignmentMode', mode);
    const parts = [...tasks.entries()]
      .filter(([, task]) => acrTasks.mayRun(task) && !acrTasks.isPatching(task))
      .flatMap(([index, task]): readonly verdict.Part[] => {
        const { name, step, sourceRegistryIdentity: saw } = task;
        const thing = `task/${name}`;
        const seen = { at: `tasks/${index}/sourceRegistryIdentity`, saw, about: `task ${name}` } as const;
        const nothing = acrTasks.workUntold(task);
        if (nothing) return [verdict.unclear(thing, nothing)];
        if (step.kind === 'other') return [];
        if (saw !== null) return [verdict.good(thing, seen)];
        const steps = [commands.manual(identified(shellWord(name)))];
        return [verdict.bad(thing, seen, `${name} has no identity for this registry`, { steps })];
      });
    return verdict.on(parts, 'this registry has no enabled task that a person wrote');
  },
});
