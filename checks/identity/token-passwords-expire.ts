import {
  credentialsOf,
  defineCheck,
  fail,
  type HeldCredential,
  judgedTokens,
  manual,
  neverExpires,
  notApplicable,
  pass,
  renewed,
  untold,
} from '../../src/check.ts';

export default defineCheck({
  id: 'token-passwords-expire',
  title: 'Every token password has an expiry date',
  problem: 'A token has a password that never expires',
  severity: 'medium',
  profile: 'recommended',
  profileReason: 'A date costs nothing, and a password without one outlives everybody who knew what it was for.',
  since: '1.0',
  article: ['Tokens + scope maps', 'Credential models', 'How CI logs in'],
  alsoKnownAs: ['policy ff05e24e', 'policy a9b426fe', 'review-checklists 698dc3a2'],
  differs: 'There any enabled token is a finding; here a token may live if its passwords end.',
  area: 'identity',
  needs: ['tokens', 'scopeMaps', 'connectedRegistries'],

  why: 'A password that leaked once, in a log, an image layer or a laptop, works until somebody notices.',
  symptom: 'Nobody can say which system uses a token, and nobody dares to delete it.',
  signs: ['unauthorized: authentication required', '401'],
  cause: '`az acr token create` makes two passwords without a date unless told otherwise.',
  confirm: [
    'az acr token list --registry <registry> --subscription <subscription> --query "[].{name:name, status:status, passwords:credentials.passwords[].[name, expiry]}"',
  ],
  fix: {
    steps: [manual('Make a new password with an expiry for each token named, one after the other.')],
    breaks: "A new password ends the old one at once: switch clients to the token's other password first.",
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/container-registry-token-based-repository-permissions'],

  evaluate({ tokens, scopeMaps, connectedRegistries }, { now }) {
    const judged = judgedTokens(tokens, scopeMaps, connectedRegistries);
    const held = credentialsOf(judged);
    const endless = held.filter(({ credential }) => neverExpires(credential.expiry));
    const seen = ({ at, about, credential }: HeldCredential) =>
      ({ at: `${at}/expiry`, saw: credential.expiry, wanted: 'a date', about }) as const;
    if (endless.length > 0)
      return fail(
        endless.map(seen),
        `${endless.map(({ about }) => about).join(', ')} never ${endless.length === 1 ? 'expires' : 'expire'}`,
        renewed(endless, 90, now),
      );
    if (judged.unsure.length > 0)
      return untold(`whether it is enabled is not known of token ${judged.unsure.join(', ')}`);
    if (held.length === 0) return notApplicable('no enabled token has a password or certificate');
    return pass(held.map(seen));
  },
});
