import {
  defineCheck,
  fail,
  manual,
  notApplicable,
  type Observation,
  pass,
  purgesOf,
  rehearse,
  unknown,
} from '../../src/check.ts';

export default defineCheck({
  id: 'purges-spare-newest',
  title: 'Scheduled purges spare latest, signatures and the newest tag',
  problem: 'A scheduled purge would delete latest, a signature or the newest tag now',
  severity: 'high',
  profile: 'recommended',
  profileReason:
    'Whatever the pattern was meant to match, these are in use; asked only where the registry may be read.',
  area: 'lifecycle',
  needs: ['tasks', 'tagInventory'],

  why: 'A repository that is not pushed for a while loses its last image, although it runs everywhere.',
  symptom: 'The repositories that are pushed least are the ones whose images are gone.',
  cause: '--ago counts from the last push: a stable image is an old one, and --keep is missing.',
  confirm: [
    'az acr repository show-tags --name <registry> --repository <repository> --subscription <subscription> --detail --orderby time_desc --top 20',
  ],
  fix: {
    steps: [
      manual(
        'Add --keep with what must stay of each repository, and match only tags that may go; acr-audit explain purge shows what a command takes.',
      ),
      manual(
        'Until then switch the task off: az acr task update --registry <registry> --name <task> --subscription <subscription> --status Disabled.',
      ),
    ],
    breaks: 'More images stay, and take storage.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/container-registry-auto-purge'],

  evaluate({ tasks, tagInventory }, { now }) {
    const { purges, hidden } = purgesOf(tasks);
    const good: Observation[] = [];
    const bad: Observation[] = [];
    const said: string[] = [];
    const unseen = hidden.map(({ why }) => why);
    for (const { task, at, line, command, scheduled } of purges) {
      if (!scheduled || command.dryRun || command.refused !== null) continue;
      const would = rehearse(command, tagInventory, now);
      if (!would) {
        unseen.push(`what ${task.name} matches cannot be told before it runs`);
        continue;
      }
      const { tags, manifestsAtMost, latest, signatures, newest } = would;
      const lost = [...new Set([...latest, ...newest, ...signatures])];
      const counts = `${task.name} would delete ${tags} tags now${manifestsAtMost > 0 ? ` and at most ${manifestsAtMost} manifests` : ''}`;
      said.push(lost.length > 0 ? `${counts}, among them ${some(lost)}` : counts);
      (lost.length > 0 ? bad : good).push({ at, saw: line, about: task.name });
      unseen.push(...would.unseen.map((what) => `${task.name}: ${what}`));
    }
    if (bad.length > 0) return fail(bad, said.join('; '));
    if (unseen.length > 0) return unknown([...said, ...unseen].join('; '));
    if (good.length === 0) return notApplicable('no task of this registry purges on a schedule');
    return pass([...good, { at: 'tagInventory/cut', saw: tagInventory.cut }], said.join('; '));
  },
});

const some = (names: readonly string[]): string =>
  names.length > 5 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` : names.join(', ');
