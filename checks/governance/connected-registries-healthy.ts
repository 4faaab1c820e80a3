import { commands, defineCheck, verdict } from '../../src/check.ts';

const ill: readonly (string | null)[] = ['Offline', 'Unhealthy', 'Inactive'];
const well: readonly (string | null)[] = ['Online', 'Syncing', 'Active'];

export default defineCheck({
  id: 'connected-registries-healthy',
  title: 'Every connected registry is active and in touch',
  problem: 'A connected registry is inactive or out of touch',
  severity: 'low',
  profile: 'recommended',
  profileReason: 'A site that lost touch runs old images and nobody there can tell.',
  since: '1.0',
  area: 'governance',
  needs: ['connectedRegistries'],

  why: 'The site gets no new images and no deletions: patched images never arrive, and images that were withdrawn still run.',
  symptom:
    'Devices at the site keep pulling the version before last; the connected registry shows Offline or Inactive.',
  cause:
    'It was created and never installed, its sync token was rotated or disabled, or the site lost its way to the login and data endpoints.',
  confirm: [
    'az acr connected-registry list --registry <registry> --subscription <subscription> --query "[].[name, connectionState, activation.status, lastActivityTime]"',
  ],
  fix: {
    steps: [
      commands.manual(
        'Look at the sync token and the network of the site, or install it with fresh settings; delete it, and its tokens, where nobody wants it any more.',
      ),
    ],
    breaks: 'Fresh settings replace the sync credentials: the site must be reconfigured at the same time.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/intro-connected-registry'],

  evaluate: ({ connectedRegistries }) =>
    verdict.on(
      connectedRegistries.map(({ name, connectionState, activation }, index): verdict.Part => {
        const thing = `connectedRegistry/${name}`;
        const states = [
          { at: `connectedRegistries/${index}/connectionState`, about: name, saw: connectionState },
          { at: `connectedRegistries/${index}/activation`, about: name, saw: activation },
        ] as const;
        const [first, ...others] = states.filter(({ saw }) => ill.includes(saw));
        if (first)
          return verdict.bad(
            thing,
            [first, ...others],
            `${name} is out of touch (${[first, ...others].map(({ saw }) => saw).join(', ')})`,
          );
        const strange = states.find(({ saw }) => !well.includes(saw));
        return strange
          ? verdict.unclear(thing, verdict.untold(`${name} came with the state ${strange.saw ?? 'not told'}`))
          : verdict.good(thing, states);
      }),
      'the registry has no connected registry',
    ),
});
