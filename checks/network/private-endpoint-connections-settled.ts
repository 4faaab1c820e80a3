import {
  approvals,
  approveConnection,
  bad,
  type CitedConnection,
  defineCheck,
  deleteConnection,
  good,
  listedConnections,
  openConnections,
  pass,
  stateOf,
  unlessPremium,
  untold,
  verdictOn,
} from '../../src/check.ts';

export default defineCheck({
  id: 'private-endpoint-connections-settled',
  title: 'No private endpoint connection waits, was refused or is dead',
  problem: 'A private endpoint connection waits, was refused or is dead',
  severity: 'low',
  profile: 'recommended',
  profileReason: 'A connection that is not approved carries no traffic, and each waits for one decision by somebody.',
  since: '1.0',
  article: ['Private endpoints + firewall'],
  area: 'network',
  needs: ['registry'],
  evidence: ['privateEndpoints'],

  why: 'Somebody built an endpoint that carries nothing, and pulls from its network fail or take another way than they think.',
  symptom: 'The endpoint exists and has addresses, and connections to them are not answered.',
  cause:
    'The owner of the endpoint may not approve it, the endpoint was deleted on its side, or a replica was added, after which manually approved connections wait again.',
  confirm: [
    'az acr private-endpoint-connection list --registry-name <registry> --subscription <subscription> --query "[].{name:name, state:privateLinkServiceConnectionState.status}"',
  ],
  fix: {
    steps: [approveConnection('<connection>')],
    breaks:
      'An approved connection lets its network reach the registry: see who asks first. Deleting a dead one breaks nothing.',
  },
  refs: [
    'https://learn.microsoft.com/azure/container-registry/container-registry-private-endpoints#manage-private-endpoint-connections',
    'https://learn.microsoft.com/azure/private-link/manage-private-endpoint',
  ],

  evaluate({ registry, privateEndpoints }) {
    const notPremium = unlessPremium(registry, 'a private endpoint');
    if (notPremium) return notPremium;
    const listed = listedConnections(registry, privateEndpoints);
    if (listed === null) return untold("Azure's answer has no privateEndpointConnections");
    const { pending, dead, undecided, states, ...settled } = listed;
    const part = (one: CitedConnection) => `connection/${one.connection.name}`;
    const words = ({ connection: { name, status } }: CitedConnection) => `${name} is ${status}`;
    return verdictOn(
      [
        ...pending.map((one) => bad(part(one), stateOf(one), words(one), { steps: approvals([one]) })),
        ...dead.map((one) =>
          bad(part(one), stateOf(one), words(one), { steps: [deleteConnection(one.connection.name)] }),
        ),
        ...openConnections({ undecided, unplaced: [] }),
        ...[settled.approved, settled.foreign, settled.unplaced, settled.gone]
          .flat()
          .map((one) => good(part(one), stateOf(one))),
      ],
      pass(states),
    );
  },
});
