import { commands, defineCheck, type Facets, sameId, verdict } from '../../src/check.ts';

export default defineCheck({
  id: 'admin-secrets-untouched',
  title: 'Nobody but its operators was handed the password of the admin user',
  problem: 'Somebody was handed the password of the admin user',
  severity: 'medium',
  profile: 'hardened',
  profileReason: 'Who may ask for the password is for each team to say; one that nobody else has is hardly a risk.',
  since: '1.0',
  article: ['Disable admin user'],
  area: 'identity',
  needs: ['registry', 'activityLog'],
  options: { operators: { kind: 'list', default: [] } },

  why: 'The password pushes and deletes everything, from anywhere, and what it does is nobody’s in the logs: whoever was handed it once has it until it is renewed.',
  symptom: 'Pushes by the admin user that no pipeline explains.',
  cause: 'The portal hands the password out with one click, and so does "az acr credential show".',
  confirm: [
    `az monitor activity-log list --resource-id <registry-id> --offset 90d --query "[?contains(operationName.value, 'Credential')].[eventTimestamp, caller, operationName.value, status.value]"`,
  ],
  fix: {
    steps: [
      commands.manual(
        'Ask each caller named what for. Move whoever logs in with the password to an identity or a token, prove that they pull and push, then switch the admin user off; until then renew both passwords, one after the other.',
      ),
    ],
    breaks: 'Renewing a password ends it at once for everybody who uses it.',
  },
  refs: [
    'https://learn.microsoft.com/azure/container-registry/container-registry-authentication',
    'https://learn.microsoft.com/azure/azure-monitor/platform/activity-log',
  ],

  evaluate({ registry, activityLog: { since, whole, secrets } }, { options: { operators } }) {
    const events = secrets.flatMap((event, index): Told[] =>
      sameId(event.registry, registry.id) ? [{ ...event, index }] : [],
    );
    const admin = registry.adminUserEnabled;
    const parts = events.flatMap((event) => eventPart(event, operators));
    if (!whole)
      parts.push(verdict.unclear('log/rest', verdict.untold(`the activity log since ${since} is too long to be read`)));
    if (admin === null) return verdict.on(parts, verdict.untold("Azure's answer has no adminUserEnabled"));
    const read = { at: 'activityLog/whole', saw: whole, about: `the activity log since ${since}` } as const;
    return verdict.on(
      parts,
      admin
        ? verdict.pass([{ at: 'registry/adminUserEnabled', saw: admin }, read])
        : 'the admin user is off, and nobody asked for its password',
    );
  },
});

type Told = Facets['activityLog']['secrets'][number] & { readonly index: number };

function eventPart({ caller, action, at: when, status, index }: Told, operators: readonly string[]): verdict.Part[] {
  const thing = `caller/${caller ?? 'untold'}`;
  const about = `${action} at ${when}`;
  const seen = { at: `activityLog/secrets/${index}/caller`, saw: caller, about } as const;
  if (caller !== null && operators.some((operator) => sameId(operator, caller))) return [verdict.good(thing, seen)];
  switch (status?.toLowerCase()) {
    // Each request has a step of these beside the one that says how it ended.
    case 'started':
    case 'accepted':
    case 'failed':
      return [];
    case 'succeeded':
      return [
        caller === null && operators.length > 0
          ? verdict.unclear(
              thing,
              verdict.untold(`who asked for the password at ${when}, one of the operators or not, is not told`),
            )
          : verdict.bad(
              thing,
              seen,
              `${caller ?? 'somebody whom Azure does not name'} was handed the password of the admin user`,
            ),
      ];
    default:
      return [verdict.unclear(thing, verdict.untold(`how ${about} ended is not told`))];
  }
}
