import {
  defineCheck,
  fail,
  judgedTokens,
  manual,
  mapOf,
  notApplicable,
  pass,
  shellWord,
  untold,
  waysToChangeAll,
} from '../../src/check.ts';

const narrowed = (token: string): string =>
  `Make a scope map with the repositories the token needs (az acr scope-map create --registry <registry> --subscription <subscription> --name MAP --repository NAME content/read content/write), then put the token on it (az acr token update --registry <registry> --subscription <subscription> --name ${token} --scope-map MAP).`;

export default defineCheck({
  id: 'scope-maps-least-privilege',
  title: 'No token changes every repository',
  problem: 'A token changes every repository of the registry',
  severity: 'high',
  profile: 'recommended',
  profileReason: 'Naming the repositories of a token is what scope maps are for.',
  since: '1.0',
  article: ['Tokens + scope maps'],
  area: 'identity',
  needs: ['tokens', 'scopeMaps', 'connectedRegistries'],

  why: 'Whoever finds the password replaces or deletes any image, also those the token was never meant for.',
  symptom: 'A pipeline of one team can push to the repositories of all others.',
  cause: 'The token was put on a map that comes with the registry, or on one with the wildcard `*`.',
  confirm: [
    'az acr token list --registry <registry> --subscription <subscription> --query "[].[name, status, scopeMapId]"',
    'az acr scope-map list --registry <registry> --subscription <subscription> --query "[].[name, actions]"',
  ],
  fix: {
    steps: [manual(narrowed('TOKEN'))],
    breaks: 'Pushes and deletes of the token in repositories the new map leaves out.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/container-registry-token-based-repository-permissions'],

  evaluate({ tokens, scopeMaps, connectedRegistries }) {
    const { enabled, unsure } = judgedTokens(tokens, scopeMaps, connectedRegistries);
    const maps = enabled.map(({ token, index }) => {
      const seen = { at: `tokens/${index}/scopeMap`, saw: token.scopeMap, about: `token ${token.name}` } as const;
      return { name: token.name, seen, its: mapOf(token, scopeMaps) };
    });
    const wide = maps.flatMap(({ name, seen, its }) => {
      const ways = its ? waysToChangeAll(its, seen) : [];
      return its && ways.length > 0 ? [{ name, map: its.name, ways }] : [];
    });
    if (wide.length > 0)
      return fail(
        wide.flatMap(({ ways }) => ways),
        wide.map(({ name, map }) => `Token ${name} changes every repository: its scope map is ${map}`).join('; '),
        wide.map(({ name }) => manual(narrowed(shellWord(name)))),
      );
    const lost = [...unsure, ...maps.filter(({ its }) => its === null).map(({ name }) => name)];
    if (lost.length > 0) return untold(`the status or the scope map is not known of token ${lost.join(', ')}`);
    return maps.length > 0 ? pass(maps.map(({ seen }) => seen)) : notApplicable('there is no enabled token');
  },
});
