import { commands, defineCheck, type Facets, posture, sameId, verdict } from '../../src/check.ts';

const letRead = ({ name, principalId }: Set) =>
  commands.manual(
    `Give the identity of credential set ${name}${principalId ? ` (object id ${principalId})` : ''} the role Key Vault Secrets User on its two secrets.`,
  );
const renew = (set: string) =>
  commands.manual(
    `See that the two secrets of credential set ${set} exist, are enabled and hold a login that the upstream takes, then look at the health again.`,
  );

export default defineCheck({
  id: 'cache-credentials-healthy',
  title: 'Artifact cache can log in to every upstream registry',
  problem: 'Artifact cache cannot log in to an upstream registry',
  severity: 'medium',
  profile: 'recommended',
  profileReason: 'A cache that cannot log in fails on the next image that is not in it yet.',
  since: '1.0',
  area: 'governance',
  needs: ['credentialSets', 'cacheRules'],

  why: 'New images and tags of the upstream no longer arrive; what is cached ages, patches included, and a new deployment fails.',
  symptom: 'Cached tags pull as ever, an uncached one answers 401 or not found; the credential set shows Unhealthy.',
  signs: ['toomanyrequests', '429', 'pull rate limit'],
  cause:
    'The identity of the credential set was never given access to its Key Vault secrets, or a secret expired, was rotated or disabled.',
  confirm: [
    'az acr credential-set list --registry <registry> --subscription <subscription> --query "[].[name, authCredentials[].credentialHealth]"',
  ],
  fix: {
    steps: [
      commands.manual(
        'Look at the error of the credential: Forbidden wants the role Key Vault Secrets User on the two secrets for the identity of the credential set, any other a secret that exists, is enabled and holds a login that the upstream takes.',
      ),
    ],
    breaks: 'Nothing: the identity may only read two secrets more.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/artifact-cache-cli'],

  evaluate: ({ credentialSets, cacheRules }) =>
    verdict.on(
      credentialSets.flatMap((set, index) => [
        ...loginParts(set, `credentialSets/${index}`),
        ...cacheRules
          .filter((rule) => sameId(rule.credentialSet ?? '', set.id))
          .map((rule) => upstreamPart(rule, set, `credentialSets/${index}`)),
      ]),
      'the registry has no credential set',
    ),
});

type Set = Facets['credentialSets'][number];
type At = `credentialSets/${number}`;

const words = ({ name, loginServer }: Set): string => `${name} for ${loginServer ?? 'an upstream'}`;

/** What Azure says of it: ` (Forbidden: no get on secrets)`. */
function causeOf(code: string | null, message: string | null): string {
  const said = [code, message].flatMap((text) => text?.trim() || []);
  return said.length > 0 ? ` (${said.join(': ')})` : '';
}

/** Whether each credential of a set logs in. */
function loginParts(set: Set, at: At): readonly verdict.Part[] {
  const thing = `credentialSet/${set.name}`;
  if (set.credentials.length === 0)
    return [verdict.unclear(thing, verdict.untold(`Azure's answer names no credential of ${set.name}`))];
  return set.credentials.map(({ health, errorCode, errorMessage }, index) => {
    const seen = {
      at: `${at}/credentials/${index}/health`,
      about: words(set),
      saw: health,
      wanted: 'Healthy',
    } as const;
    switch (health) {
      case 'Healthy':
        return verdict.good(thing, seen);
      case 'Unhealthy':
        return verdict.bad(thing, seen, `${words(set)} cannot log in${causeOf(errorCode, errorMessage)}`, {
          steps: [sameId(errorCode ?? '', 'Forbidden') ? letRead(set) : renew(set.name)],
        });
      default:
        return verdict.unclear(thing, verdict.untold(`the health of ${set.name} is ${health ?? 'not told'}`));
    }
  });
}

/** Whether a set logs in to the host that a rule pulls from. */
function upstreamPart({ name, source }: Facets['cacheRules'][number], set: Set, at: At): verdict.Part {
  const thing = `credentialSet/${set.name}`;
  if (set.loginServer === null)
    return verdict.unclear(thing, verdict.untold(`Azure's answer has no loginServer of ${set.name}`));
  if (source === null)
    return verdict.unclear(`cacheRule/${name}`, verdict.untold(`Azure's answer has no source of ${name}`));
  const host = posture.hostOf(source);
  const seen = { at: `${at}/loginServer`, about: set.name, saw: set.loginServer, wanted: host } as const;
  return sameId(host, set.loginServer)
    ? verdict.good(thing, seen)
    : verdict.bad(thing, seen, `rule ${name} pulls from ${host} and logs in with ${words(set)}`, {
        steps: [commands.manual(`Give rule ${name} a credential set for ${host}.`)],
      });
}
