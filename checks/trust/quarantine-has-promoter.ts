import { access, commands, defineCheck, posture, verdict } from '../../src/check.ts';

export default defineCheck({
  id: 'quarantine-has-promoter',
  title: 'Something promotes the images that quarantine holds back',
  problem: 'Quarantine is on and nothing promotes images: no new image can be pulled',
  severity: 'high',
  profile: 'recommended',
  profileReason: 'Where quarantine is on without a promoter, every deployment of a new image stands still.',
  since: '1.0',
  article: ['Quarantine-on-push', 'Playbook 6', 'Quarantine states', 'Signals to alert on'],
  area: 'trust',
  needs: ['registry', 'webhooks', 'roleAssignments', 'consumers'],

  why: 'A quarantined image is invisible to whoever pulls until somebody sets it to Passed, and Azure brings nobody who does: Defender reportedly does not even scan it.',
  symptom:
    'The push succeeds, then the cluster reports that the image does not exist; images of last week still start.',
  signs: ['ImagePullBackOff', 'ErrImagePull', 'manifest unknown', 'MANIFEST_UNKNOWN'],
  cause:
    'The policy was switched on, often because a scanner asked for it, before a system that scans and promotes was running.',
  confirm: [
    'az acr show --name <registry> --subscription <subscription> --query policies.quarantinePolicy.status',
    'az acr webhook list --registry <registry> --subscription <subscription> --query "[].[name, status, actions]"',
    'az role assignment list --scope <registry-id> --include-inherited --query "[].[principalType, principalName, roleDefinitionName]"',
  ],
  queries: [
    {
      title: 'What waits to be promoted in one repository (for an identity that may read quarantined images)',
      language: 'sh',
      text: `az acr manifest list-metadata --registry <registry> --subscription <subscription> --name <repository> --query "[?quarantineState=='Quarantined' || changeableAttributes.quarantineState=='Quarantined'].[digest, createdTime]"`,
    },
  ],
  fix: {
    steps: [
      commands.manual(
        'Repair what promotes: enable its webhook, give it the whole registry as its scope, or give its identity AcrQuarantineWriter on the registry.',
      ),
      commands.manual(
        'Prove that a new image is promoted. If nothing is ever to promote, decide to go without quarantine:',
      ),
      commands.acrQuarantineOff(),
    ],
    breaks: 'The repair: nothing. Switching quarantine off makes every waiting image pullable at once, scanned or not.',
  },
  refs: [
    'https://github.com/Azure/acr/blob/main/docs/preview/quarantine/readme.md',
    'https://github.com/Azure/acr/issues/499',
  ],

  evaluate({ registry, webhooks, roleAssignments, consumers }) {
    const at = 'registry/policies/quarantine/status';
    const status = registry.policies.quarantine?.status ?? null;
    const off = verdict.byValue(at, status, { enabled: 'fail', disabled: 'pass' });
    if (off.verdict === 'pass') return verdict.notApplicable('quarantine is off');
    if (off.verdict !== 'fail') return verdict.unlessPremium(registry, 'quarantine') ?? off;
    return verdict.on(
      [
        ...announced(posture.quarantineWebhooks(webhooks), posture.silentUntilPassed(webhooks), { at, saw: status }),
        ...promoted(posture.promotersOf(registry, roleAssignments, consumers.clusters), { at, saw: status }),
      ],
      'quarantine is off',
    );
  },
});

/** Whether a webhook tells of every image that waits; one that is bad does not matter beside one that is good. */
function announced(
  hooks: readonly posture.QuarantineWebhook[],
  silent: readonly string[],
  quarantine: verdict.Observation,
): readonly verdict.Part[] {
  const note =
    silent.length > 0 ? `push webhooks stay silent until an image has passed (${silent.join(', ')})` : undefined;
  const whole = hooks.filter(({ tells }) => tells === 'all');
  if (whole.length > 0) return whole.map(({ name, seen }) => verdict.good(`webhook/${name}`, seen, note));
  const untold = hooks.filter(({ tells }) => tells === 'untold');
  if (untold.length > 0)
    return untold.map(({ name }) =>
      verdict.unclear(`webhook/${name}`, verdict.untold(`Azure does not say whether webhook ${name} is enabled`)),
    );
  const words = hooks.map(({ name, scope, tells }) =>
    tells === 'nothing' ? `${name} is disabled` : `${name} is for ${scope} alone: of the rest nobody is told`,
  );
  const why = [words.join(', ') || 'none waits for it', ...(note === undefined ? [] : [note])].join('; ');
  return [
    verdict.bad(
      'webhook/quarantine',
      quarantine,
      `no webhook announces every image that quarantine holds back: ${why}`,
      {
        steps: commands.announceQuarantine(hooks),
      },
    ),
  ];
}

/** Whether an identity of a system may set an image to Passed. */
function promoted(
  { certain, possible, unseen }: ReturnType<typeof posture.promotersOf>,
  quarantine: verdict.Observation,
): readonly verdict.Part[] {
  if (certain.length > 0)
    return certain.map(({ who, grant }) => verdict.good('principal/promoter', access.seenGrant(grant, who)));
  if (unseen.length > 0)
    return [verdict.unclear('principal/promoter', verdict.cannotSee('who may promote is not known in full', unseen))];
  if (possible.length > 0)
    return [
      verdict.unclear(
        'principal/promoter',
        verdict.untold(`whether something promotes is not certain: ${possible.join('; ')}`),
      ),
    ];
  return [
    verdict.bad(
      'principal/promoter',
      quarantine,
      'no identity of a system may promote images: until one does, no new image can be pulled',
      { steps: [commands.givePromoter()] },
    ),
  ];
}
