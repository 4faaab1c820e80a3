import type { ConnectedRegistry } from '../../model/facets/connected-registries.ts';
import type { ScopeMap } from '../../model/facets/scope-maps.ts';
import type { Token, TokenCredential } from '../../model/facets/tokens.ts';
import { sameId } from '../../model/ids.ts';
import { untold } from '../../model/outcome.ts';
import { type Unclear, unclear } from '../../model/parts.ts';
import { isGatewayMap } from './scope-maps.ts';

/** When a credential ends. Azure's way to say "never" is a date in the year 9999, or none at all. */
export type Expiry = 'never' | 'dated' | 'untold';

/** When a credential ends: never, at an instant, or not known. */
export function expiryOf(expiry: string | null): Expiry {
  if (expiry === null || expiry.startsWith('9999-')) return 'never';
  return Number.isNaN(Date.parse(expiry)) ? 'untold' : 'dated';
}

/** What a credential is worth at an instant (ISO 8601). */
export function worthOf(expiry: string | null, now: string): 'endless' | 'dated' | 'expired' | 'untold' {
  if (expiry === null || expiryOf(expiry) === 'never') return 'endless';
  return expiryOf(expiry) === 'untold' ? 'untold' : Date.parse(expiry) <= Date.parse(now) ? 'expired' : 'dated';
}

/** A password or certificate, and where it is in the evidence. */
export interface HeldCredential {
  readonly at: `tokens/${number}/${'passwords' | 'certificates'}/${number}`;
  readonly kind: 'password' | 'certificate';
  readonly token: Token;
  readonly credential: TokenCredential;
  /** `password1 of token ci`. */
  readonly about: string;
  /** `token/ci`. */
  readonly thing: string;
}

export interface JudgedTokens {
  /** Tokens a person or a pipeline logs in with: enabled, and not a connected registry's own. */
  readonly enabled: readonly { readonly token: Token; readonly index: number }[];
  /** Tokens whose status is one that we do not know. */
  readonly unsure: readonly Unclear[];
}

/** The tokens that controls speak of. A connected registry cannot work without its own, which is Azure's to manage. */
export function judgedTokens(
  tokens: readonly Token[],
  maps: readonly ScopeMap[],
  connected: readonly ConnectedRegistry[],
): JudgedTokens {
  const judged = tokens
    .map((token, index) => ({ token, index }))
    .filter(({ token }) => !isSyncToken(token, maps, connected));
  return {
    enabled: judged.filter(({ token }) => token.status === 'enabled'),
    unsure: judged
      .filter(({ token }) => token.status !== 'enabled' && token.status !== 'disabled')
      .map(({ token }) =>
        unclear(`token/${token.name}`, untold(`whether token ${token.name} is enabled is not known`)),
      ),
  };
}

/** Whether a connected registry synchronises by this token: one names it, or its map speaks to a gateway. */
export const isSyncToken = (
  token: Token,
  maps: readonly ScopeMap[],
  connected: readonly ConnectedRegistry[],
): boolean =>
  connected.some(({ syncToken }) => syncToken !== null && sameId(syncToken, token.id)) ||
  maps.some((map) => token.scopeMap !== null && sameId(map.id, token.scopeMap) && isGatewayMap(map));

/** The passwords and certificates of the enabled tokens, each with its place. */
export const credentialsOf = ({ enabled }: JudgedTokens): readonly HeldCredential[] =>
  enabled.flatMap(({ token, index }) => [
    ...token.passwords.map((credential, number) =>
      heldBy('password', token, credential, `tokens/${index}/passwords/${number}`),
    ),
    ...token.certificates.map((credential, number) =>
      heldBy('certificate', token, credential, `tokens/${index}/certificates/${number}`),
    ),
  ]);

const heldBy = (
  kind: HeldCredential['kind'],
  token: Token,
  credential: TokenCredential,
  at: HeldCredential['at'],
): HeldCredential => ({
  at,
  kind,
  token,
  credential,
  about: `${credential.name ?? kind} of token ${token.name}`,
  thing: `token/${token.name}`,
});

/** `untold`: Azure does not say when it was made, or when it ends. */
export type Life = 'endless' | 'expired' | 'long' | 'short' | 'untold';

/**
 * How a credential's life compares with the days it may live, as of `now` (ISO 8601). In whole days: the service notes
 * the birth some seconds away from when the expiry was reckoned.
 */
export function lifeOf(createdAt: string | null, expiry: string | null, days: number, now: string): Life {
  if (expiryOf(expiry) === 'never') return 'endless';
  const left = daysBetween(now, expiry);
  if (left === null) return 'untold';
  if (left <= 0) return 'expired';
  const life = daysBetween(createdAt, expiry);
  if (Math.floor(life ?? left) > days) return 'long';
  return life === null ? 'untold' : 'short';
}

/** Days from one ISO 8601 instant to another; `null` where one is none. */
function daysBetween(from: string | null, to: string | null): number | null {
  const days = from === null || to === null ? Number.NaN : (Date.parse(to) - Date.parse(from)) / 86_400_000;
  return Number.isNaN(days) ? null : days;
}
