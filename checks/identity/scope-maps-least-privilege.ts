import { access, commands, defineCheck, verdict } from '../../src/check.ts';

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
    steps: [
      commands.manual(
        'Make a scope map with the operations of the one that the token has, on the repositories that it needs, and put the token on it.',
      ),
    ],
    breaks: 'Pushes and deletes of the token in repositories the new map leaves out.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/container-registry-token-based-repository-permissions'],

  evaluate({ tokens, scopeMaps, connectedRegistries }) {
    const { enabled, unsure } = access.judgedTokens(tokens, scopeMaps, connectedRegistries);
    const parts = enabled.map(({ token, index }): verdict.Part => {
      const thing = `token/${token.name}`;
      const seen = { at: `tokens/${index}/scopeMap`, saw: token.scopeMap, about: `token ${token.name}` } as const;
      const its = access.mapOf(token, scopeMaps);
      const reach = its ? access.reachOfMap(its, seen) : null;
      if (!its || !reach || reach.reach === 'untold')
        return verdict.unclear(thing, verdict.untold(`what the scope map of token ${token.name} grants was not seen`));
      if (reach.reach === 'some') return verdict.good(thing, seen);
      return verdict.bad(
        thing,
        reach.seen,
        `token ${token.name} changes every repository: its scope map is ${its.name}`,
        {
          steps: [commands.narrowerMap(token.name, its)],
        },
      );
    });
    return verdict.on([...parts, ...unsure], 'there is no enabled token');
  },
});
