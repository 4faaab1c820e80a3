import { acrTasks, commands, defineCheck, type Facets, path, verdict } from '../../src/check.ts';

export default defineCheck({
  id: 'tasks-bypass-needed',
  title: 'Tasks may pass the network rules only where one needs to',
  problem: 'Tasks may pass the network rules, and none needs to',
  severity: 'medium',
  profile: 'recommended',
  profileReason: 'An exception nobody uses is only of use to an attacker, and closing it costs nothing.',
  since: '1.0',
  article: ['ACR Tasks'],
  area: 'network',
  needs: ['registry', 'tasks'],
  evidence: ['agentPools', 'taskRuns', 'replications', 'privateEndpoints', 'privateDns', 'networks'],

  why: 'While it is on, whoever takes a system token of a task can use it from public compute, past every network rule of the registry.',
  symptom: 'None, until a token of a task is used from an address nobody listed.',
  cause:
    'It was switched on when runs began to fail with 403, and stayed on when the tasks moved to an agent pool or were deleted.',
  confirm: [
    'az resource show --ids <registry-id> --api-version 2025-11-01 --query "properties.[networkRuleBypassAllowedForTasks, networkRuleBypassOptions]"',
    'az acr task list --registry <registry> --subscription <subscription> --query "[].{name: name, status: status, pool: agentPoolName, identity: identity.type}"',
  ],
  fix: {
    steps: [commands.tasksBypass(false)],
    breaks: 'Quick builds and runs (az acr build, az acr run) that relied on it: give them --agent-pool.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/manage-network-bypass-policy-for-tasks'],

  evaluate(given, { cloud }) {
    const { registry, tasks, taskRuns } = given;
    const allowed = registry.networkRuleBypassAllowedForTasks;
    if (allowed === null) return verdict.untold("Azure's answer has no networkRuleBypassAllowedForTasks");
    const restriction = path.restrictionOf(registry, 'there is no rule to pass: every network may come');
    if ('verdict' in restriction) return restriction;
    const flag = { at: 'registry/networkRuleBypassAllowedForTasks', saw: allowed, wanted: false } as const;
    if (!allowed) return verdict.passByOne(flag);

    const bypass = registry.networkRuleBypassOptions;
    if (bypass === 'None')
      return verdict.fail(
        [flag, { at: 'registry/networkRuleBypassOptions', saw: bypass, wanted: 'AzureServices' }],
        'Tasks may pass the network rules, but without the exception for trusted services that likely has no effect',
      );
    if (bypass !== 'AzureServices') return verdict.untold(`networkRuleBypassOptions is ${bypass ?? 'absent'}`);

    const ways = path.taskWays(given, cloud.registrySuffix);
    const needing = ways.filter((way) => way.by === 'token');
    if (needing.length > 0)
      return verdict.passByOne(
        [flag, ...needing.flatMap(({ seen }) => seen)],
        `Tasks may pass the network rules, and ${path.namesOf(needing)} would be refused without`,
      );
    const runs = taskRuns.state === 'observed' ? taskRuns.value.quick : [];
    const quick = runs.findIndex(({ status, agentPool }) => status === 'Succeeded' && agentPool === null);
    if (quick >= 0)
      return verdict.passByOne(
        [flag, { at: `taskRuns/quick/${quick}/status`, saw: 'Succeeded', about: 'quick run' }],
        'Tasks may pass the network rules, and az acr build, which is in use, would be refused without',
      );
    const open = ways.flatMap((way) => (way.by === 'unclear' || way.by === 'another login' ? [way] : []));
    if (open.length > 0)
      return verdict.cannotSee(
        `whether it is needed by ${path.namesOf(open)}`,
        open.map(({ why }) => why),
      );
    if (taskRuns.state !== 'observed') return verdict.cannotSee('whether az acr build needs it', [taskRuns]);
    return verdict.fail([flag, ...seenOf(ways, tasks)]);
  },
});

/** Why no task needs it: all are off, or come from a network of yours. */
function seenOf(ways: readonly path.TaskWay[], tasks: Facets['tasks']): readonly verdict.Observation[] {
  const seen = ways.flatMap((way) => (way.by === 'off' || way.by === 'network' ? way.seen : []));
  return seen.length > 0 ? seen : [acrTasks.allTasks(tasks)];
}
