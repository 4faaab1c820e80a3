import { acrTasks, commands, defineCheck, verdict } from '../../src/check.ts';

export default defineCheck({
  id: 'purges-spare-newest',
  title: 'Scheduled purges spare latest, signatures and the newest tag',
  problem: 'A scheduled purge would delete latest, a signature or the newest tag now',
  severity: 'high',
  profile: 'recommended',
  profileReason:
    'Whatever the pattern was meant to match, these are in use; asked only where the registry may be read.',
  since: '1.0',
  article: ['Retention + purge + soft delete'],
  area: 'lifecycle',
  needs: ['tasks', 'tagInventory'],
  evidence: ['registry', 'roleAssignments', 'denyAssignments'],

  why: 'A repository that is not pushed for a while loses its last image, although it runs everywhere.',
  symptom: 'The repositories that are pushed least are the ones whose images are gone.',
  signs: ['manifest unknown', 'MANIFEST_UNKNOWN'],
  cause: '--ago counts from the last push: a stable image is an old one, and --keep is missing.',
  confirm: [
    'az acr repository show-tags --name <registry> --repository <repository> --subscription <subscription> --detail --orderby time_desc --top 20',
  ],
  fix: {
    steps: [
      commands.manual(
        'Add --keep with what must stay of each repository, and match only tags that may go; acr-audit explain purge shows what a command takes.',
      ),
      commands.manual(
        'Until then switch the task off: az acr task update --registry <registry> --name <task> --subscription <subscription> --status Disabled.',
      ),
    ],
    breaks: 'More images stay, and take storage.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/container-registry-auto-purge'],

  evaluate({ tasks, registry, tagInventory, ...access }, { now }) {
    const { purges, deletes, hidden, budget } = acrTasks.purgesOf(tasks, acrTasks.orUntold(registry), access);
    const live = purges.filter(({ scheduled, reading }) => scheduled && reading.fate.deletes !== 'never');
    const parts = [
      ...live.map(({ task: { name }, seen, command }): verdict.Part => {
        const thing = `task/${name}`;
        const would = acrTasks.rehearse(command, tagInventory, now, budget);
        if (would === null)
          return verdict.unclear(thing, verdict.untold('what it matches cannot be told before it runs'));
        const lost = acrTasks.lostBy(would);
        const counts = `${name} would delete ${acrTasks.countWords(would)}`;
        if (lost.length > 0) return verdict.bad(thing, seen, `${counts}, among them ${some(lost)}`);
        if (would.unseen.length > 0)
          return verdict.unclear(thing, verdict.untold(`${counts}; ${would.unseen.join('; ')}`));
        return verdict.good(thing, [seen, { at: 'tagInventory/cut', saw: tagInventory.cut }], counts);
      }),
      ...[...deletes, ...hidden].flatMap((one) => {
        if (!one.scheduled) return [];
        const why = 'why' in one ? one.why : verdict.untold(`what its ${one.what} deletes is not rehearsed`);
        return [verdict.unclear(`task/${one.task.name}`, why)];
      }),
    ];
    return verdict.on(parts, 'no task of this registry purges on a schedule');
  },
});

const some = (names: readonly string[]): string =>
  names.length > 5 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` : names.join(', ');
