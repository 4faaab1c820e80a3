import { type HeldCredential, lifeOf, worthOf } from '../facts/access/tokens.ts';
import type { TokenCommand } from '../model/command.ts';
import type { ScopeMap } from '../model/facets/scope-maps.ts';
import type { Token } from '../model/facets/tokens.ts';
import { sameId } from '../model/ids.ts';
import type { KnownFacts, Step } from '../model/step.ts';
import { refusedMapDelete, refusedPasswordEnd } from './constraints.ts';
import { manual } from './manual.ts';
import { back, nothing, onOrOff, type Traits } from './trait.ts';
import { asking, quoted, word } from './words.ts';

/**
 * A credential that lives so many days in place of this one, for all its clients: the token's **other** password is
 * made or taken, the clients move to it and prove it, and only then this one goes. A new password in the same place
 * would end the one in use at once. `now` is ISO 8601.
 */
export function renewed(held: HeldCredential, days: number, now: string): readonly Step[] {
  const { token, about, credential } = held;
  const own = passwordName(credential.name);
  if (held.kind !== 'password' || own === null)
    return [
      manual(`Make a credential of token ${token.name} that expires, move its clients to it, then remove ${about}.`),
    ];
  const other = own === 'password1' ? 'password2' : 'password1';
  const its = token.passwords.find(({ name }) => name === other);
  const state = its ? lifeOf(its.createdAt, its.expiry, days, now) : 'expired';
  // It may be the one in use, or have ended: which, nobody tells.
  if (its && worthOf(its.expiry, now) === 'untold') return swapped(token, own, other, days, now);
  // Where both have to go, one is made anew in place of the other, and one plan is for both.
  if (state === 'endless' || state === 'long') return own === 'password2' ? [] : swapped(token, own, other, days, now);
  return [...(state === 'expired' ? [generated(token, other, days, now)] : []), ...movedAway(token, own, other, now)];
}

const swapped = (token: Token, own: Password, other: Password, days: number, now: string): readonly Step[] => [
  manual(`Let every client of token ${token.name} log in with its ${own}: the next command ends its ${other}.`),
  generated(token, other, days, now),
  ...movedAway(token, own, other, now),
];

const movedAway = (token: Token, own: Password, other: Password, now: string): readonly Step[] => [
  manual(
    `Let every client of token ${token.name} log in with its ${other}, and prove that they do, before the next command ends its ${own}.`,
  ),
  { kind: 'token.password.delete', token: token.name, password: own, now },
];

const generated = (token: Token, password: Password, days: number, now: string): Step => ({
  kind: 'token.password.generate',
  token: token.name,
  password,
  days,
  now,
});

type Password = 'password1' | 'password2';

const passwordName = (name: string | null): Password | null =>
  name === 'password1' || name === 'password2' ? name : null;

/** Takes away a credential by which nobody logs in any more; not where a new one is to come in its place. */
export function dropped(
  { token, kind, credential: { name }, about }: HeldCredential,
  days: number,
  now: string,
): readonly Step[] {
  const own = passwordName(name);
  if (kind !== 'password' || own === null) return [manual(`Remove ${about}.`)];
  const other = token.passwords.find((one) => one.name !== own);
  const state = other ? lifeOf(other.createdAt, other.expiry, days, now) : 'short';
  return state === 'endless' || state === 'long'
    ? []
    : [{ kind: 'token.password.delete', token: token.name, password: own, now }];
}

/** Switches a token off; its passwords stay, and work again when it is enabled. */
export const acrTokenDisable = (token: string): TokenCommand => ({ kind: 'token.status', token, status: 'disabled' });

/** More for a map to allow on one repository. */
export const acrScopeMapAllow = (map: string, repository: string, ...operations: readonly string[]): TokenCommand => ({
  kind: 'scopeMap.allow',
  map,
  repository,
  operations,
});

/** Less for a map to allow on one repository. */
export const acrScopeMapDeny = (map: string, repository: string, ...operations: readonly string[]): TokenCommand => ({
  kind: 'scopeMap.deny',
  map,
  repository,
  operations,
});

/** Deletes a scope map. */
export const acrScopeMapDelete = ({ name }: Pick<ScopeMap, 'name'>): TokenCommand => ({
  kind: 'scopeMap.delete',
  map: name,
});

const at = '--registry <registry> --subscription <subscription>';

const onToken = (facts: KnownFacts, name: string, change: (token: Token) => Token): KnownFacts =>
  facts.tokens
    ? { ...facts, tokens: facts.tokens.map((token) => (token.name === name ? change(token) : token)) }
    : facts;

const onScopeMap = (facts: KnownFacts, name: string, change: (actions: readonly string[]) => readonly string[]) =>
  facts.scopeMaps
    ? {
        ...facts,
        scopeMaps: facts.scopeMaps.map((map) => (map.name === name ? { ...map, actions: change(map.actions) } : map)),
      }
    : facts;

const actionsOf = ({
  repository,
  operations,
}: {
  readonly repository: string;
  readonly operations: readonly string[];
}) => operations.map((operation) => `repositories/${repository}/${operation}`);

/** Those of the operations that the map allows already, so that undoing takes away only what was added. */
const allowed = (
  { scopeMaps }: KnownFacts,
  { map, ...rest }: { readonly map: string; readonly repository: string; readonly operations: readonly string[] },
): readonly string[] | null => {
  const actions = scopeMaps?.find(({ name }) => name === map)?.actions;
  const own = `repositories/${rest.repository}/`;
  return (
    actions?.filter((action) => actionsOf(rest).includes(action)).map((action) => action.slice(own.length)) ?? null
  );
};

