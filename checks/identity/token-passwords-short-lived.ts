import {
  type Age,
  ageOf,
  credentialsOf,
  defineCheck,
  dropped,
  fail,
  type HeldCredential,
  judgedTokens,
  manual,
  notApplicable,
  pass,
  renewed,
  untold,
} from '../../src/check.ts';

const said: Readonly<Partial<Record<Age, string>>> = {
  endless: 'never expires',
  expired: 'has expired',
  long: 'lives too long',
};

export default defineCheck({
  id: 'token-passwords-short-lived',
  title: 'Token passwords live for three months at most, and none has expired',
  problem: 'A token password lives too long, or expired on a token still in use',
  severity: 'low',
  profile: 'recommended',
  profileReason: 'Three months is what a rotation can keep up with; the number of days is an option.',
  since: '1.0',
  article: ['Tokens + scope maps'],
  area: 'identity',
  needs: ['tokens', 'scopeMaps', 'connectedRegistries'],
  options: { days: { kind: 'number', default: 90, least: 1, most: 3650 } },

  why: 'The longer a password lives, the more copies of it there are; one that expired unnoticed is a token nobody looks after.',
  symptom: 'A pull fails with 401 on a day nobody had marked, or a password of years ago still works.',
  cause: 'The expiry was set far away, or the rotation ended with the person who did it.',
  confirm: [
    'az acr token list --registry <registry> --subscription <subscription> --query "[].{name:name, passwords:credentials.passwords[].[name, creationTime, expiry]}"',
  ],
  fix: {
    steps: [manual('Make a new password with a nearer expiry for each token named.')],
    breaks: "A new password ends the old one at once: switch clients to the token's other password first.",
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/container-registry-token-based-repository-permissions'],

  evaluate({ tokens, scopeMaps, connectedRegistries }, { now, options: { days } }) {
    const judged = judgedTokens(tokens, scopeMaps, connectedRegistries);
    const held = credentialsOf(judged).map((one) => ({ ...one, age: ageOf(one, days, now) }));
    const seen = ({ at, about, credential }: HeldCredential) =>
      ({ at: `${at}/expiry`, saw: credential.expiry, wanted: `${days} days at most`, about }) as const;
    const expired = held.filter(({ age }) => age === 'expired');
    const old = held.filter(({ age }) => age === 'endless' || age === 'long');
    if (expired.length + old.length > 0)
      return fail(
        [...expired, ...old].map(seen),
        [...expired, ...old].map(({ about, age }) => `${about} ${said[age]}`).join('; '),
        [...expired.map(dropped), ...renewed(old, days, now)],
      );
    const unsure = held.filter(({ age }) => age === 'untold');
    if (unsure.length > 0)
      return untold(`Azure does not say when ${unsure.map(({ about }) => about).join(', ')} was made`);
    if (judged.unsure.length > 0)
      return untold(`whether it is enabled is not known of token ${judged.unsure.join(', ')}`);
    if (held.length === 0) return notApplicable('no enabled token has a password or certificate');
    return pass(held.map(seen));
  },
});
