import { commands, defineCheck, posture, verdict } from '../../src/check.ts';

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
  needs: ['registry', 'webhooks', 'roleAssignments'],

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
        'If only a few images wait, promote those. Otherwise let everything through by switching quarantine off:',
      ),
      commands.acrQuarantineOff(),
      commands.manual(
        'Before it goes on again, give the promoter an identity with AcrQuarantineWriter on the registry and a webhook of its own: az acr webhook create --registry <registry> --subscription <subscription> --name quarantine --actions quarantine --uri <promoter>',
      ),
    ],
    breaks: 'Switching it off makes every waiting image pullable at once, scanned or not.',
  },
  refs: [
    'https://github.com/Azure/acr/blob/main/docs/preview/quarantine/readme.md',
    'https://github.com/Azure/acr/issues/499',
  ],

  evaluate({ registry, webhooks, roleAssignments }) {
    const at = 'registry/policies/quarantine/status';
    const status = registry.policies.quarantine?.status ?? null;
    const off = verdict.byValue(at, status, { enabled: 'fail', disabled: 'pass' });
    if (off.verdict === 'pass') return verdict.notApplicable('quarantine is off');
    if (off.verdict !== 'fail') return verdict.unlessPremium(registry, 'quarantine') ?? off;

    const { announced, unclear, pushOnly } = posture.announcementsOf(webhooks);
    const { certain, possible, unseen } = posture.promotersOf(registry, roleAssignments);
    if (verdict.isSome(announced) && certain.length > 0)
      return verdict.pass([
        ...announced,
        ...certain.map(({ at, roleName, roleId }) => ({ at: `${at}/roleId` as const, about: roleName, saw: roleId })),
      ]);
    if (announced.length === 0 && unclear)
      return verdict.untold('Azure does not say whether the quarantine webhook is enabled');
    if (announced.length === 0)
      return verdict.fail(
        { at, saw: status },
        `Quarantine is on and no enabled webhook announces what it holds back${pushOnly.length > 0 ? `; push webhooks stay silent until an image has passed (${pushOnly.join(', ')})` : ''}`,
      );
    if (unseen.length > 0) return verdict.cannotSee('who may promote is not known in full', unseen);
    if (possible.length > 0) return verdict.untold(`whether something promotes is not certain: ${possible.join('; ')}`);
    return verdict.fail({ at, saw: status }, 'Quarantine is on and no identity of a system may promote images');
  },
});
