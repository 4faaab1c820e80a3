import { access, commands, defineCheck, type Evidence, type Facets, sameId, verdict } from '../../src/check.ts';

export default defineCheck({
  id: 'references-resolve',
  title: 'Every registry that the apps of this subscription name is somebody we know',
  problem: 'An app pulls from a registry that does not exist: anybody may create it',
  severity: 'high',
  profile: 'hardened',
  profileReason: 'It asks for a word on every registry of a vendor or partner, and for a look at DNS from here.',
  since: '1.0',
  area: 'governance',
  scope: 'subscription',
  needs: ['appConsumers', 'registriesSeen'],
  evidence: ['unservedNames'],

  why: 'Names of registries are free again after a deletion: whoever creates one that your apps still name decides what they run.',
  symptom:
    'The app keeps running on the image that it has; when it is moved or scaled, the pull fails with "no such host".',
  signs: ['no such host', 'NXDOMAIN'],
  cause: 'A registry was deleted or replaced, and an app still names it; or its name has a typing error.',
  confirm: ['nslookup <login-server>'],
  fix: {
    steps: [commands.manual('Let the app pull from a registry of yours, or list the name under partnerRegistries.')],
    breaks: 'Nothing: the name leads nowhere today.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/container-registry-get-started-portal'],

  evaluate({ appConsumers, registriesSeen, unservedNames }, { partnerRegistries, cloud, subject }) {
    const known = [...registriesSeen.flatMap(({ loginServer }) => loginServer ?? []), ...partnerRegistries];
    return verdict.on(
      [
        ...access
          .referencesOf(appConsumers, subject, cloud.registrySuffix)
          .map((one) => partOf(one, known, unservedNames)),
        ...appConsumers.searched
          .filter(({ subscription }) => sameId(subscription, subject))
          .flatMap(({ kind, apps }) =>
            apps.state === 'observed' ? [] : [verdict.unclear(`app/${kind}`, verdict.unseen(apps))],
          ),
      ],
      'no app of the subscription names a registry',
    );
  },
});

function partOf(
  reference: access.Reference,
  known: readonly string[],
  names: Evidence<Facets['unservedNames']>,
): verdict.Part {
  const { thing, who } = reference;
  if (reference.server === null) return verdict.unclear(thing, reference.why);
  const { server, seen } = reference;
  if (known.some((one) => sameId(one, server))) return verdict.good(thing, seen);
  const index = names.state === 'observed' ? names.value.answers.findIndex(({ name }) => sameId(name, server)) : -1;
  const answer = names.state === 'observed' ? names.value.answers[index] : undefined;
  // A name that is an alias exists, though what it is an alias of may not resolve from here.
  if (answer?.problem === 'NXDOMAIN' && answer.aliases.length === 0)
    return verdict.bad(
      thing,
      [seen, { at: `unservedNames/answers/${index}/problem`, saw: answer.problem, about: server }],
      `${who} pulls from ${server}, which nobody has`,
      { confirm: [`nslookup ${server}`] },
    );
  return verdict.unclear(
    thing,
    verdict.untold(
      `${who} pulls from ${server}, which no registry seen serves: ${answer === undefined ? 'with --probe the scan tells whether it exists' : answer.problem === null || answer.aliases.length > 0 ? "it exists, and may be a partner's or out of sight" : `DNS answers ${answer.problem} here`}`,
    ),
  );
}
