import { commands, defineCheck, path, verdict } from '../../src/check.ts';

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
  evidence: ['agentPools', 'taskRuns', 'replications', 'privateEndpoints', 'privateDns', 'networks'],

  why: 'Tasks and az acr build on shared agents are not a trusted service: a restricted registry refuses their token, so that builds stop patching and purges stop cleaning.',
  symptom:
    'Scheduled runs end in 403 Forbidden at the login or the push, since 1 June 2025 or since the network was restricted.',
  signs: ['denied: client with IP', 'is not allowed access', '403'],
  cause:
    'Until 2025 the exception for trusted services let tasks through; now they need an exception of their own, which is off by default.',
  confirm: [
    'az resource show --ids <registry-id> --api-version 2025-11-01 --query "properties.[publicNetworkAccess, networkRuleSet.defaultAction, networkRuleBypassOptions, networkRuleBypassAllowedForTasks]"',
    'az acr task list --registry <registry> --subscription <subscription> --query "[].{name: name, status: status, pool: agentPoolName, identity: identity.type}"',
    'az acr agentpool list --registry <registry> --subscription <subscription> --output table',
    'az acr task list-runs --registry <registry> --subscription <subscription> --top 10 --output table',
  ],
  fix: {
    steps: [commands.tasksBypass(true)],
    breaks:
      'Nothing stops, but whoever takes a system token of a task can use it from public compute. The stricter way is a dedicated agent pool in a network with a private endpoint, which is a preview that not every region has: az acr agentpool create --subnet-id, then az acr task update --agent-pool, and az acr build --agent-pool.',
  },
  refs: [
    'https://learn.microsoft.com/azure/container-registry/manage-network-bypass-policy-for-tasks',
    'https://learn.microsoft.com/azure/container-registry/tasks-agent-pools',
  ],

  evaluate(given, { cloud }) {
    const { registry } = given;
    const restriction = path.restrictionOf(registry, 'every network may come, and so may tasks');
    if ('verdict' in restriction) return restriction;

    const quick = path.failedQuickRun(given);
    const ways = [...path.taskWays(given, cloud.registrySuffix), ...(quick ? [quick] : [])];
    const judged = ways.map((way) => ({ way, part: path.taskPart(way, registry, restriction) }));
    const refused = judged.flatMap(({ way, part }) => (part?.state === 'bad' ? [way] : []));
    return verdict.on(
      judged.flatMap(({ part }) => part ?? []),
      'no task is enabled that can start, and no quick run is known to have failed',
      {
        message: () => path.refusedWords(refused),
        steps: () => refused.flatMap((way) => stepsFor(way, path.pathFacts(given, cloud.registrySuffix))),
      },
    );
  },
});

const stepsFor = (way: path.TaskWay, facts: Parameters<typeof commands.mendTrip>[1]) =>
  way.by === 'nowhere' ? way.stopped.flatMap((trip) => commands.mendTrip(trip, facts)) : [commands.tasksBypass(true)];
