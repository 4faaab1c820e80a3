import { commands, defineCheck, verdict } from '../../src/check.ts';

export default defineCheck({
  id: 'dedicated-data-endpoints',
  title: 'Layers come from data endpoints of the registry alone',
  problem: 'Layers come from names of Azure Storage, which all of Azure shares',
  severity: 'low',
  profile: 'hardened',
  profileReason: 'It only matters where outgoing traffic is filtered, as a hardened network does.',
  since: '1.0',
  article: ['Private endpoints + firewall', 'Network settings'],
  alsoKnownAs: ['checkov CKV_AZURE_237'],
  differs: 'An approved private endpoint brings them along, whatever the property says.',
  area: 'network',
  needs: ['registry'],

  why: 'Clients must be allowed to every name of Azure Storage (in the public cloud *.blob.core.windows.net), which is any storage account of any tenant: a way out for data.',
  symptom: 'The firewall rule for pulls names a wildcard for Azure Storage.',
  signs: [
    'i/o timeout',
    'context deadline exceeded',
    'Client.Timeout exceeded',
    'hangs on layers',
    'hanging layer',
    'blob.core.windows.net',
    'certificate signed by unknown authority',
  ],
  cause: 'Dedicated data endpoints are off by default. Only private endpoints bring them along.',
  confirm: [
    'az acr show --name <registry> --subscription <subscription> --query "[dataEndpointEnabled, dataEndpointHostNames]"',
  ],
  fix: {
    steps: [commands.acrUpdate({ dataEndpointEnabled: true })],
    breaks:
      'Clients whose firewall does not admit the new names yet: allow <login-server> and a data endpoint for each region first (az acr show-endpoints lists them).',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/container-registry-dedicated-data-endpoints'],

  evaluate({ registry }) {
    const notPremium = verdict.unlessPremium(registry, 'a dedicated data endpoint');
    if (notPremium) return notPremium;
    const at = 'registry/dataEndpointEnabled';
    const { dataEndpointEnabled: saw, privateEndpointConnections: connections } = registry;
    if (saw) return verdict.pass({ at, saw });
    const states = (connections ?? []).map(({ status }, index) => ({
      at: `registry/privateEndpointConnections/${index}/status` as const,
      saw: status,
    }));
    const approved = states.filter((state) => state.saw === 'Approved');
    if (verdict.isSome(approved)) return verdict.pass(approved);
    if (saw === null) return verdict.notSaid(at, saw);
    if (connections === null)
      return verdict.untold("Azure's answer does not tell whether a private endpoint brings them along");
    const odd = states.find((state) => !/^(Pending|Rejected|Disconnected)$/.test(state.saw ?? ''));
    if (odd) return verdict.notSaid(odd.at, odd.saw);
    return verdict.fail([
      { at, saw, wanted: true },
      { at: 'registry/privateEndpointConnections', saw: connections },
    ]);
  },
});
