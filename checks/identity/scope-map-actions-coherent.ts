import {
  acrScopeMapAllow,
  acrTokenDisable,
  defineCheck,
  fail,
  isGone,
  judgedTokens,
  manual,
  mapOf,
  notApplicable,
  pass,
  untold,
  writesWithoutReads,
} from '../../src/check.ts';

export default defineCheck({
  id: 'scope-map-actions-coherent',
  title: 'Every token can do what its scope map was written for',
  problem: 'A token cannot do what its scope map was written for',
  severity: 'low',
  profile: 'recommended',
  profileReason: 'A map that does not work is a pipeline that gets a wider one in a hurry.',
  since: '1.0',
  article: ['Tokens + scope maps', 'Scope-map actions'],
  area: 'identity',
  needs: ['tokens', 'scopeMaps', 'connectedRegistries'],

  why: 'Somebody whose push fails is given the admin password; a token without a map is a password that does nothing but leak.',
  symptom: 'A push fails with 401 although the map allows content/write, or every request of a token fails.',
  signs: ['insufficient_scope', 'requested access to the resource is denied'],
  cause:
    'A push reads as well as it writes, and the map allows only the writing; or the map was deleted under the token.',
  confirm: [
    'az acr token list --registry <registry> --subscription <subscription> --query "[].[name, status, scopeMapId]"',
    'az acr scope-map list --registry <registry> --subscription <subscription> --query "[].[name, actions]"',
  ],
  fix: {
    steps: [manual('Allow content/read wherever content/write is allowed, and disable tokens whose map is gone.')],
    breaks: 'Nothing that works now.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/container-registry-token-based-repository-permissions'],

  evaluate({ tokens, scopeMaps, connectedRegistries }) {
    const { enabled, unsure } = judgedTokens(tokens, scopeMaps, connectedRegistries);
    const maps = enabled.map(({ token, index }) => ({
      its: mapOf(token, scopeMaps),
      name: token.name,
      seen: { at: `tokens/${index}/scopeMap`, saw: token.scopeMap, about: `token ${token.name}` } as const,
    }));
    const gone = maps.filter(({ its }) => its && isGone(its));
    const dumb = maps.flatMap(({ its, name, seen: { about } }) =>
      (its?.map ? writesWithoutReads(its.map) : []).map(({ place, repository }) => ({
        seen: { at: `${its?.at ?? 'scopeMaps/0'}/actions/${place}`, saw: its?.map?.actions[place], about } as const,
        says: `token ${name} may write ${repository} but not read it, which a push needs`,
        step: acrScopeMapAllow(its?.name ?? '', repository, 'content/read'),
      })),
    );
    if (gone.length + dumb.length > 0)
      return fail(
        [...gone, ...dumb].map(({ seen }) => seen),
        [...gone.map(({ name }) => `the scope map of token ${name} is gone`), ...dumb.map(({ says }) => says)].join(
          '; ',
        ),
        [...gone.map(({ name }) => acrTokenDisable(name)), ...dumb.map(({ step }) => step)],
      );
    const lost = [...unsure, ...maps.filter(({ its }) => its === null).map(({ name }) => name)];
    if (lost.length > 0) return untold(`the status or the scope map is not known of token ${lost.join(', ')}`);
    return maps.length > 0 ? pass(maps.map(({ seen }) => seen)) : notApplicable('there is no enabled token');
  },
});
