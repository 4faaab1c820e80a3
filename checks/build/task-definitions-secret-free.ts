import { acrTasks, commands, defineCheck, verdict } from '../../src/check.ts';

export default defineCheck({
  id: 'task-definitions-secret-free',
  title: 'No task definition holds a credential in plain text',
  problem: 'A task definition holds a credential in plain text',
  severity: 'critical',
  profile: 'recommended',
  profileReason: 'Reading a task needs no more than Reader; what stands in it is not secret.',
  since: '1.0',
  article: ['ACR Tasks', 'The task file'],
  area: 'build',
  needs: ['tasks'],

  why: 'Everybody with Reader on the registry reads the definition, so the credential in it belongs to all of them.',
  symptom: 'None, until the credential is used by somebody else.',
  cause: 'A docker login, a token in a git URL or a build argument was typed into the task because it worked at once.',
  // The definition itself is left out: it would print the credential.
  confirm: [
    'az acr task list --registry <registry> --subscription <subscription> --query "[].{name:name, values:step.values[].{name:name, isSecret:isSecret}}"',
  ],
  fix: {
    steps: [
      commands.manual(
        'Revoke the credential first: it must count as leaked. Then give the task a managed identity (az acr task identity assign, az acr task credential add --use-identity), or pass it as a secret value (az acr task update --set-secret NAME=…).',
      ),
    ],
    breaks: 'Whatever else uses the same credential stops when it is revoked.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/container-registry-tasks-authentication-key-vault'],

  evaluate({ tasks }) {
    const parts = [...tasks.entries()].flatMap(([index, task]): readonly verdict.Part[] => {
      const { name, step } = task;
      const thing = `task/${name}`;
      const nothing = acrTasks.workUntold(task);
      if (nothing) return [verdict.unclear(thing, nothing)];
      if (step.kind === 'other') return [];
      const { secretFindings } = step;
      const seen = { at: `tasks/${index}/step/secretFindings`, saw: secretFindings, about: `task ${name}` } as const;
      if (secretFindings.length > 0) {
        const where = secretFindings.map((finding) => `${finding.where}: ${finding.rule}`).join(', ');
        return [verdict.bad(thing, { ...seen, wanted: [] }, `a credential stands in plain text in ${name} (${where})`)];
      }
      if (step.kind === 'file')
        return [
          verdict.unclear(
            thing,
            verdict.untold(`the definition of ${name} is the file ${step.path ?? ''} beside its sources`),
          ),
        ];
      if (step.kind === 'encoded' && step.content === null)
        return [verdict.unclear(thing, verdict.untold(`${name}: ${step.problem ?? 'its definition is not there'}`))];
      return [verdict.good(thing, seen)];
    });
    return verdict.on(parts, 'this registry has no task with a definition');
  },
});
