import { defineCheck, fail, manual, mayRun, pass, unknown } from '../../src/check.ts';

export default defineCheck({
  id: 'builds-inside-registry',
  title: 'Images are built by tasks of the registry',
  problem: 'No task of the registry builds an image when something changes',
  severity: 'info',
  profile: 'hardened',
  profileReason:
    'Many build elsewhere for good reasons; it matters where the whole path is to stay inside one boundary.',
  area: 'build',
  needs: ['tasks'],

  why: 'A build on a shared runner needs a push credential outside Azure, and nobody rebuilds when a base image is patched.',
  symptom:
    'The pipeline holds a credential that pushes, and images carry the base layers of the day they were first built.',
  cause: 'The pipeline was there before the registry, and tasks have to be created one by one.',
  confirm: [
    'az acr task list --registry <registry> --subscription <subscription> --query "[].{name:name, status:status, step:step.type, trigger:trigger}"',
  ],
  fix: {
    steps: [
      manual(
        'Create a build task with a commit and a base-image trigger: az acr task create --registry <registry> --name build-app --image app:{{.Run.ID}} --context <git-url> --file Dockerfile --git-access-token <token>.',
      ),
    ],
    breaks:
      'Nothing by itself; on a registry behind a firewall the task needs an agent pool, or its builds are refused.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/container-registry-tasks-overview'],

  evaluate({ tasks }) {
    const triggered = [...tasks.entries()].filter(([, task]) => mayRun(task)).filter(([, task]) => hasTrigger(task));
    for (const [index, task] of triggered) {
      if (task.status !== 'Enabled') continue;
      if (task.step.kind === 'docker')
        return pass([
          { at: `tasks/${index}/status`, saw: task.status, about: task.name },
          { at: `tasks/${index}/step/imageNames`, saw: task.step.imageNames, about: task.name },
        ]);
      const steps = task.step.kind === 'encoded' ? (task.step.definition?.steps ?? []) : [];
      const place = steps.findIndex((step) => step.kind === 'build');
      if (place !== -1)
        return pass([
          { at: `tasks/${index}/status`, saw: task.status, about: task.name },
          { at: `tasks/${index}/step/definition/steps/${place}/kind`, saw: 'build', about: task.name },
        ]);
    }
    const hidden = triggered.filter(
      ([, { step, status }]) =>
        status !== 'Enabled' || step.kind === 'file' || (step.kind === 'encoded' && step.definition === null),
    );
    if (hidden.length > 0)
      return unknown(
        `whether ${hidden.map(([, { name }]) => name).join(', ')} builds is not known: its definition or status is not in ARM`,
      );
    return fail({ at: 'tasks', saw: tasks, about: `${tasks.length} tasks` });
  },
});

type Task = Parameters<typeof mayRun>[0];
const hasTrigger = ({ timers, sources, baseImage }: Task): boolean =>
  timers.some(({ status }) => status !== 'Disabled') ||
  sources.some(({ status, events }) => status !== 'Disabled' && events.includes('commit')) ||
  (baseImage !== null && baseImage.status !== 'Disabled');
