import { commands, defineCheck, parseId, path, sameId, verdict } from '../../src/check.ts';

export default defineCheck({
  id: 'private-endpoints-are-ours',
  title: 'Every approved private endpoint is in a subscription of ours',
  problem: "Somebody else's network is let in by a private endpoint",
  severity: 'high',
  profile: 'recommended',
  profileReason: 'An approved endpoint is a way in that no network rule of the registry sees.',
  since: '1.0',
  area: 'network',
  needs: ['registry', 'privateEndpoints'],
  options: { allowedSubscriptions: { kind: 'list', default: [] } },

  why: 'Whoever owns the endpoint reaches the registry from a network that nobody here controls, whatever the public side refuses.',
  symptom:
    'None here; and in own networks that are linked to a private DNS zone the names of the registry become private ones.',
  cause: 'A request for an endpoint was approved for a partner, or because nobody asked whose it was.',
  confirm: [
    'az acr private-endpoint-connection list --registry-name <registry> --subscription <subscription> --query "[].{endpoint:privateEndpoint.id, status:privateLinkServiceConnectionState.status}"',
    'az account show --subscription <endpoint-subscription> --query tenantId',
  ],
  fix: {
    steps: [
      commands.manual(
        'Ask whose the endpoint is. If it is to stay, list its subscription under options, private-endpoints-are-ours, allowedSubscriptions; else delete the connection.',
      ),
    ],
    breaks: "Pulls from the owner's network, at once and for as long as there is no other way.",
  },
  refs: [
    'https://learn.microsoft.com/azure/container-registry/container-registry-private-endpoints#manage-private-endpoint-connections',
  ],
  alsoKnownAs: ['policy 696cb1d3'],

  evaluate({ registry, privateEndpoints }, { options: { allowedSubscriptions: allowed } }) {
    const notPremium = verdict.unlessPremium(registry, 'a private endpoint');
    if (notPremium) return notPremium;
    const { approved, foreign, unplaced, undecided } = path.connectionsOf(privateEndpoints);
    const odd = undecided.filter(({ connection }) => path.whoseEndpoint(connection) !== 'ours');
    const parts = [...approved, ...foreign].map((one) => {
      const { connection } = one;
      const name = path.endpointName(connection);
      const subscription = parseId(connection.endpointId ?? '')?.subscription ?? 'unknown';
      const listed = allowed.some((other) => sameId(other.replace(/^\/subscriptions\//i, ''), subscription));
      const ours = path.whoseEndpoint(connection) === 'ours' && allowed.length === 0;
      const seen = [
        { at: `${one.at}/endpointId`, saw: connection.endpointId, about: name },
        path.stateOf(one),
      ] as const;
      if (listed || ours) return verdict.good(`endpoint/${name}`, seen);
      const whose = path.whoseEndpoint(connection) === 'ours' ? 'none that is allowed' : "another tenant's";
      return verdict.bad(`endpoint/${name}`, seen, `${name} is in subscription ${subscription}, which is ${whose}`, {
        steps: [
          commands.manual(
            `Ask the owner of ${name} what it is for, and list subscription ${subscription} as allowed if it is to stay; else:`,
          ),
          commands.deleteConnection(connection.name),
        ],
      });
    });
    return verdict.on(
      [...parts, ...path.openConnections({ undecided: odd, unplaced })],
      'no private endpoint is approved',
    );
  },
});
