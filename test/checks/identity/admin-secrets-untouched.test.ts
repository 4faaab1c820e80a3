import check from '../../../checks/identity/admin-secrets-untouched.ts';
import type { ActivityLog, SecretEvent } from '../../../src/model/facets/activity-log.ts';
import { acr, registryId, testCheck } from '../../support.ts';

const event = (changes: Partial<SecretEvent> = {}): SecretEvent => ({
  registry: registryId.toUpperCase(),
  action: 'listCredentials/action',
  caller: 'alice@contoso.com',
  at: '2026-11-20T10:00:00Z',
  status: 'Succeeded',
  ...changes,
});
const log = (secrets: SecretEvent[], whole = true): ActivityLog => ({ since: '2026-08-25T03:00:00Z', whole, secrets });
const judged = (adminUserEnabled: boolean | null, activityLog: ActivityLog) => ({
  registry: acr({ adminUserEnabled }),
  activityLog,
});
const elsewhere = event({ registry: `${registryId}2` });
const operators = { options: { operators: ['ALICE@contoso.com'] } };

testCheck(
  check,
  [
    [
      'pass',
      'the admin user is on, and nobody was handed its password',
      judged(true, log([elsewhere])),
      { cites: ['registry/adminUserEnabled', 'activityLog/whole'] },
    ],
    [
      'pass',
      'an operator was',
      judged(true, log([event()])),
      { ...operators, cites: ['activityLog/secrets/0/caller'] },
    ],
    [
      'unknown',
      'somebody was whom Azure does not name, who may be an operator',
      judged(true, log([event({ caller: null })])),
      { ...operators, says: 'one of the operators or not' },
    ],
    [
      'pass',
      'somebody asked, and was refused',
      judged(true, log([event({ status: 'Failed' }), event({ status: 'Started' })])),
    ],
    [
      'fail',
      'somebody was',
      judged(true, log([elsewhere, event(), event({ at: '2026-11-01T10:00:00Z' })])),
      {
        says: 'alice@contoso.com was handed the password of the admin user',
        cites: ['activityLog/secrets/1/caller', 'activityLog/secrets/2/caller'],
      },
    ],
    [
      'fail',
      'one who is no operator was, and renewed it',
      judged(
        true,
        log([
          event(),
          event({ caller: '00000000-0000-0000-0000-0000000000ca', action: 'regenerateCredential/action' }),
        ]),
      ),
      { ...operators, says: '00000000-0000-0000-0000-0000000000ca was handed' },
    ],
    ['fail', 'somebody was while it was on, which it is no more', judged(false, log([event()]))],
    ['fail', 'Azure does not name the caller', judged(true, log([event({ caller: null })])), { says: 'does not name' }],
    ['fail', 'a log that is too long tells one all the same', judged(true, log([event()], false))],
    ['unknown', 'the log is too long to be read', judged(true, log([], false)), { says: 'too long' }],
    ['unknown', 'nobody says how a request ended', judged(true, log([event({ status: null })]))],
    ['unknown', 'ARM does not say whether the admin user is on', judged(null, log([]))],
    ['not-applicable', 'the admin user is off, and nobody asked', judged(false, log([]))],
  ],
  {
    'registry/adminUserEnabled': 'whether it is on matters only where nobody asked for its password',
    'activityLog/secrets/*/status': 'an operator may be handed it',
    'activityLog/secrets/*/caller': 'whoever was refused was handed nothing',
  },
);
