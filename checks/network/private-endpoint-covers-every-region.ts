import { commands, defineCheck, path, verdict } from '../../src/check.ts';

export default defineCheck({
  id: 'private-endpoint-covers-every-region',
  title: 'Every private endpoint has an address for every region of the registry',
  problem: 'A private endpoint has no address for a region of the registry',
  severity: 'high',
  profile: 'recommended',
  profileReason:
    'A replica that the endpoint does not serve is the commonest reason why pulls hang after geo-replication.',
  since: '1.0',
  article: ['Private endpoints + firewall', 'Playbook 1'],
  area: 'network',
  needs: ['registry', 'replications', 'privateEndpoints'],

  why: 'Layers come from the data endpoint of the nearest region. Without a private address for it, pulls there stop half way.',
  symptom: 'Login and the manifest work; layers of a pull that is routed to the new region hang until they time out.',
  signs: [
    'i/o timeout',
    'context deadline exceeded',
    'Client.Timeout exceeded',
    'hangs on layers',
    'hanging layer',
    'blob.core.windows.net',
  ],
  cause:
    'A replica was added while the endpoint had fixed addresses, a full subnet or a connection that awaited approval.',
  confirm: [
    'az acr replication list --registry <registry> --subscription <subscription> --query "[].location"',
    'az network nic show --ids <network-interface-id> --query "ipConfigurations[].{member:privateLinkConnectionProperties.requiredMemberName, ip:privateIPAddress}"',
  ],
  fix: {
    steps: [
      commands.manual(
        'Recreate the private endpoint in a maintenance window, with dynamic addresses and a DNS zone group: a new endpoint gets an address for every region the registry has.',
      ),
    ],
    breaks: 'Pulls through the endpoint fail between the removal of the old one and the records of the new one.',
  },
  refs: [
    'https://learn.microsoft.com/azure/container-registry/container-registry-private-endpoints#plan-subnet-ip-capacity-for-private-endpoints',
    'https://learn.microsoft.com/azure/container-registry/container-registry-geo-replication',
  ],

  evaluate({ registry, replications, privateEndpoints }) {
    const approved =
      verdict.unlessPremium(registry, 'a private endpoint') ?? path.approvedConnections(privateEndpoints);
    if ('verdict' in approved) return approved;
    const wanted = path.wantedMembers(registry, path.servingRegions(registry, replications));
    const open = path.openConnections(path.connectionsOf(privateEndpoints));
    const pending = privateEndpoints.filter(({ status }) => status === 'Pending');
    const settled = commands.manual('See whether the missing addresses appear once the connection is approved.');
    return verdict.on([...path.coverageOf(approved, wanted), ...open], 'no endpoint is approved', {
      steps: () =>
        pending.length > 0 ? [...pending.map(({ name }) => commands.approveConnection(name)), settled] : [],
    });
  },
});
