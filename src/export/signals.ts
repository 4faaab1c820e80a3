import { severeRunningQuery } from '../facts/posture/image-findings-query.ts';

/** Something that should wake somebody, as a query. */
export interface Signal {
  readonly name: string;
  readonly title: string;
  /** The engine, and what it needs there. */
  readonly runsIn: string;
  readonly text: string;
  /** The check that judges the same in a scan, with more to go by. */
  readonly check: string;
}

const graph = 'Azure Resource Graph';

/** The alert signals of the article. */
export const signals: readonly Signal[] = [
  {
    name: 'signal-severe-finding-running',
    title: 'An image that runs has a critical or high finding',
    runsIn: `${graph}, table securityresources; in a log alert rule it begins with arg("").securityresources`,
    text: severeRunningQuery,
    check: 'no-severe-running-images',
  },
  {
    name: 'signal-run-failed',
    title: 'A purge or a build failed',
    runsIn: `${graph}. It holds the runs that were made as resources (taskRuns); runs of tasks and of az acr build are in no table: acr-audit scan --check tasks-succeeding reads them`,
    text: `resources
| where type =~ 'microsoft.containerregistry/registries/taskruns'
| extend result = tostring(properties.runResult.status), state = tostring(properties.provisioningState)
| where result in~ ('Failed', 'Error', 'Timeout', 'Canceled') or state =~ 'Failed'
| project id, name, resourceGroup, subscriptionId, state, result, finished = todatetime(properties.runResult.finishTime)
| order by finished desc`,
    check: 'tasks-succeeding',
  },
  {
    name: 'signal-replica-failed',
    title: 'A replica is in the state Failed',
    runsIn: `${graph}`,
    text: `resources
| where type =~ 'microsoft.containerregistry/registries/replications'
| extend state = tostring(properties.provisioningState)
| where state in~ ('Failed', 'Canceled')
| project id, registry = tostring(split(id, '/')[8]), location, state, resourceGroup, subscriptionId
| order by id asc`,
    check: 'replicas-healthy',
  },
  {
    name: 'signal-admin-login',
    title: 'Somebody logged in as the admin user, whose name is that of the registry',
    runsIn:
      'Log Analytics, table ContainerRegistryLoginEvents: a diagnostic setting has to send it there (check data-plane-logged)',
    text: `ContainerRegistryLoginEvents
| where TimeGenerated > ago(1h)
| where Identity =~ tostring(split(_ResourceId, '/')[8])
| summarize logins = count(), lastSeen = max(TimeGenerated) by _ResourceId, Identity, CallerIpAddress, UserAgent, ResultType
| order by lastSeen desc`,
    check: 'admin-user-disabled',
  },
];
