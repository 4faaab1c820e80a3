import { access, commands, defineCheck, verdict } from '../../src/check.ts';

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
    steps: [
      commands.manual(
        'Make the other password of each token named with a nearer expiry, move the clients, then delete the old one.',
      ),
    ],
    breaks: 'Clients that still log in with the password that goes: move them to the other one first.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/container-registry-token-based-repository-permissions'],

  evaluate({ tokens, scopeMaps, connectedRegistries }, { now, options: { days } }) {
    const judged = access.judgedTokens(tokens, scopeMaps, connectedRegistries);
    const parts = access.credentialsOf(judged).map((held): verdict.Part => {
      const { at, thing, about, credential } = held;
      const seen = { at: `${at}/expiry`, saw: credential.expiry, wanted: `${days} days at most`, about } as const;
      switch (access.lifeOf(credential.createdAt, credential.expiry, days, now)) {
        case 'short':
          return verdict.good(thing, seen);
        case 'expired':
          return verdict.bad(thing, seen, `${about} has expired`, { steps: commands.dropped(held, days, now) });
        case 'long':
          return verdict.bad(thing, seen, `${about} lives too long`, { steps: commands.renewed(held, days, now) });
        case 'endless':
          return verdict.bad(thing, seen, `${about} never expires`, { steps: commands.renewed(held, days, now) });
        default:
          return verdict.unclear(thing, verdict.untold(`Azure does not say when ${about} was made, or when it ends`));
      }
    });
    return verdict.on([...parts, ...judged.unsure], 'no enabled token has a password or certificate');
  },
});
