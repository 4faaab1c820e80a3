import type { Rights } from '../facts/access/rights.ts';
import { mapOf, operationsOf, type RepositoryAction, repositoryAction } from '../facts/access/scope-maps.ts';
import { isSyncToken, worthOf } from '../facts/access/tokens.ts';
import type { ScopeMap } from '../model/facets/scope-maps.ts';
import type { Token, TokenCredential } from '../model/facets/tokens.ts';
import type { Facets } from '../model/facets.ts';
import { byText } from '../model/ids.ts';
import type { TokenHolder, TokenLogin } from '../pages/access.ts';

/** What tokens can do, the widest first, and what their passwords are worth as of `now` (ISO 8601). */
export const tokensOf = (
  tokens: Facets['tokens'],
  maps: Facets['scopeMaps'],
  connected: Facets['connectedRegistries'],
  now: string,
): readonly TokenHolder[] =>
  tokens
    .map((token): TokenHolder => {
      const given = allowed(token, maps);
      const held = given && heldBy(given);
      return {
        name: token.name,
        scopeMap: mapOf(token, maps)?.name ?? null,
        sync: isSyncToken(token, maps, connected),
        rights: held && Object.fromEntries(held.map(({ right, on }) => [right, isEvery(on) ? 'all' : 'conditional'])),
        can: held?.map(({ right, on }) => (isEvery(on) ? right : `${right} (on ${on.join(', ')})`)) ?? null,
        enabled: token.status === 'enabled' ? true : token.status === 'disabled' ? false : null,
        logins: [
          ...token.passwords.map((one) => loginOf('password', one, now)),
          ...token.certificates.map((one) => loginOf('certificate', one, now)),
        ],
      };
    })
    .sort((a, b) => reachOf(b.rights) - reachOf(a.rights) || useOf(b) - useOf(a) || byText(a.name, b.name));

/** What the map of a token allows; `null` where the map was not seen. The maps of every registry are known by name. */
function allowed(token: Token, maps: readonly ScopeMap[]): readonly RepositoryAction[] | null {
  const its = mapOf(token, maps);
  if (its?.map) return its.map.actions.flatMap((action) => repositoryAction(action) ?? []);
  const operations = its ? operationsOf(its) : [];
  return operations.length === 0 ? null : operations.map((operation) => ({ repository: '*', operation }));
}

const contentRights = [
  { right: 'delete', operation: 'content/delete' },
  { right: 'push', operation: 'content/write' },
  { right: 'pull', operation: 'content/read' },
] as const;

/** The rights to content, the widest first, and on which repositories. */
const heldBy = (given: readonly RepositoryAction[]) =>
  contentRights.flatMap(({ right, operation }) => {
    const on = [...new Set(given.filter((one) => one.operation === operation).map(({ repository }) => repository))];
    return on.length === 0 ? [] : [{ right, on: on.sort() }];
  });

const isEvery = (repositories: readonly string[]): boolean => repositories.includes('*');

/** Every repository outweighs some of them, whatever the right. */
const reachOf = (held: Rights | null): number =>
  contentRights.reduce((sum, { right }, place) => {
    const weight = 2 ** (contentRights.length - place);
    return sum + (held?.[right] === 'all' ? weight * 2 ** contentRights.length : held?.[right] ? weight : 0);
  }, 0);

/** Who can log in today comes before who cannot. */
const useOf = ({ enabled, logins }: TokenHolder): number =>
  enabled !== false && logins.some(({ worth }) => worth !== 'expired') ? 1 : 0;

const loginOf = (kind: TokenLogin['kind'], { name, expiry }: TokenCredential, now: string): TokenLogin => ({
  kind,
  name: name ?? kind,
  worth: worthOf(expiry, now),
  expiry,
});
