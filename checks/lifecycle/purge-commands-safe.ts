import { acrTasks, commands, defineCheck, verdict } from '../../src/check.ts';

export default defineCheck({
  id: 'purge-commands-safe',
  title: 'Every purge deletes what it was meant to, and nothing else',
  problem: 'A purge deletes what somebody still needs, or never deletes anything',
  severity: 'high',
  profile: 'recommended',
  profileReason: 'A purge is the one task whose mistake cannot be run again.',
  since: '1.0',
  article: ['Retention + purge + soft delete', 'Playbook 9', 'Flags of purge'],
  area: 'lifecycle',
  needs: ['registry', 'tasks'],
  evidence: ['roleAssignments', 'denyAssignments'],
  words: ['taskRuns'],

  why: 'The tag that production runs is deleted one night; the next pod that restarts cannot pull, and there is no copy.',
  symptom: 'ImagePullBackOff with "manifest unknown" for an image that ran for months, the morning after a purge.',
  signs: ['ImagePullBackOff', 'ErrImagePull', 'manifest unknown', 'MANIFEST_UNKNOWN'],
  cause:
    'A filter copied from an example matches every tag, --keep counts only what would be deleted, signatures are tags too (sha256-…), and --ago is not read the way it looks.',
  confirm: [
    'az acr task list --registry <registry> --subscription <subscription> --query "[].{name:name, status:status, timers:trigger.timerTriggers, definition:step.encodedTaskContent}"',
  ],
  fix: {
    steps: [
      commands.manual(
        "Rewrite the command with acr-audit explain purge beside it, run it once with --dry-run, and read the list: az acr run --registry <registry> --subscription <subscription> --cmd 'mcr.microsoft.com/acr/acr-cli:0.19 purge … --dry-run' /dev/null.",
      ),
    ],
    breaks: 'A narrower filter leaves more images behind, and storage grows with them.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/container-registry-auto-purge'],

  evaluate({ registry, tasks, roleAssignments, denyAssignments }) {
    const { purges, deletes, hidden, budget } = acrTasks.purgesOf(tasks, registry, {
      roleAssignments,
      denyAssignments,
    });
    const parts = [
      ...purges.map(({ task: { name }, seen, command, barred, unsure, reading }): verdict.Part => {
        const thing = `task/${name}`;
        const { dangers, unreadable } = reading;
        if (barred)
          return verdict.bad(thing, [seen, barred.seen], `${name}: ${dangers.map((one) => one.happens).join(' ')}`, {
            steps: commands.letPurge(name, barred),
          });
        if (dangers.length > 0) {
          const happens = dangers.map((danger) => danger.happens).join(' ');
          const instead = dangers
            .flatMap((danger) => danger.instead)
            .map((way) => commands.manual(`${name}: ${acrTasks.wayInWords(way)}`));
          const trial = commands.tryPurge(registry, name, acrTasks.betterCommand(command, budget));
          return verdict.bad(thing, seen, `${name}: ${happens}`, { steps: [...instead, ...trial] });
        }
        const unclear = [...(unsure ? [unsure] : []), ...unreadable.map(verdict.untold)];
        return unclear.length > 0
          ? verdict.unclear(thing, verdict.cannotSee(`what ${name} deletes`, unclear))
          : verdict.good(thing, seen);
      }),
      ...deletes.map(({ task: { name }, seen, what, open }) =>
        open
          ? verdict.unclear(
              `task/${name}`,
              verdict.untold(`it runs ${what}, and what that deletes is only known when it runs`),
            )
          : verdict.good(`task/${name}`, seen, `${name} deletes what its ${what} names`),
      ),
      ...hidden.map(({ task, why }) => verdict.unclear(`task/${task.name}`, why)),
    ];
    return verdict.on(parts, 'no task of this registry runs acr purge', {
      message: (bads) => bads.map(({ words }) => words).join(' '),
    });
  },
});
