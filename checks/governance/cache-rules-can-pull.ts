import { commands, defineCheck, posture, sameId, verdict } from '../../src/check.ts';

export default defineCheck({
  id: 'cache-rules-can-pull',
  title: 'Every cache rule has the login that its upstream asks for',
  problem: 'A cache rule pulls without the login that its upstream asks for',
  severity: 'medium',
  profile: 'recommended',
  profileReason: 'Such a rule fails on the next image that is not in the cache, in the middle of a deployment.',
  since: '1.0',
  area: 'governance',
  needs: ['registry', 'cacheRules'],
  evidence: ['credentialSets'],

  why: 'The upstream throttles or refuses pulls without a login, so that a deployment waits for an image that never comes.',
  symptom: 'Cached tags pull as ever; a tag that is not cached answers 429 or 401; new rules of the kind are refused.',
  signs: ['toomanyrequests', '429', 'pull rate limit', 'EnforceDockerAuthentication'],
  cause: 'The rule was made before its upstream asked for a login, or its credential set was deleted.',
  confirm: ['az acr cache list --registry <registry> --subscription <subscription>'],
  fix: {
    steps: [
      commands.manual(
        'Make a credential set for the upstream from two secrets in a Key Vault, let its identity read them, then give it to the rule: az acr cache update --registry <registry> --name <rule> --cred-set <set>.',
      ),
    ],
    breaks: 'Nothing: what is cached stays, and pulls count against the account of the login.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/artifact-cache-overview'],

  evaluate: ({ cacheRules, credentialSets }) =>
    verdict.on(
      cacheRules.map(({ name, source, credentialSet, identity }, index): verdict.Part => {
        const thing = `cacheRule/${name}`;
        const at = `cacheRules/${index}` as const;
        const ownSet = { at: `${at}/credentialSet` as const, about: name, saw: credentialSet };
        if (credentialSet !== null) {
          if (credentialSets.state !== 'observed')
            return verdict.unclear(thing, verdict.cannotSee(`the credential set of rule ${name}`, [credentialSets]));
          const sets = credentialSets.value;
          const held = sets.findIndex(({ id }) => sameId(id, credentialSet));
          return held >= 0
            ? verdict.good(thing, [ownSet, { at: `credentialSets/${held}/id`, saw: sets[held]?.id }])
            : verdict.bad(
                thing,
                [ownSet, { at: 'credentialSets', saw: sets }],
                `the credential set of rule ${name} is gone`,
              );
        }
        if (source === null)
          return verdict.unclear(thing, verdict.untold(`Azure's answer has no source of rule ${name}`));
        const seen = { at: `${at}/source` as const, about: name, saw: source };
        if (identity !== null) return verdict.good(thing, [seen, { at: `${at}/identity`, about: name, saw: identity }]);
        const wanted = posture.wantsLogin(posture.hostOf(source));
        if (wanted === null)
          return verdict.unclear(
            thing,
            verdict.untold(
              `whether ${posture.hostOf(source)} takes pulls of rule ${name} without a login is not known`,
            ),
          );
        return wanted
          ? verdict.bad(
              thing,
              [seen, ownSet],
              `rule ${name} pulls from ${posture.hostOf(source)} without a credential set`,
            )
          : verdict.good(thing, seen);
      }),
      'the registry has no cache rule',
    ),
});
