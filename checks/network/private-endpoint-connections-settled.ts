import {
  approveConnection,
  defineCheck,
  deleteConnection,
  fail,
  pass,
  standing,
  unlessPremium,
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
  needs: ['registry', 'privateEndpoints'],

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
    const { pending, dead, undecided, states } = standing(privateEndpoints);
    const unsettled = states.filter(({ saw }) => saw === 'Pending' || saw === 'Rejected' || saw === 'Disconnected');
    if (unsettled.length > 0)
      return fail(unsettled, unsettled.map(({ about, saw }) => `${about} is ${saw}`).join(', '), [
        ...pending.map(({ name }) => approveConnection(name)),
        ...dead.map(({ name }) => deleteConnection(name)),
      ]);
    return undecided ?? pass(states);
  },
});
