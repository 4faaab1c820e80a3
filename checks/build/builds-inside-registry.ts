import { acrTasks, commands, defineCheck, verdict } from '../../src/check.ts';

export default defineCheck({
  id: 'builds-inside-registry',
  title: 'Images are built by tasks of the registry',
  problem: 'No task of the registry builds an image when something changes',
  severity: 'info',
  profile: 'hardened',
  profileReason:
    'Many build elsewhere for good reasons; it matters where the whole path is to stay inside one boundary.',
  since: '1.0',
  article: ['ACR Tasks', 'Kinds of tasks'],
  area: 'build',
  needs: ['tasks'],
  evidence: ['registry', 'agentPools'],

  why: 'A build on a shared runner needs a push credential outside Azure, and nobody rebuilds when a base image is patched.',
  symptom:
    'The pipeline holds a credential that pushes, and images carry the base layers of the day they were first built.',
  cause: 'The pipeline was there before the registry, and tasks have to be created one by one.',
  confirm: [
    'az acr task list --registry <registry> --subscription <subscription> --query "[].{name:name, status:status, step:step.type, trigger:trigger}"',
  ],
  fix: {
    steps: [
      commands.manual(
        'Create a build task with a commit and a base-image trigger: az acr task create --registry <registry> --subscription <subscription> --name build-app --image app:{{.Run.ID}} --context <git-url> --file Dockerfile --git-access-token <token>.',
      ),
    ],
    breaks:
      'Nothing by itself; on a registry behind a firewall the task needs an agent pool, or its builds are refused.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/container-registry-tasks-overview'],

  evaluate({ tasks, registry, agentPools }) {
    const judged = [...tasks.entries()]
      .filter(([, task]) => acrTasks.mayRun(task))
      .flatMap(([index, task]): readonly acrTasks.Build[] => {
        const build = acrTasks.buildOf(task, index);
        const able = acrTasks.abilityOf(task, index, registry, agentPools);
        if (build === null) return [];
        if (build.builds === false) return [build];
        if (able.runs === false) return [];
        return [able.runs === null ? { builds: null, why: able.why } : build];
      });
    // One is enough: this asks whether anything builds here, not whether everything does.
    const build = judged.find(({ builds }) => builds);
    if (build?.builds) return verdict.passByOne(build.seen);
    const unclear = judged.flatMap((one) => (one.builds === null ? [one.why] : []));
    if (unclear.length > 0) return verdict.cannotSee('whether a task builds', unclear);
    const unsafe = judged.flatMap((one) => (one.builds === false ? [one] : []));
    const seen = unsafe.flatMap((one) => one.seen);
    return verdict.isSome(seen)
      ? verdict.fail(seen, unsafe.map(({ says }) => says).join('; '))
      : verdict.fail(acrTasks.allTasks(tasks));
  },
});
