import { acrTasks, commands, defineCheck, verdict } from '../../src/check.ts';

export default defineCheck({
  id: 'continuous-patching-works',
  title: 'Continuous patching can do its work',
  problem: 'Continuous patching is set up, and cannot work here',
  severity: 'medium',
  profile: 'recommended',
  profileReason: 'Who set it up believes that images are patched.',
  since: '1.0',
  area: 'build',
  needs: ['registry', 'tasks', 'cacheRules'],
  evidence: ['tagInventory'],

  why: 'Images keep the holes that patching was to close, and everybody believes they are closed.',
  symptom: 'No tag ends in -1 or -patched, although az acr supply-chain workflow show lists the workflow.',
  cause:
    'The registry was moved to permissions by repository (ABAC), a task of the workflow was deleted or switched off, or its images come by artifact cache.',
  confirm: [
    'az acr supply-chain workflow show --registry <registry> --resource-group <group> --subscription <subscription> --type continuouspatchv1',
    'az acr task list --registry <registry> --subscription <subscription> --query "[?starts_with(name, \'cssc-\')].{name:name, status:status}"',
  ],
  fix: {
    steps: [
      commands.manual(
        'Make the workflow anew (az acr supply-chain workflow create; its tasks are generated, so do not edit them), or delete it where the registry has permissions by repository or the images come by cache rules, and rebuild those images another way: az acr supply-chain workflow delete.',
      ),
    ],
    breaks: 'Without the workflow nothing patches these images until something else rebuilds them.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/key-concept-continuous-patching'],

  evaluate({ registry, tasks, cacheRules, tagInventory }) {
    const there = [...tasks.entries()].filter(([, task]) => acrTasks.isPatching(task));
    const none = 'continuous patching is not set up';
    if (there.length === 0) return verdict.on([], none);
    const mode = registry.roleAssignmentMode;
    const flaws = acrTasks.patchingFlaws(
      registry,
      tasks,
      cacheRules,
      tagInventory.state === 'observed' ? tagInventory.value : null,
    );
    const parts: readonly verdict.Part[] = [
      ...flaws.map(({ thing, seen, says }) => verdict.bad(thing, seen, says)),
      ...there.map(([index, { name, status }]) =>
        status === 'Enabled'
          ? verdict.good(`task/${name}`, { at: `tasks/${index}/status`, saw: status, about: `task ${name}` })
          : verdict.unclear(`task/${name}`, verdict.notSaid(`tasks/${index}/status`, status ?? null)),
      ),
      ...[...cacheRules.entries()].flatMap(([index, { name, target }]) =>
        target ? [] : [verdict.unclear(`cache-rule/${name}`, verdict.notSaid(`cacheRules/${index}/target`, null))],
      ),
      mode === 'LegacyRegistryPermissions' || mode === 'AbacRepositoryPermissions'
        ? verdict.good('workflow/continuous-patching', { at: 'registry/roleAssignmentMode', saw: mode })
        : verdict.unclear(
            'workflow/continuous-patching',
            verdict.untold(`the permission mode of the registry is ${mode ?? 'not given'}`),
          ),
    ];
    return verdict.on(parts, none);
  },
});
