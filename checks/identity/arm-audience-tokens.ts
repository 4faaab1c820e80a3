import { access, commands, defineCheck, type Step } from '../../src/check.ts';

export default defineCheck({
  id: 'arm-audience-tokens',
  title: 'Tokens made for Azure Resource Manager do not log in to the registry',
  problem: 'Tokens made for Azure Resource Manager log in to the registry',
  severity: 'info',
  profile: 'regulated',
  profileReason:
    'Some regimes want tokens bound to one audience; for everybody else the switch costs more than it gains.',
  since: '1.0',
  article: ['Managed-identity pulls'],
  alsoKnownAs: ['policy 42781ec6', 'policy 785596ed', 'review-checklists 3a041fd3'],
  differs: 'Informational and regulated only: switching it off breaks image pulls of Web Apps.',
  area: 'identity',
  needs: ['registry'],
  words: ['appConsumers', 'consumers', 'roleAssignments'],

  why: 'A token that was taken from a tool that talks to Azure Resource Manager also pulls and pushes here, as far as its owner may.',
  symptom: 'None: both kinds of token work.',
  signs: ['401'],
  cause: 'It is how a registry is made.',
  confirm: [
    'az acr config authentication-as-arm show --registry <registry> --subscription <subscription> --query status',
  ],
  fix: {
    steps: [commands.acrArmAudienceOff()],
    breaks:
      'Image pulls of App Service; and by report those of AKS nodes with old images, Container Apps, AI Foundry and Bicep modules, and the image scans of Defender for Cloud. Try it on a registry nobody depends on.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/container-registry-disable-authentication-as-arm'],

  rule: {
    at: 'registry/policies/azureAdAuthenticationAsArm/status',
    wanted: 'disabled',
    unwanted: ['enabled'],
  },

  onFail({ registry, appConsumers, consumers, roleAssignments }) {
    const { surely, reported } = access.armTokenUsers(registry, appConsumers, consumers, roleAssignments);
    const first = [
      notBefore(surely, 'Not before these pull another way', 'Image pulls of App Service are documented to stop.'),
      notBefore(
        reported,
        'Confirm first, on a registry nobody depends on, that these still pull',
        'Clusters with old node images and Container Apps are reported to stop.',
      ),
    ].flat();
    return first.length > 0 ? { steps: [...first, commands.acrArmAudienceOff()] } : undefined;
  },
});

const notBefore = (who: readonly string[], what: string, why: string): readonly Step[] =>
  who.length > 0 ? [commands.manual(`${what}: ${who.join(', ')}. ${why}`)] : [];
