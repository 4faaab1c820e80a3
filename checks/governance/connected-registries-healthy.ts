import { defineCheck, fail, manual, notApplicable, pass, untold } from '../../src/check.ts';

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
      manual(
        'Look at the sync token and the network of the site, or install it with fresh settings; delete it, and its tokens, where nobody wants it any more.',
      ),
    ],
    breaks: 'Fresh settings replace the sync credentials: the site must be reconfigured at the same time.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/intro-connected-registry'],

  evaluate({ connectedRegistries }) {
    if (connectedRegistries.length === 0) return notApplicable('the registry has no connected registry');
    const states = connectedRegistries.flatMap(({ name, connectionState, activation }, index) => [
      { at: `connectedRegistries/${index}/connectionState` as const, about: name, saw: connectionState },
      { at: `connectedRegistries/${index}/activation` as const, about: name, saw: activation },
    ]);
    const bad: readonly (string | null)[] = ['Offline', 'Unhealthy', 'Inactive'];
    const good: readonly (string | null)[] = ['Online', 'Syncing', 'Active'];
    const ill = states.filter(({ saw }) => bad.includes(saw));
    if (ill.length > 0)
      return fail(ill, `Out of touch: ${[...new Set(ill.map(({ about, saw }) => `${about} (${saw})`))].join(', ')}`);
    const strange = states.find(({ saw }) => !good.includes(saw));
    if (strange) return untold(`${strange.about} came with the state ${strange.saw ?? 'missing'}`);
    return pass(states);
  },
});
