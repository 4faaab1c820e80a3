import { access, commands, defineCheck, sameId, verdict } from '../../src/check.ts';

export default defineCheck({
  id: 'scope-maps-in-use',
  title: 'Every scope map is used by a token',
  problem: 'A scope map is used by no token',
  severity: 'info',
  profile: 'recommended',
  profileReason: 'Permissions that nobody holds hide the ones that somebody does.',
  since: '1.0',
  article: ['Tokens + scope maps'],
  area: 'identity',
  needs: ['tokens', 'scopeMaps'],

  why: 'Somebody gives a new token the first map that works, with whatever it was made for years ago.',
  symptom: 'The list of scope maps is longer than the list of tokens.',
  cause: 'Deleting a token leaves its map behind, and `az acr token create --repository` makes one for each token.',
  confirm: [
    'az acr scope-map list --registry <registry> --subscription <subscription> --query "[].name"',
    'az acr token list --registry <registry> --subscription <subscription> --query "[].[name, scopeMapId]"',
  ],
  fix: {
    steps: [commands.manual('Delete the scope maps that no token uses.')],
    breaks: 'Nothing: no token uses them. A template that creates a token with one of them would need it back.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/container-registry-token-based-repository-permissions'],

  evaluate({ tokens, scopeMaps }) {
    const parts = scopeMaps.flatMap((map, index): verdict.Part[] => {
      // A connected registry's map is Azure's to clean up.
      if (access.isSystemMap(map) || access.isGatewayMap(map)) return [];
      const thing = `scope-map/${map.name}`;
      const user = tokens.findIndex((token) => sameId(token.scopeMap ?? '', map.id));
      const open = tokens.find(({ scopeMap }) => scopeMap === null);
      if (user < 0 && open)
        return [verdict.unclear(thing, verdict.untold(`Azure does not tell the scope map of token ${open.name}`))];
      return user < 0
        ? [
            verdict.bad(thing, { at: `scopeMaps/${index}/name`, saw: map.name }, `no token uses ${map.name}`, {
              steps: [commands.acrScopeMapDelete(map)],
            }),
          ]
        : [
            verdict.good(thing, {
              at: `tokens/${user}/scopeMap`,
              saw: tokens[user]?.scopeMap,
              about: `scope map ${map.name}`,
            }),
          ];
    });
    return verdict.on(parts, 'nobody has made a scope map');
  },
});
