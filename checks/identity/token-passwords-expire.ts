import { access, commands, defineCheck, verdict } from '../../src/check.ts';

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
    steps: [
      commands.manual(
        'Make the other password of each token named with an expiry, move the clients, then delete the old one.',
      ),
    ],
    breaks: 'Clients that still log in with the password that goes: move them to the other one first.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/container-registry-token-based-repository-permissions'],

  evaluate({ tokens, scopeMaps, connectedRegistries }, { now }) {
    const judged = access.judgedTokens(tokens, scopeMaps, connectedRegistries);
    const parts = access.credentialsOf(judged).map((held): verdict.Part => {
      const { at, thing, about, credential } = held;
      const seen = { at: `${at}/expiry`, saw: credential.expiry, wanted: 'a date', about } as const;
      switch (access.expiryOf(credential.expiry)) {
        case 'dated':
          return verdict.good(thing, seen);
        case 'never':
          return verdict.bad(thing, seen, `${about} never expires`, { steps: commands.renewed(held, 90, now) });
        default:
          return verdict.unclear(thing, verdict.untold(`the expiry of ${about} is no date: '${credential.expiry}'`));
      }
    });
    return verdict.on([...parts, ...judged.unsure], 'no enabled token has a password or certificate');
  },
});
