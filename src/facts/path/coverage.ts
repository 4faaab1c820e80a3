import { unseen } from '../../model/outcome.ts';
import { bad, good, type Part, unclear } from '../../model/parts.ts';
import { segment } from '../../model/pointer.ts';
import { type CitedConnection, endpointName, type WantedMember } from './endpoints.ts';

/** Which of the wanted members the network interfaces of the approved endpoints serve. */
export const coverageOf = (approved: readonly CitedConnection[], wanted: readonly WantedMember[]): readonly Part[] =>
  approved.flatMap((cited) => coverageOfOne(cited, wanted));

function coverageOfOne({ at, connection }: CitedConnection, wanted: readonly WantedMember[]): readonly Part[] {
  const endpoint = endpointName(connection);
  const thing = `endpoint/${endpoint}`;
  const members = connection.endpoint.state === 'observed' ? connection.endpoint.value.members : connection.endpoint;
  if (members.state !== 'observed') return [unclear(thing, unseen(members))];
  const list = `${at}/endpoint/value/members/value` as const;
  return wanted.map(({ member, region }) => {
    const index = members.value.findIndex((found) => found.member.toLowerCase() === member);
    const about = `${member} of ${endpoint}`;
    return index < 0
      ? bad(
          thing,
          { at: `${list}/${segment(member)}`, saw: null, wanted: 'an address', about },
          `${endpoint} has no ${member}${region ? `: pulls in ${region} log in, then hang on layers` : ''}`,
        )
      : good(thing, { at: `${list}/${index}/member`, saw: members.value[index]?.member, about });
  });
}
