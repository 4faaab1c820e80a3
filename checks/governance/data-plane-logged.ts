import { acrLogDataPlane, dataPlaneCategories, defineCheck, fail, loggingOf, pass, untold } from '../../src/check.ts';

export default defineCheck({
  id: 'data-plane-logged',
  title: 'Logins, pulls, pushes and deletes are recorded',
  problem: 'Logins, pulls, pushes or deletes leave no record',
  severity: 'medium',
  profile: 'recommended',
  profileReason: 'Without a record no incident can be told from a rumour; the volume is small.',
  since: '1.0',
  article: ['Security notes'],
  alsoKnownAs: [
    'psrule Azure.ACR.Logs',
    'azqr cr-001',
    'aprl 44107155 (not evaluated)',
    'cloudsploit acrLogAnalyticsEnabled',
    'policy DS_LA_containerregistry',
    'policy DS_EH_containerregistry',
    'policy DS_ST_containerregistry',
    'review-checklists 8a488cde',
  ],
  differs:
    'Both categories enabled and sent somewhere, over all settings; azqr accepts any setting, CloudSploit one whose categories are all off.',
  area: 'governance',
  needs: ['diagnosticSettings'],

  why: 'After a leak nobody can say who logged in, what was pulled, or which image was replaced: Azure keeps these records only if they are sent somewhere.',
  symptom: 'ContainerRegistryLoginEvents and ContainerRegistryRepositoryEvents are empty tables, or not there at all.',
  cause:
    'A new registry has no diagnostic setting; or one sends metrics only, has the categories listed but switched off, or lost its workspace.',
  confirm: ['az monitor diagnostic-settings list --resource <registry-id>'],
  fix: {
    steps: [acrLogDataPlane()],
    breaks: 'Nothing. The workspace charges for what it takes in, which a busy registry makes a visible line.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/monitor-container-registry'],

  evaluate({ diagnosticSettings }) {
    const logging = dataPlaneCategories.map((category) => loggingOf(category, diagnosticSettings));
    const missing = logging.filter(({ sent }) => sent.length === 0);
    if (missing.length === 0) {
      const sent = logging.flatMap((one) => one.sent);
      return pass(sent.filter(({ at }, index) => sent.findIndex((other) => other.at === at) === index));
    }
    const silent = missing.filter(({ unclear }) => unclear.length === 0);
    if (silent.length === 0)
      return untold(`Azure's answer does not say whether ${missing[0]?.unclear[0]?.about} is enabled`);
    const idle = silent.flatMap((one) => one.idle);
    return fail(
      idle.length > 0
        ? idle.filter(({ at }, index) => idle.findIndex((other) => other.at === at) === index)
        : { at: 'diagnosticSettings', saw: diagnosticSettings },
      `Not sent anywhere: ${silent.map(({ category }) => category).join(', ')}`,
    );
  },
});
