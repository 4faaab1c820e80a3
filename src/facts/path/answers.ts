import type { ResolvedName } from '../../model/facets/resolution.ts';
import { isPrivate } from './cidr.ts';

/** Where addresses lead. */
export type Where = 'private' | 'public' | 'mixed' | 'none';

/** Where addresses lead. `own`: an endpoint's, which is private whatever its range. */
export function placeOf(ips: readonly string[], own: readonly string[] = []): Where {
  const inside = ips.filter((ip) => own.includes(ip) || isPrivate(ip)).length;
  return ips.length === 0 ? 'none' : inside === 0 ? 'public' : inside === ips.length ? 'private' : 'mixed';
}

/** The public name is an alias of a private one. */
export const isAliased = ({ aliases }: Pick<ResolvedName, 'aliases'>): boolean =>
  aliases.some((alias) => /\.privatelink\./.test(`.${alias}`));

/**
 * What is wrong with what DNS answered one machine for a name. `no-record`: a private zone was asked for the alias and
 * lacks it. `outside`: the login server is private, and this name is not; `falls-back`: and it was the zone for the
 * aliases that made it so, which this name is asked of as well.
 */
export type AnswerFlaw = 'no-record' | 'no-name' | 'no-answer' | 'mixed' | 'outside' | 'falls-back';

type Answer = Pick<ResolvedName, 'aliases' | 'ips' | 'problem'>;

/** What the login server's answer says of the other names. */
export interface Login {
  readonly where: Where;
  readonly aliased: boolean;
}

/** By the answers alone; `null` where nothing is wrong with them. */
export function answerFlaw(one: Answer, login: Login | undefined, own: readonly string[] = []): AnswerFlaw | null {
  switch (placeOf(one.ips, own)) {
    case 'none':
      if (one.problem !== 'NXDOMAIN' && one.problem !== 'NODATA') return 'no-answer';
      return isAliased(one) ? 'no-record' : 'no-name';
    case 'mixed':
      return 'mixed';
    case 'public':
      return login?.where !== 'private' ? null : login.aliased ? 'falls-back' : 'outside';
    case 'private':
      return null;
  }
}
