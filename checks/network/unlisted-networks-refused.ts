import { commands, defineCheck, verdict } from '../../src/check.ts';

// Closed before any network is listed, nobody can pull.
const closing = [commands.addIpRule('<address-range>'), commands.acrUpdate({ defaultAction: 'Deny' })];

export default defineCheck({
  id: 'unlisted-networks-refused',
  title: 'The registry refuses networks nobody listed',
  problem: 'The registry answers every network on the internet',
  severity: 'high',
  profile: 'recommended',
  profileReason:
    'A credential that leaks should not work from everywhere; a list of networks costs nothing on Premium.',
  since: '1.0',
  article: ['Private endpoints + firewall', 'Network settings'],
  frameworks: ['MCSB NS-2', 'CIS Azure 4.0.0 2.2.1.2', 'NIST AC-4', 'NIST SC-7', 'NIST SC-7(3)', 'ISO 27001 A.8.20'],
  alsoKnownAs: [
    'psrule Azure.ACR.Firewall',
    'steampipe container_registry_restrict_public_access',
    'cnspec mondoo-azure-security-acr-network-default-deny',
    'policy d0793b48',
    'review-checklists cd289ced',
  ],
  differs:
    'Disabled public access passes whatever the default action says, and a default action of Deny passes too; some look at one of the two only.',
  area: 'network',
  needs: ['registry'],

  why: 'A leaked token or password works from anywhere, and anyone may probe the login endpoint.',
  symptom: '`docker login` works from a home connection.',
  signs: ['denied: client with IP'],
  cause: 'A new registry is open to every network until someone adds rules, and only Premium has rules.',
  confirm: [
    'az acr show --name <registry> --subscription <subscription> --query "[sku.name, publicNetworkAccess, networkRuleSet.defaultAction]"',
  ],
  fix: {
    steps: [commands.acrUpdate({ sku: 'Premium' }), ...closing],
    breaks:
      'Every client outside the allow list, hosted CI runners and quick builds (az acr build) among them. List every network that needs it first: one az acr network-rule add for each.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/container-registry-access-selected-networks'],

  evaluate({ registry }) {
    const { publicNetworkAccess: access, networkRuleSet: rules } = registry;
    switch (access) {
      case 'Disabled':
        return verdict.pass({ at: 'registry/publicNetworkAccess', saw: access });
      case 'Enabled': {
        // Basic and Standard have no rules, and recorded answers of theirs have no networkRuleSet.
        if (rules === null)
          return registry.sku === 'Premium'
            ? verdict.notSaid('registry/networkRuleSet', null)
            : verdict.byValue('registry/sku', registry.sku, { Basic: 'fail', Standard: 'fail' });
        const outcome = verdict.byValue('registry/networkRuleSet/defaultAction', rules.defaultAction, {
          Deny: 'pass',
          Allow: 'fail',
        });
        if (outcome.verdict !== 'fail' || registry.sku !== 'Premium') return outcome;
        const another =
          rules.ipRules?.length || registry.privateEndpointConnections?.some(({ status }) => status === 'Approved');
        return {
          ...outcome,
          steps: [commands.mendWaysFirst, ...(another ? [commands.acrUpdate({ defaultAction: 'Deny' })] : closing)],
        };
      }
      default:
        return verdict.notSaid('registry/publicNetworkAccess', access);
    }
  },
});
