import type { PurgeRights } from '../facts/access/purge-rights.ts';
import { publicAccess } from '../facts/path/public-access.ts';
import { taskException } from '../facts/path/task-parts.ts';
import { trialWord } from '../facts/tasks/better.ts';
import type { Registry } from '../model/facets/registry.ts';
import { shellWord } from '../model/shell.ts';
import type { Step } from '../model/step.ts';
import { manual } from './manual.ts';
import { askOwnerOfDeny } from './rights-steps.ts';
import { roleAssign } from './roles.ts';

/** How the identity of a task comes to be allowed to purge. */
export const letPurge = (
  task: string,
  { denial, lacks, principalId }: Extract<PurgeRights, { held: false }>,
): readonly Step[] =>
  denial === null
    ? lacks.map(({ id, name, limited }) =>
        limited
          ? manual(`Widen the condition under which ${principalId} has ${name}: it takes what a purge needs.`)
          : roleAssign(principalId, id),
      )
    : [askOwnerOfDeny(denial, `the identity of ${task}`, 'purge')];

/** How to try the new command before it is scheduled: where a firewall would refuse the trial, it says so. */
export function tryPurge(registry: Registry, task: string, better: string | null): readonly Step[] {
  if (better === null) return [];
  const on = '--registry <registry> --subscription <subscription>';
  const run = `az acr run ${on} --cmd ${trialWord(better)} /dev/null`;
  const then = `then give it, without --dry-run, to az acr task update ${on} --name ${shellWord(task)} --cmd`;
  const exception = taskException(registry);
  const passes = publicAccess(registry) === 'open' || ('lets' in exception && exception.lets);
  return [
    manual(
      passes
        ? `Try the new command: ${run}; read the list, ${then}.`
        : `The firewall of the registry refuses a trial as it refuses the task: let tasks in, or use an agent pool (tasks-can-reach-registry); only then try ${run}; read the list, ${then}.`,
    ),
  ];
}
