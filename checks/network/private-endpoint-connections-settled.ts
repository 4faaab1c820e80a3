import { commands, defineCheck, path, verdict } from '../../src/check.ts';

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
    steps: [commands.approveConnection('<connection>')],
    breaks:
      'An approved connection lets its network reach the registry: see who asks first. Deleting a dead one breaks nothing.',
  },
  refs: [
    'https://learn.microsoft.com/azure/container-registry/container-registry-private-endpoints#manage-private-endpoint-connections',
    'https://learn.microsoft.com/azure/private-link/manage-private-endpoint',
  ],

  evaluate({ registry, privateEndpoints }) {
    const notPremium = verdict.unlessPremium(registry, 'a private endpoint');
    if (notPremium) return notPremium;
    const listed = path.listedConnections(registry, privateEndpoints);
    if (listed === null)
      return privateEndpoints.state === 'denied'
        ? verdict.unseen(privateEndpoints)
        : verdict.untold("Azure's answer has no privateEndpointConnections");
    const { pending, dead, undecided, states, ...settled } = listed;
    const part = (one: path.CitedConnection) => `connection/${one.connection.name}`;
    const words = ({ connection: { name, status } }: path.CitedConnection) => `${name} is ${status}`;
    return verdict.on(
      [
        ...pending.map((one) =>
          verdict.bad(part(one), path.stateOf(one), words(one), { steps: commands.approvals([one]) }),
        ),
        ...dead.map((one) =>
          verdict.bad(part(one), path.stateOf(one), words(one), {
            steps: [commands.deleteConnection(one.connection.name)],
          }),
        ),
        ...path.openConnections({ undecided, unplaced: [] }),
        ...[settled.approved, settled.foreign, settled.unplaced, settled.gone]
          .flat()
          .map((one) => verdict.good(part(one), path.stateOf(one))),
      ],
      verdict.pass(states),
    );
  },
});
