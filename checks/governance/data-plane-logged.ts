import { commands, defineCheck, posture, verdict } from '../../src/check.ts';

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
    steps: [commands.acrLogDataPlane()],
    breaks:
      'Nothing. The workspace charges for what it takes in, which a busy registry makes a visible line. Connected registries write no resource logs.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/monitor-container-registry'],

  evaluate({ diagnosticSettings }) {
    const logging = posture.dataPlaneCategories.map((category) => posture.loggingOf(category, diagnosticSettings));
    return verdict.on(
      logging.map(({ category, sent: [first, ...rest], idle, unclear: open }): verdict.Part => {
        const thing = `category/${category}`;
        if (first) return verdict.good(thing, [first, ...rest]);
        if (open) return verdict.unclear(thing, open);
        const [one, ...others] = idle;
        return verdict.bad(
          thing,
          one ? [one, ...others] : { at: 'diagnosticSettings', saw: diagnosticSettings },
          `${category} is not sent anywhere`,
        );
      }),
      'no category is wanted',
      {
        oneIsEnough: true,
        steps: (bads) => {
          const silent = bads.map(({ thing }) => thing.slice('category/'.length));
          const setting = diagnosticSettings.find(({ destinations, logs }) => destinations.length > 0 && logs !== null);
          return [setting ? commands.acrLogIn(setting, silent) : commands.acrLogDataPlane(diagnosticSettings)];
        },
      },
    );
  },
});
