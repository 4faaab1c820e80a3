import { acrTasks, commands, defineCheck, shellWord, verdict } from '../../src/check.ts';

const pool = (name: string): string =>
  `See why agent pool ${name} is down (az acr agentpool show --registry <registry> --subscription <subscription> --name ${name}): a pool in a subnet must reach the registry, Azure Storage, Key Vault and Azure Monitor. Mend that, or scale it: az acr agentpool update --registry <registry> --subscription <subscription> --name ${name} --count 1. Agent pools are a preview that not every region has.`;

export default defineCheck({
  id: 'tasks-have-a-place-to-run',
  title: 'Every enabled task has a machine that runs it',
  problem: 'A task waits for a machine that never comes',
  severity: 'high',
  profile: 'recommended',
  profileReason: 'A task that cannot start patches and cleans nothing, and nothing says so.',
  since: '1.0',
  area: 'build',
  needs: ['registry', 'tasks'],
  evidence: ['agentPools', 'taskRuns'],

  why: 'Patches, builds and purges stay in the queue for ever, while everybody takes them for done.',
  symptom: 'az acr task list-runs shows Queued for hours, and the log of the run stays empty.',
  cause:
    'The agent pool was deleted, scaled to none or never came up because its subnet cannot reach what it needs; or dual stack was switched on, with which no task runs.',
  confirm: [
    'az acr agentpool list --registry <registry> --subscription <subscription> --output table',
    'az acr task list --registry <registry> --subscription <subscription> --query "[].{name:name, status:status, pool:agentPoolName}"',
    'az acr task list-runs --registry <registry> --subscription <subscription> --top 20 --output table',
  ],
  fix: {
    steps: [
      commands.manual(
        'Give the task a pool that exists and is Succeeded, or none: az acr task update --registry <registry> --subscription <subscription> --name <task> --agent-pool <pool>.',
      ),
    ],
    breaks: 'What has been waiting starts: a purge deletes what has piled up since.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/tasks-agent-pools'],

  evaluate({ registry, tasks, agentPools, taskRuns }) {
    const parts = [...tasks.entries()]
      .filter(([, task]) => acrTasks.mayRun(task) && (task.step.kind !== 'other' || acrTasks.workUntold(task)))
      .map(([index, task]): verdict.Part => {
        const thing = `task/${task.name}`;
        const nothing = acrTasks.workUntold(task);
        if (nothing) return verdict.unclear(thing, nothing);
        const place = acrTasks.placeOf(task, index, registry, agentPools);
        if (place.runs === null) return verdict.unclear(thing, place.why);
        if (place.runs) return verdict.good(thing, place.seen);
        const waiting = taskRuns.state === 'observed' ? taskRuns.value.runs : [];
        const run = waiting.findIndex(
          ({ task: of, status }) => of.toLowerCase() === task.name.toLowerCase() && status === 'Queued',
        );
        const queued = { at: `taskRuns/runs/${run}/status`, saw: 'Queued', about: `run of task ${task.name}` } as const;
        return verdict.bad(thing, run === -1 ? place.seen : [...place.seen, queued], place.says, {
          steps: [commands.manual(place.pool === null ? singleStack : pool(shellWord(place.pool)))],
        });
      });
    return verdict.on(parts, 'this registry has no enabled task');
  },
});

const singleStack =
  'Decide what this registry needs: dual stack, and builds elsewhere; or tasks, and IPv4 alone (endpointProtocol IPv4).';
