import { commands, defineCheck, verdict } from '../../src/check.ts';

export default defineCheck({
  id: 'storage-within-included',
  title: 'Storage stays within what the tier includes',
  problem: 'Storage has reached nine tenths of what the tier includes',
  severity: 'low',
  profile: 'recommended',
  profileReason: 'The bill rises from there on, and growth means that nothing is cleaned.',
  since: '1.0',
  article: ['Retention + purge + soft delete', 'Cost drivers'],
  alsoKnownAs: ['psrule Azure.ACR.Usage (AZR-000001)'],
  differs: 'Usages that could not be read are unknown; there they pass.',
  area: 'lifecycle',
  needs: ['usages'],
  options: { percent: { kind: 'number', default: 90, least: 1, most: 100 } },

  why: 'Every gibibyte above what the tier includes is billed, and pushes fail at the hard limit of the registry.',
  symptom: 'The bill grows each month; az acr show-usage shows Size close to its limit.',
  cause: 'Nothing removes old images, or a purge untags them and leaves their manifests behind (no --untagged).',
  confirm: ['az acr show-usage --name <registry> --subscription <subscription>'],
  fix: {
    steps: [
      commands.manual(
        'Find what takes the space and schedule a purge with --untagged for it (acr-audit explain purge shows what a command would do), or move to a tier that includes more.',
      ),
    ],
    breaks: 'What a purge deletes can no longer be pulled.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/container-registry-skus'],

  evaluate({ usages }, { options: { percent } }) {
    const index = usages.findIndex(({ name }) => name.toLowerCase() === 'size');
    const size = usages[index];
    if (!size) return verdict.untold("Azure's answer has no usage of storage");
    const { currentValue, limit } = size;
    if (currentValue === null || limit === null || limit <= 0)
      return verdict.untold("Azure's answer has no used or no included storage");
    const says = `storage: ${gib(currentValue)} of the ${gib(limit)} that the tier includes`;
    const seen = { at: `usages/${index}/currentValue`, saw: currentValue, says } as const;
    const share = Math.floor((currentValue / limit) * 100);
    return currentValue * 100 >= limit * percent
      ? verdict.fail(
          { ...seen, wanted: `less than ${percent} % of ${limit} bytes` },
          `Storage is at ${share} % of what the tier includes`,
        )
      : verdict.pass(seen, `Storage is at ${share} % of what the tier includes`);
  },
});

const gib = (bytes: number): string => `${Number((bytes / 2 ** 30).toFixed(1))} GiB`;
