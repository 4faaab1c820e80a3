import { commands, defineCheck, posture, verdict } from '../../src/check.ts';

export default defineCheck({
  id: 'cache-namespace-bounded',
  title: 'Cache rules answer for names under a prefix of their own',
  problem: 'A cache rule answers for names that are not its own',
  severity: 'medium',
  profile: 'recommended',
  profileReason: "A prefix costs nothing, and without it a mistyped name is somebody else's image.",
  since: '1.0',
  area: 'trust',
  needs: ['cacheRules'],
  options: {
    sources: { kind: 'choice', default: 'any', of: ['any', 'narrowed'] },
    trustedUpstreams: { kind: 'list', default: [] },
  },

  why: 'Whoever pushes a repository of a mistyped or deleted name to the upstream has it served by this registry, as yours.',
  symptom: 'A pull of a name that nobody pushed here succeeds.',
  cause: 'The rule maps everything (target *), to save typing a prefix.',
  confirm: ['az acr cache list --registry <registry> --subscription <subscription>'],
  fix: {
    steps: [
      commands.manual(
        'Make a rule with a target under a prefix of its own (docker-hub/*), move the clients to the new names, prove that they pull, then delete the rule that answers for everything.',
      ),
    ],
    breaks: 'Clients that pull by the old names, once the old rule is deleted.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/artifact-cache-overview'],

  evaluate({ cacheRules }, { options: { sources, trustedUpstreams } }) {
    const trusted = new Set(trustedUpstreams.map((host) => host.toLowerCase()));
    return verdict.on(
      cacheRules.map(({ name, source, target }, index): verdict.Part => {
        const thing = `cacheRule/${name}`;
        const seen = { at: `cacheRules/${index}/target` as const, about: name, saw: target };
        if (target === null)
          return verdict.unclear(thing, verdict.untold(`Azure's answer has no target of rule ${name}`));
        if (/^[*/]/.test(target))
          return verdict.bad(
            thing,
            { ...seen, wanted: 'a prefix of its own' },
            `rule ${name} answers for every name (${target})`,
          );
        if (source === null)
          return verdict.unclear(thing, verdict.untold(`Azure's answer has no source of rule ${name}`));
        const from = { at: `cacheRules/${index}/source` as const, about: name, saw: source };
        if (!posture.isOpenToAnybody(source) || trusted.has(posture.hostOf(source).toLowerCase()))
          return verdict.good(thing, [seen, from]);
        const words = `anybody can push to what rule ${name} is filled from (${source})`;
        return sources === 'narrowed'
          ? verdict.bad(thing, { ...from, wanted: `${posture.hostOf(source)}/<owner>/*` }, words)
          : verdict.good(thing, [seen, from], words);
      }),
      'the registry has no cache rule',
    );
  },
});
