import { commands, defineCheck, path, verdict } from '../../src/check.ts';

export default defineCheck({
  id: 'private-endpoint-approved',
  title: 'The registry has an approved private endpoint',
  problem: 'The registry has no approved private endpoint',
  severity: 'high',
  profile: 'recommended',
  profileReason: 'Only an approved endpoint carries pulls over the private network; a pending one carries nothing.',
  since: '1.0',
  article: ['Private endpoints + firewall'],
  frameworks: [
    'MCSB NS-2',
    'CIS Azure 4.0.0 2.2.2.1',
    'NIST AC-4',
    'NIST AC-17',
    'NIST AC-17(1)',
    'NIST SC-7',
    'NIST SC-7(3)',
    'ISO 27001 A.8.20',
  ],
  alsoKnownAs: [
    'prowler containerregistry_uses_private_link',
    'azqr cr-004',
    'steampipe container_registry_uses_private_link',
    'cnspec mondoo-azure-security-acr-private-endpoints',
    'policy e8eef0a8',
    'policy d85c6833',
  ],
  differs: 'Only an approved connection counts; Prowler, azqr and cnspec count pending and rejected ones.',
  area: 'network',
  needs: ['registry', 'privateEndpoints'],
  words: path.tripFacets,

  why: 'Without it all pulls and pushes cross the public endpoint, which therefore cannot be closed.',
  symptom: 'The login server resolves to a public address inside the virtual network.',
  cause: 'No endpoint was made, or it was made by somebody who may not approve it and nobody did.',
  confirm: [
    'az acr private-endpoint-connection list --registry-name <registry> --subscription <subscription> --query "[].{name:name, state:privateLinkServiceConnectionState.status}"',
  ],
  fix: {
    steps: commands.privatePath,
    breaks:
      'In networks linked to the zone the registry now resolves to private addresses only: names of registries that have a private endpoint elsewhere, and no record there, stop resolving, for their public name is then an alias of the private one. One address a region is taken from the subnet.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/container-registry-private-endpoints'],

  evaluate(given, { cloud }) {
    const notPremium = verdict.unlessPremium(given.registry, 'a private endpoint');
    if (notPremium) return notPremium;
    const connections = path.connectionsOf(given.privateEndpoints);
    const approved = connections.approved.map(path.stateOf);
    if (verdict.isSome(approved)) return verdict.passByOne(approved);
    const open = path.openConnections(connections);
    if (open.length > 0)
      return verdict.cannotSee(
        'whether an endpoint of ours is approved',
        open.map(({ why }) => why),
      );
    const waiting = connections.pending.map(({ connection }) => `${connection.name} waits to be approved`);
    const gone = connections.gone.map(
      ({ connection }) => `the endpoint of ${connection.name} is gone, though Azure still calls it Approved`,
    );
    const foreign = connections.foreign.map(({ connection }) => `${connection.name} is another tenant's`);
    return verdict.fail(
      connections.states,
      [...waiting, ...gone, ...foreign].join('; ') || undefined,
      commands.firstEndpointSteps(path.tripsOf(given, cloud.registrySuffix)),
    );
  },
});
