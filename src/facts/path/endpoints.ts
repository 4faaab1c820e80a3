import type { EndpointConnection } from '../../model/facets/private-endpoints.ts';
import type { Registry } from '../../model/facets/registry.ts';
import type { Replication } from '../../model/facets/replications.ts';
import { type NotApplicable, notApplicable, notSaid, type Observation, type Unknown } from '../../model/outcome.ts';
import type { Pointer } from '../../model/pointer.ts';
import { allRegions } from '../posture/replicas.ts';

/** A private endpoint connection, and where it is in the evidence. */
export interface CitedConnection {
  readonly at: Pointer;
  readonly connection: EndpointConnection;
}

/** The regions an endpoint must serve, home first: those of replicas that are neither being made nor removed. */
export const servingRegions = (registry: Registry, replications: readonly Replication[]): readonly string[] =>
  allRegions(
    registry,
    replications.filter(({ provisioningState: state }) => state !== 'Creating' && state !== 'Deleting'),
  );

/** Which connections carry pulls, which wait for somebody, and what cannot be told. */
export interface Standing {
  readonly approved: readonly CitedConnection[];
  readonly pending: readonly EndpointConnection[];
  /** Refused, or their endpoint is gone. */
  readonly dead: readonly EndpointConnection[];
  /** A connection whose state Azure left out, or that we do not know. */
  readonly undecided: Unknown | null;
  /** The state of every connection, as observations; of the empty list where there is none. */
  readonly states: readonly Observation[];
}

export function standing(connections: readonly EndpointConnection[]): Standing {
  const cited = connections.map(
    (connection, index): CitedConnection => ({ at: `privateEndpoints/${index}`, connection }),
  );
  const undecided = connections.find((connection) => isApproved(connection) === null);
  return {
    approved: cited.filter(({ connection }) => isApproved(connection)),
    pending: connections.filter(({ status }) => status === 'Pending'),
    dead: connections.filter(({ status }) => status === 'Rejected' || status === 'Disconnected'),
    undecided: undecided ? notSaid(`privateEndpoints/${undecided.name}/status`, undecided.status) : null,
    states: cited.length > 0 ? cited.map(stateOf) : [{ at: 'privateEndpoints', saw: [] }],
  };
}

/** The approved connections, or why there are none to judge. */
export function approvedConnections(
  connections: readonly EndpointConnection[],
): readonly CitedConnection[] | NotApplicable | Unknown {
  const { approved, undecided } = standing(connections);
  if (approved.length > 0) return approved;
  return undecided ?? notApplicable('the registry has no approved private endpoint');
}

export const stateOf = ({ at, connection: { status, name } }: CitedConnection): Observation => ({
  at: `${at}/status`,
  saw: status,
  wanted: 'Approved',
  about: name,
});

function isApproved({ status, endpoint }: EndpointConnection): boolean | null {
  switch (status) {
    case 'Approved':
      // A registry has one group of names. An endpoint we cannot read is approved all the same: the registry says so.
      return endpoint.state !== 'observed' || endpoint.value.groups.length === 0 || targetsRegistry(endpoint.value);
    case 'Pending':
    case 'Rejected':
    case 'Disconnected':
      return false;
    default:
      return null;
  }
}

/** What people call the endpoint: the last part of its id, else the connection's name. */
export const endpointName = ({ name, endpointId }: EndpointConnection): string =>
  endpointId === null ? name : endpointId.slice(endpointId.lastIndexOf('/') + 1);

/** What an endpoint must serve an address for, as its network interface calls it and as the name it answers to. */
export interface WantedMember {
  readonly member: string;
  /** What follows the registry's label in the name: empty for the login server. */
  readonly branch: string;
  readonly region: string | null;
}

/** By MicrosoftDocs container-registry-private-endpoints.md and, for the member names, container-registry-geo-replication.md. */
export function wantedMembers(registry: Registry, regions: readonly string[]): readonly WantedMember[] {
  const data = regions.map((region) => ({ member: `registry_data_${region}`, branch: `${region}.data`, region }));
  const geo = regions.map((region) => ({ member: `registry_${region}`, branch: `${region}.geo`, region }));
  return [
    { member: 'registry', branch: '', region: null },
    ...data,
    ...(registry.regionalEndpoints === 'Enabled' ? geo : []),
  ];
}

const targetsRegistry = ({ groups }: { readonly groups: readonly string[] }): boolean =>
  groups.some((group) => group.toLowerCase() === 'registry');
