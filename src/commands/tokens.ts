import type { HeldCredential } from '../facts/access/tokens.ts';
import type { ScopeMap } from '../model/facets/scope-maps.ts';
import type { Token } from '../model/facets/tokens.ts';
import { sameId } from '../model/ids.ts';
import { shellWord } from '../model/shell.ts';
import type { AzStep, KnownFacts, Step } from '../model/step.ts';
import { manual } from './az.ts';

const onRegistry = '--registry <registry> --subscription <subscription>';

/** A new password in place of an old one, which stops working. `now` is ISO 8601; it prints the new password once. */
function acrTokenPassword(token: string, password: 'password1' | 'password2', days: number, now: string): AzStep {
  const expiry = new Date(Date.parse(now) + days * 86_400_000).toISOString();
  return {
    az: `az acr token credential generate --name ${shellWord(token)} ${onRegistry} --${password} --expiration-in-days ${days}`,
    effect: onToken(token, (known) => ({
      ...known,
      passwords: known.passwords.map((one) => (one.name === password ? { ...one, createdAt: now, expiry } : one)),
    })),
  };
}

/**
 * New credentials that live so many days in place of these. A new password ends the old one at once, so that clients
 * move to the token's other password in between where both are to change.
 */
export const renewed = (old: readonly HeldCredential[], days: number, now: string): readonly Step[] =>
  old.flatMap(({ token, credential: { name }, about }) => {
    if (name !== 'password1' && name !== 'password2') return [manual(`Replace ${about} by one that expires.`)];
    const both = old.filter((other) => other.token === token && other.kind === 'password').length > 1;
    const step = acrTokenPassword(token.name, name, days, now);
    return both
      ? [
          manual(
            `First let every client of token ${token.name} log in with its other password: the next command ends ${name}.`,
          ),
          step,
        ]
      : [step];
  });

/** Takes away a credential that nobody is to use any more. */
export function dropped({ token, credential: { name }, about }: HeldCredential): Step {
  if (name !== 'password1' && name !== 'password2') return manual(`Remove ${about}.`);
  return {
    az: `az acr token credential delete --name ${shellWord(token.name)} ${onRegistry} --${name}`,
    effect: onToken(token.name, (known) => ({
      ...known,
      passwords: known.passwords.filter((one) => one.name !== name),
    })),
  };
}

export const acrTokenDisable = (token: string): AzStep => ({
  az: `az acr token update --name ${shellWord(token)} ${onRegistry} --status disabled`,
  effect: onToken(token, (known) => ({ ...known, status: 'disabled' })),
});

/** More for a map to allow on one repository. */
export const acrScopeMapAllow = (map: string, repository: string, ...operations: readonly string[]): AzStep => ({
  az: `az acr scope-map update --name ${shellWord(map)} ${onRegistry} --add-repository ${shellWord(repository)} ${operations.join(' ')}`,
  effect: onScopeMap(map, (known) => ({
    ...known,
    actions: [
      ...new Set([...known.actions, ...operations.map((operation) => `repositories/${repository}/${operation}`)]),
    ].sort(),
  })),
});

/** Refused while a token names the map. */
export const acrScopeMapDelete = (map: ScopeMap): AzStep => ({
  az: `az acr scope-map delete --name ${shellWord(map.name)} ${onRegistry} --yes`,
  effect: (facts) =>
    facts.tokens?.some(({ scopeMap }) => scopeMap !== null && sameId(scopeMap, map.id))
      ? { refused: `a token still uses the scope map ${map.name}` }
      : {
          ...facts,
          ...(facts.scopeMaps ? { scopeMaps: facts.scopeMaps.filter(({ id }) => !sameId(id, map.id)) } : {}),
        },
});

const onToken =
  (name: string, change: (token: Token) => Token) =>
  (facts: KnownFacts): KnownFacts =>
    facts.tokens
      ? { ...facts, tokens: facts.tokens.map((token) => (token.name === name ? change(token) : token)) }
      : facts;

const onScopeMap =
  (name: string, change: (map: ScopeMap) => ScopeMap) =>
  (facts: KnownFacts): KnownFacts =>
    facts.scopeMaps
      ? { ...facts, scopeMaps: facts.scopeMaps.map((map) => (map.name === name ? change(map) : map)) }
      : facts;
