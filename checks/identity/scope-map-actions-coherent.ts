import { access, commands, defineCheck, verdict } from '../../src/check.ts';

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
    steps: [
      commands.manual('Allow content/read wherever content/write is allowed, and disable tokens whose map is gone.'),
    ],
    breaks: 'Nothing that works now.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/container-registry-token-based-repository-permissions'],

  evaluate({ tokens, scopeMaps, connectedRegistries }) {
    const { enabled, unsure } = access.judgedTokens(tokens, scopeMaps, connectedRegistries);
    const parts = enabled.flatMap(({ token, index }): verdict.Part[] => {
      const thing = `token/${token.name}`;
      const seen = { at: `tokens/${index}/scopeMap`, saw: token.scopeMap, about: `token ${token.name}` } as const;
      const its = access.mapOf(token, scopeMaps);
      if (!its) return [verdict.unclear(thing, verdict.untold(`Azure names no scope map of token ${token.name}`))];
      if (access.isGone(its))
        return [
          verdict.bad(
            thing,
            [seen, { at: 'scopeMaps', saw: scopeMaps }],
            `the scope map of token ${token.name} is gone`,
            {
              steps: [commands.acrTokenDisable(token.name)],
            },
          ),
        ];
      const lacking = its.map ? access.writesWithoutReads(its.map) : [];
      if (lacking.length === 0) return [verdict.good(thing, seen)];
      return lacking.map(({ place, repository }) =>
        verdict.bad(
          thing,
          { at: `${its.at}/actions/${place}`, saw: its.map?.actions[place], about: `token ${token.name}` },
          `token ${token.name} may write ${repository} but not read it, which a push needs`,
          { steps: [commands.acrScopeMapAllow(its.name, repository, 'content/read')] },
        ),
      );
    });
    return verdict.on([...parts, ...unsure], 'there is no enabled token');
  },
});
