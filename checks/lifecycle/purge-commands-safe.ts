import {
  defineCheck,
  fail,
  manual,
  notApplicable,
  type Observation,
  pass,
  purgesOf,
  readPurge,
  shellWord,
  untold,
} from '../../src/check.ts';

const rewritten = (task: string): string =>
  `Try the new command first: az acr run --registry <registry> --subscription <subscription> --cmd "acr purge --filter 'app:^dev-.*' --ago 30d --keep 5 --dry-run" /dev/null; then give it, without --dry-run, to az acr task update --registry <registry> --subscription <subscription> --name ${task} --cmd.`;

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
  needs: ['tasks'],

  why: 'The tag that production runs is deleted one night; the next pod that restarts cannot pull, and there is no copy.',
  symptom: 'ImagePullBackOff with "manifest unknown" for an image that ran for months, the morning after a purge.',
  cause:
    'A filter copied from an example matches every tag, --keep counts only what would be deleted, signatures are tags too (sha256-…), and --ago is not read the way it looks.',
  confirm: [
    'az acr task list --registry <registry> --subscription <subscription> --query "[].{name:name, status:status, timers:trigger.timerTriggers, definition:step.encodedTaskContent}"',
  ],
  fix: {
    steps: [manual(rewritten('<task>'))],
    breaks: 'A narrower filter leaves more images behind, and storage grows with them.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/container-registry-auto-purge'],

  evaluate({ tasks }) {
    const { purges, hidden } = purgesOf(tasks);
    const good: Observation[] = [];
    const bad: (Observation & { readonly about: string })[] = [];
    const happens: string[] = [];
    const unseen = hidden.map(({ why }) => why);
    const instead: string[] = [];
    for (const { task, at, line, command, scheduled } of purges) {
      const { dangers, unreadable } = readPurge(command, scheduled);
      (dangers.length > 0 ? bad : good).push({ at, saw: line, about: task.name });
      if (dangers.length > 0) happens.push(`${task.name}: ${dangers.map((danger) => danger.happens).join(' ')}`);
      instead.push(...dangers.map((danger) => `${task.name}: ${danger.instead}`));
      unseen.push(...unreadable.map((why) => `${task.name}: ${why}`));
    }
    if (bad.length > 0)
      return fail(bad, happens.join(' '), [
        ...[...new Set(instead)].map(manual),
        ...[...new Set(bad.map(({ about }) => about))].map((name) => manual(rewritten(shellWord(name)))),
      ]);
    if (unseen.length > 0) return untold(unseen.join('; '));
    return good.length > 0 ? pass(good) : notApplicable('no task of this registry runs acr purge');
  },
});
