import {
  changesEverywhere,
  defineCheck,
  fail,
  judgedTokens,
  manual,
  mapOf,
  notApplicable,
  type Observation,
  pass,
  unknown,
} from '../../src/check.ts';

/** The system maps that write to every repository. */
const writesEverywhere = /^_repositories_(admin|push)/i;

export default defineCheck({
  id: 'scope-maps-least-privilege',
  title: 'No token changes every repository',
  problem: 'A token changes every repository of the registry',
  severity: 'high',
  profile: 'recommended',
  profileReason: 'Naming the repositories of a token is what scope maps are for.',
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
    steps: [
      manual(
        'Make a scope map with the repositories each token needs (az acr scope-map create --registry <registry> --subscription <subscription> --name MAP --repository NAME content/read content/write), then give it to the token (az acr token update --registry <registry> --subscription <subscription> --name TOKEN --scope-map MAP).',
      ),
    ],
    breaks: 'Pushes and deletes of the token in repositories the new map leaves out.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/container-registry-token-based-repository-permissions'],

  evaluate({ tokens, scopeMaps, connectedRegistries }) {
    const { enabled, unsure } = judgedTokens(tokens, scopeMaps, connectedRegistries);
    const maps = enabled.map(({ token, index }) => ({ token, index, its: mapOf(token, scopeMaps) }));
    const wide = maps.flatMap(({ token, index, its }): readonly Observation[] => {
      const about = `token ${token.name} by scope map ${its?.name}`;
      if (its && writesEverywhere.test(its.name))
        return [{ at: `tokens/${index}/scopeMap`, saw: token.scopeMap, about }];
      const { at, map } = its ?? {};
      if (!at || !map) return [];
      return changesEverywhere(map).map(({ place }) => ({
        at: `${at}/actions/${place}`,
        saw: map.actions[place],
        about,
      }));
    });
    if (wide.length > 0)
      return fail(
        wide,
        `Every repository can be changed by ${[...new Set(wide.map(({ about }) => about))].join('; ')}`,
      );
    const untold = [...unsure, ...maps.filter(({ its }) => its === null).map(({ token }) => token.name)];
    if (untold.length > 0) return unknown(`the status or the scope map is not known of token ${untold.join(', ')}`);
    if (maps.length === 0) return notApplicable('there is no enabled token');
    return pass(
      maps.map(({ token, index }) => ({
        at: `tokens/${index}/scopeMap`,
        saw: token.scopeMap,
        about: `token ${token.name}`,
      })),
    );
  },
});
