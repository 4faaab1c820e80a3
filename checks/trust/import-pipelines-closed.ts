import { commands, defineCheck, type Facets, verdict } from '../../src/check.ts';

export default defineCheck({
  id: 'import-pipelines-closed',
  title: 'Nobody writes tags here by writing to a storage container',
  problem: 'Whoever writes to a storage container writes tags here',
  severity: 'high',
  profile: 'recommended',
  profileReason: 'A container has its own keys and signatures: who holds one holds your tags, with no role here.',
  since: '1.0',
  area: 'trust',
  needs: ['registry', 'importPipelines', 'storageAccounts'],

  why: 'A blob that somebody puts into the container becomes an image here, under a tag that your clusters pull.',
  symptom: 'A tag changes although no pipeline of yours pushed, and the events name the import pipeline as who did it.',
  cause: 'The pipeline was made by a sample, which switches its trigger on and lets it overwrite tags.',
  confirm: [
    'az rest --method get --url "<registry-id>/importPipelines?api-version=2025-06-01-preview" --query "value[].[name, properties.source.uri, properties.trigger, properties.options]"',
  ],
  fix: {
    steps: [
      commands.manual(
        'Make the import pipeline again without its source trigger, or without OverwriteTags, from a container of yours (az acr import-pipeline of extension acrtransfer; one cannot be changed); start its runs by hand.',
      ),
    ],
    breaks: 'Imports that start by themselves: somebody has to start each run.',
  },
  refs: [
    'https://learn.microsoft.com/azure/container-registry/container-registry-transfer-images',
    'https://learn.microsoft.com/azure/container-registry/container-registry-transfer-prerequisites',
  ],

  evaluate({ registry, importPipelines, storageAccounts }) {
    const notPremium = verdict.unlessPremium(registry, 'an import pipeline');
    if (notPremium) return notPremium;
    return verdict.on(
      importPipelines.flatMap((pipeline, index) => [
        triggerPart(pipeline, `importPipelines/${index}`),
        accountPart(pipeline, `importPipelines/${index}`, storageAccounts),
      ]),
      'the registry has no import pipeline',
    );
  },
});

type Pipeline = Facets['importPipelines'][number];
type At = `importPipelines/${number}`;

function triggerPart({ name, trigger, options, container, bySas }: Pipeline, at: At): verdict.Part {
  const thing = `pipeline/${name}`;
  const about = `import pipeline ${name}`;
  const started = { at: `${at}/trigger`, saw: trigger, about } as const;
  const overwrite = options?.findIndex((option) => /^overwriteTags$/i.test(option)) ?? -1;
  const note = bySas ? `${about} reads with a shared access signature, which lives as long as it says` : undefined;
  if (trigger === 'Disabled') return verdict.good(thing, started, note);
  if (options !== null && overwrite < 0) return verdict.good(thing, { at: `${at}/options`, saw: options, about }, note);
  if (trigger === 'Enabled' && options !== null)
    return verdict.bad(
      thing,
      [started, { at: `${at}/options/${overwrite}`, saw: options[overwrite], about }],
      `${about} imports by itself what is put into container ${container ?? 'of its source'}, and overwrites tags`,
    );
  return verdict.unclear(
    thing,
    verdict.untold(`Azure's answer does not say whether ${about} starts by itself and overwrites tags`),
  );
}

function accountPart(
  { name, account }: Pipeline,
  at: At,
  { accounts, searched }: Facets['storageAccounts'],
): verdict.Part {
  const thing = `pipeline/${name}`;
  const about = `import pipeline ${name}`;
  if (account === null)
    return verdict.unclear(thing, verdict.untold(`Azure names no storage account of ${about} that we can read`));
  const seen = { at: `${at}/account`, saw: account, about } as const;
  const index = accounts.findIndex((one) => one.name === account);
  if (index >= 0)
    return verdict.good(thing, [seen, { at: `storageAccounts/accounts/${index}/id`, saw: accounts[index]?.id, about }]);
  const unseen = searched.flatMap(({ ids }) => (ids.state === 'observed' ? [] : [ids]));
  if (unseen.length > 0)
    return verdict.unclear(thing, verdict.cannotSee(`storage account ${account} was not found`, unseen));
  return searched.length === 0
    ? verdict.unclear(thing, verdict.untold(`storage account ${account} was looked for nowhere`))
    : verdict.bad(thing, seen, `storage account ${account}, which ${about} reads, is in no subscription of yours`);
}
