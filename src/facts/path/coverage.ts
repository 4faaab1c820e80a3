import type { Unseen } from '../../model/evidence.ts';
import type { Observation } from '../../model/outcome.ts';
import { type CitedConnection, endpointName, type WantedMember } from './endpoints.ts';

/** An endpoint's want of an address: what it does not serve. */
export interface Gap {
  readonly endpoint: string;
  readonly member: WantedMember;
  readonly seen: Observation;
}

/** Which of the wanted members the network interfaces of the endpoints serve. */
export interface Coverage {
  readonly served: readonly Observation[];
  readonly gaps: readonly Gap[];
  readonly unseen: readonly Unseen[];
}

/** Which members each approved endpoint has, and which it lacks. */
export function coverageOf(approved: readonly CitedConnection[], wanted: readonly WantedMember[]): Coverage {
  const each = approved.map((cited) => coverageOfOne(cited, wanted));
  return {
    served: each.flatMap(({ served }) => served),
    gaps: each.flatMap(({ gaps }) => gaps),
    unseen: each.flatMap(({ unseen }) => unseen),
  };
}

function coverageOfOne({ at, connection }: CitedConnection, wanted: readonly WantedMember[]): Coverage {
  const members = connection.endpoint.state === 'observed' ? connection.endpoint.value.members : connection.endpoint;
  if (members.state !== 'observed') return { served: [], gaps: [], unseen: [members] };
  const endpoint = endpointName(connection);
  const served: Observation[] = [];
  const gaps: Gap[] = [];
  for (const member of wanted) {
    const index = members.value.findIndex((found) => found.member.toLowerCase() === member.member);
    const list = `${at}/endpoint/value/members/value` as const;
    const about = `${member.member} of ${endpoint}`;
    if (index < 0)
      gaps.push({ endpoint, member, seen: { at: `${list}/${member.member}`, saw: null, wanted: 'an address', about } });
    else served.push({ at: `${list}/${index}/member`, saw: members.value[index]?.member, about });
  }
  return { served, gaps, unseen: [] };
}
