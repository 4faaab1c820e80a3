import { commands, defineCheck, path, sameId, verdict } from '../../src/check.ts';

export default defineCheck({
  id: 'tasks-can-reach-registry',
  title: "The registry's own tasks can reach it over the network",
  problem: 'The registry likely refuses its own tasks with 403',
  severity: 'high',
  profile: 'recommended',
  profileReason: 'A build or purge that is refused every night leaves old images in production and says so to nobody.',
  since: '1.0',
  article: ['ACR Tasks', 'Playbook 4', 'Who reaches a locked registry'],
  area: 'network',
  needs: ['registry', 'tasks'],
  evidence: ['taskRuns'],

  why: 'Tasks on shared agents are not a trusted service: a restricted registry refuses their system token, so that builds stop patching and purges stop cleaning.',
  symptom:
    'Scheduled runs end in 403 Forbidden at the login or the push, since 1 June 2025 or since the network was restricted.',
  signs: ['denied: client with IP', 'is not allowed access', '403'],
  cause:
    'Until 2025 the exception for trusted services let tasks through; now they need an exception of their own, which is off by default.',
  confirm: [
    'az resource show --ids <registry-id> --api-version 2025-11-01 --query "properties.[publicNetworkAccess, networkRuleSet.defaultAction, networkRuleBypassOptions, networkRuleBypassAllowedForTasks]"',
    'az acr task list --registry <registry> --subscription <subscription> --query "[].{name: name, status: status, pool: agentPoolName, identity: identity.type}"',
    'az acr task list-runs --registry <registry> --subscription <subscription> --top 10 --output table',
  ],
  fix: {
    steps: [commands.tasksBypass(true)],
    breaks:
      'Nothing stops, but whoever takes a system token of a task can use it from public compute. The stricter way is a dedicated agent pool in a network with a private endpoint: az acr agentpool create, then az acr task update --agent-pool.',
  },
  refs: [
    'https://learn.microsoft.com/azure/container-registry/manage-network-bypass-policy-for-tasks',
    'https://learn.microsoft.com/azure/container-registry/tasks-agent-pools',
  ],

  evaluate({ registry, tasks, taskRuns }) {
    const restriction = path.restrictionOf(registry, 'every network may come, and so may tasks');
    if ('verdict' in restriction) return restriction;

    const paths = path.taskPaths(tasks).filter((one) => one.by !== 'off');
    if (paths.length === 0) return verdict.notApplicable('no task is enabled');
    const shared = paths.filter((one) => one.by !== 'agent pool');
    const [pooled, ...others] = paths.flatMap((one) => (one.by === 'agent pool' ? one.because : []));
    if (shared.length === 0 && pooled)
      return verdict.pass([pooled, ...others], 'Every enabled task runs in an agent pool');
    const { networkRuleBypassAllowedForTasks: allowed, networkRuleBypassOptions: bypass } = registry;
    const flag = { at: 'registry/networkRuleBypassAllowedForTasks', saw: allowed, wanted: true } as const;
    if (allowed === null) return verdict.untold("Azure's answer has no networkRuleBypassAllowedForTasks");
    if (allowed)
      return bypass === 'AzureServices'
        ? verdict.pass([flag, { at: 'registry/networkRuleBypassOptions', saw: bypass }])
        : verdict.untold(
            `tasks may pass, but networkRuleBypassOptions is ${bypass ?? 'absent'}, which likely undoes it`,
          );
    const listed = path.publicAccess(registry) === 'selected' && registry.networkRuleSet?.ipRules?.length !== 0;
    const refused = shared.filter((one) => one.by === 'system token');
    // Runs that fail beside such a rule tell that it does not let them in.
    const runs = taskRuns.state === 'observed' ? taskRuns.value.runs : [];
    const failed = refused.flatMap(({ name }): verdict.Observation[] => {
      const index = runs.findIndex(({ task, status }) => sameId(task, name) && status === 'Failed');
      return index < 0
        ? []
        : [{ at: `taskRuns/runs/${index}/status`, saw: 'Failed', about: `last run of task ${name}` }];
    });
    if (refused.length > 0 && listed && failed.length === 0)
      return verdict.untold(
        `a rule may list the addresses of the service tag AzureContainerRegistry, from which ${path.namesOf(refused)} would come`,
      );
    if (refused.length > 0)
      return verdict.fail(
        [restriction, flag, ...refused.map(({ because }) => because), ...failed],
        `The registry likely refuses ${path.namesOf(refused)} with 403: on shared agents, tasks have no exception`,
      );
    const unclear = shared.filter((one) => one.by === 'unclear');
    if (unclear.length > 0)
      return verdict.cannotSee(
        `how ${path.namesOf(unclear)} would come`,
        unclear.map(({ why }) => why),
      );
    return verdict.untold(
      `whether tasks with an identity of yours pass the network rules is not documented: ${path.namesOf(shared)}`,
    );
  },
});
