import { acrUpdate, byValue, defineCheck, pass, unknown } from '../../src/check.ts';

export default defineCheck({
  id: 'unlisted-networks-refused',
  title: 'The registry refuses networks nobody listed',
  problem: 'The registry answers every network on the internet',
  severity: 'high',
  profile: 'recommended',
  profileReason:
    'A credential that leaks should not work from everywhere; a list of networks costs nothing on Premium.',
  area: 'network',
  needs: ['registry'],

  why: 'A leaked token or password works from anywhere, and anyone may probe the login endpoint.',
  symptom: '`docker login` works from a home connection.',
  cause: 'A new registry is open to every network until someone adds rules, and only Premium has rules.',
  confirm: [
    'az acr show --name <registry> --subscription <subscription> --query "[sku.name, publicNetworkAccess, networkRuleSet.defaultAction]"',
  ],
  fix: {
    steps: [acrUpdate({ sku: 'Premium' }), acrUpdate({ defaultAction: 'Deny' })],
    breaks:
      'Every client outside the allow list, hosted CI runners and quick builds (az acr build) among them. List the networks that need it first: az acr network-rule add.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/container-registry-access-selected-networks'],

  evaluate({ registry: { sku, publicNetworkAccess: access, networkRuleSet: rules } }) {
    switch (access) {
      case 'Disabled':
        return pass({ at: 'registry/publicNetworkAccess', saw: access });
      case 'Enabled':
        // Basic and Standard have no rules, and recorded answers of theirs have no networkRuleSet.
        return rules
          ? byValue('registry/networkRuleSet/defaultAction', rules.defaultAction, { Deny: 'pass', Allow: 'fail' })
          : byValue('registry/sku', sku, { Basic: 'fail', Standard: 'fail', Premium: 'unknown' });
      default:
        return unknown(
          access === null ? "Azure's answer has no publicNetworkAccess" : `publicNetworkAccess is '${access}'`,
        );
    }
  },
});
