import { commands, defineCheck, path, verdict } from '../../src/check.ts';

export default defineCheck({
  id: 'registry-reachable',
  title: 'At least one network can reach the registry',
  problem: 'No network can reach the registry: nobody can pull or push',
  severity: 'critical',
  profile: 'recommended',
  profileReason: 'A registry that nobody can pull from stops every deployment that depends on it.',
  since: '1.0',
  article: ['Private endpoints + firewall', 'Playbook 12'],
  area: 'network',
  needs: ['registry', 'privateEndpoints'],
  evidence: path.tripFacets,

  why: 'Every node that starts, scales or restarts fails to pull its image, in every region at once.',
  symptom: '`docker login` is refused with 403 from everywhere, while az and the portal still manage the registry.',
  signs: [
    'denied: client with IP',
    'is not allowed access',
    '403',
    'ImagePullBackOff',
    'ErrImagePull',
    'Could not connect to the registry login server',
    'CONNECTIVITY_CHALLENGE_ERROR',
    'CONNECTIVITY_REFRESH_TOKEN_ERROR',
    'Max retries exceeded with url',
    'Client.Timeout exceeded',
  ],
  cause:
    'Public access was switched off before a private endpoint was approved, the last endpoint was removed, only listed networks are answered and none is listed, or the private path is cut for every network.',
  confirm: [
    'az acr show --name <registry> --subscription <subscription> --query "[publicNetworkAccess, networkRuleSet, privateEndpointConnections[].privateLinkServiceConnectionState.status]"',
  ],
  fix: {
    steps: commands.privatePath,
    breaks:
      'Nothing: nobody can use the registry as it is. If that cannot wait, public access can be switched on through ARM, which still works: az acr update --public-network-enabled true, after --allow-exports true where exports are disabled. It opens the public endpoint to whom its rules allow.',
  },
  refs: [
    'https://learn.microsoft.com/azure/container-registry/container-registry-private-endpoints#disable-public-access-to-a-registry',
  ],

  evaluate(given, { cloud }) {
    const { registry, privateEndpoints } = given;
    const side = path.publicSide(registry);
    if ('admits' in side && (side.admits === 'everybody' || side.admits === 'listed'))
      return verdict.passByOne(side.seen);
    const trips = path.tripsOf(given, cloud.registrySuffix);
    const connections = path.connectionsOf(privateEndpoints);
    const networks = path.tripsByNetwork(trips).map((own) => own.filter(path.isForPulls));
    const open = networks.find((own) => ['yes', 'in part'].includes(path.pullsAtAll(own)));
    const way = seenOf((open ?? []).filter(({ arrival }) => ['yes', 'in part'].includes(arrival.works)));
    if (verdict.isSome(way)) return verdict.pass(way);
    if ('verdict' in side) return side;
    if (typeof side.admits === 'object') return side.admits;

    const off = side.access === 'disabled';
    const cause = off ? 'public access is off' : 'the public endpoint answers listed networks only, and none is listed';
    if (connections.approved.length === 0) {
      const undecided = path.openConnections(connections);
      if (undecided.length > 0)
        return verdict.cannotSee(
          'whether an endpoint is approved',
          undecided.map(({ why }) => why),
        );
      const exports =
        registry.policies.export?.status === 'disabled'
          ? '; exports are disabled, so that ARM refuses to switch it on before they are allowed again'
          : '';
      const waiting = commands.approvals(connections.pending);
      return verdict.fail(
        [...side.seen, ...connections.states],
        `Nobody can pull: ${cause}${exports}, and no private endpoint of ours is approved`,
        waiting.length > 0 ? waiting : [...(off ? [] : commands.openToSome()), ...commands.firstEndpointSteps(trips)],
      );
    }
    const closed = networks.filter((own) => path.pullsAtAll(own) === 'no');
    if (networks.length === 0 || closed.length < networks.length)
      return verdict.cannotSee(
        'whether any network reaches the registry',
        path.unknownTrips(networks.flat(), connections),
      );
    const stopped = closed.flatMap((own) => own.find(({ arrival }) => arrival.works === 'no') ?? []);
    return verdict.fail(
      [...side.seen, ...stopped.flatMap(({ arrival }) => arrival.seen)],
      `Nobody is known to be able to pull: ${cause}, and of the networks that are known ${stopped.map((trip) => `${trip.network.name} stops where ${wordsOf(trip)}`).join('; ')}`,
      closed.flat().flatMap((trip) => commands.mendTrip(trip, trips.facts)),
    );
  },
});

const wordsOf = (trip: path.Trip): string => {
  const stop = path.stopOf(trip);
  return stop ? path.problemOf(stop, trip.name) : '';
};

const seenOf = (own: readonly path.Trip[]): readonly verdict.Observation[] => [
  ...new Map(own.flatMap(({ arrival }) => arrival.seen).map((one) => [one.at, one])).values(),
];
