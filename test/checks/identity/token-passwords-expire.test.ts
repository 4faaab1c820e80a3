import check from '../../../checks/identity/token-passwords-expire.ts';
import { testCheck } from '../../support.ts';
import { connectedBy, password, scopeMap, syncMap, token } from '../../tokens.ts';

const never = '9999-12-31T23:59:59.999999+00:00';
const soon = '2027-01-01T00:00:00Z';
const nothing = { scopeMaps: [], connectedRegistries: [] };
const two = (first: string | null, second: string | null) => [
  password('password1', first),
  password('password2', second),
];

testCheck(
  check,
  [
    [
      'pass',
      'both passwords have a date',
      { tokens: [token('ci', { passwords: two(soon, soon) })], ...nothing },
      { cites: ['tokens/0/passwords/0/expiry', 'tokens/0/passwords/1/expiry'] },
    ],
    [
      'fail',
      'one of two passwords never expires',
      { tokens: [token('ci', { passwords: two(soon, null) })], ...nothing },
      { cites: ['tokens/0/passwords/1/expiry'], says: 'password2 of token ci never expires', fix: '--name ci' },
    ],
    [
      'fail',
      'neither has a date: clients move in between, for a new password ends the old one',
      { tokens: [token('ci', { passwords: two(null, never) })], ...nothing },
      {
        fix: /log in with its password1.*generate .*--password2 .*log in with its password2.*prove.*delete .*--password1/s,
      },
    ],
    [
      'fail',
      'the date is in the year 9999',
      { tokens: [token('ci', { passwords: two(never, soon) })], ...nothing },
      {
        cites: ['tokens/0/passwords/0/expiry'],
        fix: /log in with its password2, and prove.*credential delete --name ci .*--password1/s,
      },
    ],
    [
      'fail',
      'a certificate never expires',
      {
        tokens: [token('ci', { certificates: [{ name: 'certificate1', createdAt: null, expiry: null }] })],
        ...nothing,
      },
      { cites: ['tokens/0/certificates/0/expiry'], fix: 'remove certificate1 of token ci' },
    ],
    [
      'fail',
      "the token's name needs quoting",
      { tokens: [token("ci's", { passwords: two(null, soon) })], ...nothing },
      { fix: "--name 'ci'\\''s'" },
    ],
    [
      'fail',
      'its only password never expires: the other one is made first',
      { tokens: [token('ci', { passwords: [password('password1', null)] })], ...nothing },
      {
        fix: /^az acr token credential generate .*--password2 .*\n.*prove.*\naz acr token credential delete .*--password1$/,
      },
    ],
    ...['x', ''].map(
      (expiry) =>
        [
          'unknown',
          `an expiry of '${expiry}' is no date`,
          { tokens: [token('ci', { passwords: two(soon, expiry) })], ...nothing },
          { says: 'password2 of token ci is no date' },
        ] as const,
    ),
    ['not-applicable', 'the token has no credentials', { tokens: [token('ci')], ...nothing }],
    [
      'not-applicable',
      'the token is disabled',
      { tokens: [token('ci', { status: 'disabled', passwords: two(null, null) })], ...nothing },
    ],
    [
      'not-applicable',
      'the map of the only token speaks to a gateway: a connected registry uses it',
      {
        tokens: [token('sync', { passwords: two(null, null) })],
        scopeMaps: [syncMap('sync')],
        connectedRegistries: [],
      },
    ],
    [
      'not-applicable',
      'a connected registry names the only token',
      {
        tokens: [token('sync', { passwords: two(null, null) })],
        scopeMaps: [scopeMap('sync', 'repositories/app/content/read')],
        connectedRegistries: [connectedBy('sync')],
      },
    ],
    [
      'unknown',
      'ARM left the status out',
      { tokens: [token('ci', { status: null, passwords: two(null, null) })], ...nothing },
      { says: 'token ci' },
    ],
  ],
  {
    'tokens/*/passwords/*/name': 'a password is judged by its dates; the name only tells which one is meant',
  },
);
