import { commands, defineCheck, type Facets, posture, verdict } from '../../src/check.ts';

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

  evaluate: ({ connectedRegistries }, { now }) =>
    verdict.on(
      connectedRegistries.map((site, index) => partOf(site, `connectedRegistries/${index}`, now)),
      'the registry has no connected registry',
    ),
});

type Site = Facets['connectedRegistries'][number];

const ill: readonly (string | null)[] = ['Offline', 'Unhealthy', 'Inactive'];
const well: readonly (string | null)[] = ['Online', 'Syncing', 'Active'];

function partOf(site: Site, at: `connectedRegistries/${number}`, now: string): verdict.Part {
  const { name, connectionState, activation, schedule, lastActivity } = site;
  const thing = `connectedRegistry/${name}`;
  const state = { at: `${at}/connectionState`, about: name, saw: connectionState } as const;
  const active = { at: `${at}/activation`, about: name, saw: activation } as const;
  if (connectionState === 'Offline' && activation === 'Active' && schedule !== null) {
    const kept = posture.keepsSchedule(site, now);
    const called = {
      at: `${at}/lastActivity`,
      about: name,
      saw: lastActivity,
      wanted: `as '${schedule}' says`,
    } as const;
    if (kept === null)
      return verdict.unclear(
        thing,
        verdict.untold(`${name} is Offline, which it may be between its calls ('${schedule}')`),
      );
    return kept
      ? verdict.good(thing, [active, called])
      : verdict.bad(
          thing,
          [state, called],
          `${name} has not called since ${lastActivity}, in spite of its schedule '${schedule}'`,
        );
  }
  const [first, ...others] = [state, active].filter(({ saw }) => ill.includes(saw));
  if (first)
    return verdict.bad(
      thing,
      [first, ...others],
      `${name} is out of touch (${[first, ...others].map(({ saw }) => saw).join(', ')})`,
    );
  const strange = [state, active].find(({ saw }) => !well.includes(saw));
  return strange
    ? verdict.unclear(thing, verdict.untold(`${name} came with the state ${strange.saw ?? 'not told'}`))
    : verdict.good(thing, [state, active]);
}
