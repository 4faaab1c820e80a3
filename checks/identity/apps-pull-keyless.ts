import { access, commands, defineCheck, sameId, verdict } from '../../src/check.ts';

export default defineCheck({
  id: 'apps-pull-keyless',
  title: 'Apps pull with an identity, not with a password',
  problem: 'An app pulls with a user name and password',
  severity: 'high',
  profile: 'recommended',
  profileReason:
    'Container Apps, App Service and Container Instances all pull with an identity, which has no password to leak.',
  since: '1.0',
  area: 'identity',
  needs: ['registry', 'appConsumers'],
  evidence: ['roleAssignments', 'consumers', 'federatedCredentials', 'tasks'],

  why: 'A password that an app holds works from anywhere, for anybody who reads the settings of the app, until somebody renews it.',
  symptom: 'The registry cannot switch its admin user off or renew a token without an app that stops pulling.',
  cause:
    'The app was made with the admin user, which the portal offers first, or before its service could use an identity.',
  confirm: [
    'az containerapp list --subscription <subscription> --query "[].[name, properties.configuration.registries]"',
    'az webapp list --subscription <subscription> --query "[].[name, siteConfig.linuxFxVersion, siteConfig.acrUseManagedIdentityCreds]"',
  ],
  fix: {
    steps: [
      commands.manual(
        'Give the app a managed identity and the pull role of this registry, let it log in with that identity, prove a pull, then delete the password from the app.',
      ),
    ],
    breaks: 'An app whose identity has no pull role yet cannot start on a new node.',
  },
  refs: [
    'https://learn.microsoft.com/azure/container-apps/managed-identity-image-pull',
    'https://learn.microsoft.com/azure/app-service/configure-custom-container',
  ],

  evaluate({ registry, appConsumers, roleAssignments, ...around }) {
    const { loginServer, name: registryName, anonymousPullEnabled } = registry;
    if (loginServer === null) return verdict.untold("Azure's answer has no loginServer");
    const roles = roleAssignments.state === 'observed' ? roleAssignments.value : roleAssignments;
    const unseen = access.unseenApp(registry, appConsumers, roles, around);
    return verdict.on(
      [
        ...appConsumers.apps.flatMap(({ name, kind, pulls }, index): readonly verdict.Part[] => {
          const thing = `app/${name}`;
          return pulls.flatMap(({ server, login }, position): readonly verdict.Part[] => {
            if (server !== null && !sameId(server, loginServer)) return [];
            if (login.by === 'unread')
              return [verdict.unclear(thing, verdict.cannotSee(`how ${kind} ${name} pulls`, [login.containers]))];
            if (login.by === 'untold')
              return [verdict.unclear(thing, verdict.untold(`how ${kind} ${name} pulls is not known: ${login.why}`))];
            const at = `appConsumers/apps/${index}/pulls/${position}/login` as const;
            const seen = { at: `${at}/by` as const, about: `${kind} ${name}`, saw: login.by };
            if (login.by === 'identity' || login.by === 'nothing') return [verdict.good(thing, seen)];
            if (login.by !== 'password')
              return [verdict.unclear(thing, verdict.untold(`how ${kind} ${name} pulls is not known`))];
            if (login.userName === null) {
              // A site without an identity pulls with application settings, or without any login where that is enough.
              const anonymous = { at: 'registry/anonymousPullEnabled', saw: anonymousPullEnabled } as const;
              if (anonymousPullEnabled === null)
                return [verdict.unclear(thing, verdict.untold("Azure's answer has no anonymousPullEnabled"))];
              return anonymousPullEnabled
                ? [verdict.good(thing, [seen, anonymous], `${kind} ${name} may pull without any login`)]
                : [verdict.bad(thing, [seen, anonymous], `${kind} ${name} pulls without its identity`)];
            }
            const whose = sameId(login.userName, registryName) ? 'the admin user' : `user ${login.userName}`;
            return [
              verdict.bad(
                thing,
                [seen, { at: `${at}/userName`, about: `${kind} ${name}`, saw: login.userName }],
                `${kind} ${name} pulls with the password of ${whose}`,
                { steps: [commands.moveApp(`${kind} ${name}`)] },
              ),
            ];
          });
        }),
        ...(unseen ? [verdict.unclear('app/unseen', unseen)] : []),
      ],
      'no app is known to pull from this registry',
    );
  },
});