/** Whether the last of the operations is in the map. */
const mapHolds = (map: string, action: string): string =>
  `az acr scope-map show --name ${word(map)} ${at} ${asking(`contains(actions, ${quoted(action)})`)}`;

const passwordCount = (token: string, password: string): string =>
  `az acr token show --name ${word(token)} ${at} ${asking(`length(credentials.passwords[?name==${quoted(password)}] || \`[]\`)`)}`;

const unseenMap = { cannot: 'What the map allowed before is not known.' } as const;

export const tokenTraits: Traits<TokenCommand> = {
  'token.password.generate': {
    // It prints the new password, once.
    az: ({ token, password, days }) =>
      `az acr token credential generate --name ${word(token)} ${at} --${password} --expiration-in-days ${days}`,
    apply: (facts, { token, password, days, now }) =>
      onToken(facts, token, (known) => {
        const fresh = {
          name: password,
          createdAt: now,
          expiry: new Date(Date.parse(now) + days * 86_400_000).toISOString(),
        };
        const passwords = known.passwords.some(({ name }) => name === password)
          ? known.passwords.map((one) => (one.name === password ? { ...one, ...fresh } : one))
          : [...known.passwords, fresh];
        return { ...known, passwords };
      }),
    refuse: ({ tokens = [] }, command) => refusedPasswordEnd(tokens, command),
    target: ({ token }) => `<registry-id>/tokens/${token}`,
    undo: () => ({ cannot: 'The old password is gone at once.' }),
    verify: () => null,
    ends: () => 'right',
  },
  'token.password.delete': {
    az: ({ token, password }) => `az acr token credential delete --name ${word(token)} ${at} --${password}`,
    apply: (facts, { token, password }) =>
      onToken(facts, token, (known) => ({
        ...known,
        passwords: known.passwords.filter(({ name }) => name !== password),
      })),
    refuse: ({ tokens = [] }, command) => refusedPasswordEnd(tokens, command),
    target: ({ token }) => `<registry-id>/tokens/${token}`,
    undo: () => ({ cannot: 'The password is gone; a new one has another value.' }),
    verify: ({ token, password }) => ({ az: passwordCount(token, password), prints: '0' }),
    ends: () => 'right',
  },
  'token.status': {
    az: ({ token, status }) => `az acr token update --name ${word(token)} ${at} --status ${status}`,
    apply: (facts, { token, status }) => onToken(facts, token, (known) => ({ ...known, status })),
    target: ({ token }) => `<registry-id>/tokens/${token}`,
    undo: ({ token }, { tokens }) =>
      back(onOrOff(tokens?.find(({ name }) => name === token)?.status), (status) => ({
        kind: 'token.status',
        token,
        status,
      })),
    verify: ({ token, status }) => ({
      az: `az acr token show --name ${word(token)} ${at} ${asking('status')}`,
      prints: status,
    }),
    ends: ({ status }) => (status === 'disabled' ? 'right' : null),
  },
  'scopeMap.allow': {
    az: ({ map, repository, operations }) =>
      `az acr scope-map update --name ${word(map)} ${at} --add-repository ${word(repository)} ${operations.join(' ')}`,
    apply: (facts, { map, ...more }) =>
      onScopeMap(facts, map, (actions) => [...new Set([...actions, ...actionsOf(more)])].sort()),
    target: ({ map }) => `<registry-id>/scopeMaps/${map}`,
    undo: (command, before) => {
      const had = allowed(before, command);
      if (had === null) return unseenMap;
      const added = command.operations.filter((operation) => !had.includes(operation));
      return added.length > 0 ? [acrScopeMapDeny(command.map, command.repository, ...added)] : [];
    },
    verify: ({ map, ...more }) => ({ az: mapHolds(map, actionsOf(more).at(-1) ?? ''), prints: 'true' }),
    ends: nothing,
  },
  'scopeMap.deny': {
    az: ({ map, repository, operations }) =>
      `az acr scope-map update --name ${word(map)} ${at} --remove-repository ${word(repository)} ${operations.join(' ')}`,
    apply: (facts, { map, ...less }) =>
      onScopeMap(facts, map, (actions) => actions.filter((action) => !actionsOf(less).includes(action))),
    target: ({ map }) => `<registry-id>/scopeMaps/${map}`,
    undo: (command, before) => {
      const had = allowed(before, command);
      if (had === null) return unseenMap;
      return had.length > 0 ? [acrScopeMapAllow(command.map, command.repository, ...had)] : [];
    },
    verify: ({ map, ...less }) => ({ az: mapHolds(map, actionsOf(less).at(-1) ?? ''), prints: 'false' }),
    ends: () => 'right',
  },
  'scopeMap.delete': {
    az: ({ map }) => `az acr scope-map delete --name ${word(map)} ${at} --yes`,
    apply: (facts, { map }) =>
      facts.scopeMaps ? { ...facts, scopeMaps: facts.scopeMaps.filter(({ name }) => !sameId(name, map)) } : facts,
    refuse: ({ tokens = [] }, { map }) => refusedMapDelete(tokens, map),
    target: ({ map }) => `<registry-id>/scopeMaps/${map}`,
    deletes: true,
    undo: () => ({ cannot: 'Create the map again with the same actions.' }),
    verify: ({ map }) => ({
      az: `az acr scope-map list ${at} ${asking(`length([?name==${quoted(map)}])`)}`,
      prints: '0',
    }),
    ends: () => 'thing',
  },
};
