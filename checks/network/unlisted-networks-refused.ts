import { acrUpdate, addIpRule, byValue, defineCheck, notSaid, pass } from '../../src/check.ts';

// Closed before any network is listed, nobody can pull.
const closing = [addIpRule('<address-range>'), acrUpdate({ defaultAction: 'Deny' })];

export default defineCheck({
  id: 'unlisted-networks-refused',
  title: 'The registry refuses networks nobody listed',
  problem: 'The registry answers every network on the internet',
  severity: 'high',
  profile: 'recommended',
  profileReason:
    'A credential that leaks should not work from everywhere; a list of networks costs nothing on Premium.',
  since: '1.0',
  area: 'network',
  needs: ['registry'],

  why: 'A leaked token or password works from anywhere, and anyone may probe the login endpoint.',
  symptom: '`docker login` works from a home connection.',
  cause: 'A new registry is open to every network until someone adds rules, and only Premium has rules.',
  confirm: [
    'az acr show --name <registry> --subscription <subscription> --query "[sku.name, publicNetworkAccess, networkRuleSet.defaultAction]"',
  ],
  fix: {
    steps: [acrUpdate({ sku: 'Premium' }), ...closing],
    breaks:
      'Every client outside the allow list, hosted CI runners and quick builds (az acr build) among them. List every network that needs it first: one az acr network-rule add for each.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/container-registry-access-selected-networks'],

  evaluate({ registry: { sku, publicNetworkAccess: access, networkRuleSet: rules, privateEndpointConnections } }) {
    switch (access) {
      case 'Disabled':
        return pass({ at: 'registry/publicNetworkAccess', saw: access });
      case 'Enabled': {
        // Basic and Standard have no rules, and recorded answers of theirs have no networkRuleSet.
        if (rules === null)
          return byValue('registry/sku', sku, { Basic: 'fail', Standard: 'fail', Premium: 'unknown' });
        const outcome = byValue('registry/networkRuleSet/defaultAction', rules.defaultAction, {
          Deny: 'pass',
          Allow: 'fail',
        });
        if (outcome.verdict !== 'fail' || sku !== 'Premium') return outcome;
        const another =
          rules.ipRules?.length || privateEndpointConnections?.some(({ status }) => status === 'Approved');
        return { ...outcome, steps: another ? [acrUpdate({ defaultAction: 'Deny' })] : closing };
      }
      default:
        return notSaid('registry/publicNetworkAccess', access);
    }
  },
});
