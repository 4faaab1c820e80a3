import { defineCheck, fail, manual, notApplicable, pass, rehearseScheduled, untold } from '../../src/check.ts';

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
    const { bad, good, says, unseen } = rehearseScheduled(tasks, tagInventory, now);
    if (bad.length > 0) return fail(bad, says.join('; '));
    if (unseen.length > 0) return untold([...says, ...unseen].join('; '));
    if (good.length === 0) return notApplicable('no task of this registry purges on a schedule');
    return pass([...good, { at: 'tagInventory/cut', saw: tagInventory.cut }], says.join('; '));
  },
});
