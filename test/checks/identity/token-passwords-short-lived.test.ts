import check from '../../../checks/identity/token-passwords-short-lived.ts';
import { testCheck } from '../../support.ts';
import { password, syncMap, token } from '../../tokens.ts';

const now = '2026-11-23T02:00:00Z';
const nothing = { scopeMaps: [], connectedRegistries: [] };
const with1 = (expiry: string | null, createdAt: string | null) => ({
  tokens: [token('ci', { passwords: [password('password1', expiry, createdAt)] })],
  ...nothing,
});
const cites = ['tokens/0/passwords/0/expiry'];

testCheck(
  check,
  [
    ['pass', 'it lives for 90 days', with1('2027-01-30T00:00:07Z', '2026-11-01T00:00:00Z'), { now, cites }],
    [
      'fail',
      'it lives for 91 days',
      with1('2027-01-31T00:00:00Z', '2026-11-01T00:00:00Z'),
      { now, cites, says: 'password1 of token ci lives too long', fix: '--expiration-in-days 90' },
    ],
    [
      'fail',
      'the option allows 30 days and it lives for 60',
      with1('2026-12-31T00:00:00Z', '2026-11-01T00:00:00Z'),
      { now, options: { days: 30 }, fix: '--expiration-in-days 30' },
    ],
    [
      'pass',
      'the option allows a year',
      with1('2027-10-01T00:00:00Z', '2026-11-01T00:00:00Z'),
      { now, options: { days: 365 } },
    ],
    [
      'fail',
      'it never expires',
      with1('9999-12-31T23:59:59.999999+00:00', '2026-11-01T00:00:00Z'),
      { now, says: 'never' },
    ],
    [
      'fail',
      'it has expired while the token is still enabled',
      {
        tokens: [
          token('ci', {
            passwords: [
              password('password1', '2026-11-22T00:00:00Z', '2026-11-01T00:00:00Z'),
              password('password2', '2026-12-01T00:00:00Z', '2026-11-01T00:00:00Z'),
            ],
          }),
        ],
        ...nothing,
      },
      { now, cites, says: 'has expired', fix: 'credential delete' },
    ],
    ['fail', 'its birth is not told, but far more than 90 days are left', with1('2028-01-01T00:00:00Z', null), { now }],
    [
      'unknown',
      'its birth is not told and few days are left',
      with1('2026-12-01T00:00:00Z', null),
      { now, says: 'made' },
    ],
    ['unknown', 'the status is one we do not know', { tokens: [token('ci', { status: null })], ...nothing }],
    ['not-applicable', 'no token has a password', { tokens: [token('ci')], ...nothing }],
    [
      'not-applicable',
      'only a connected registry synchronises by one',
      {
        tokens: [token('sync', { passwords: [password('password1', null)] })],
        scopeMaps: [syncMap('sync')],
        connectedRegistries: [],
      },
    ],
  ],
  {
    'tokens/*/passwords/*/name': 'a password is judged by its dates; the name only tells which one is meant',
  },
);
